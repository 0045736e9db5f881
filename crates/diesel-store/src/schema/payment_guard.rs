//! Who began to pay, how payments ended, and the brake.

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    payment_clients (donation_id) {
        donation_id -> DbUuid,
        client -> Binary,
        email -> Binary,
        seen_at -> DbTimestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    payment_outcomes (delivery_id) {
        delivery_id -> DbUuid,
        donation_id -> DbUuid,
        outcome -> Text,
        heard_at -> DbTimestamp,
        client -> Nullable<Binary>,
        email -> Nullable<Binary>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    payment_brake (name) {
        name -> Text,
        pulled -> Bool,
        reason -> Nullable<Text>,
        changed_at -> DbTimestamp,
        changed_by -> Text,
    }
}
