//! What donations are found by.

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    donation_terms (donation_id, term) {
        donation_id -> DbUuid,
        term -> Text,
    }
}
