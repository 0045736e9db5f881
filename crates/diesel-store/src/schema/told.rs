//! What operators are told of, and how the gateway stands.

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    gateway_health (name) {
        name -> Text,
        looked_at -> Nullable<DbTimestamp>,
        ok_at -> Nullable<DbTimestamp>,
        failing_since -> Nullable<DbTimestamp>,
        failed_at -> Nullable<DbTimestamp>,
        failure -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    alert_notices (id) {
        id -> DbUuid,
        kind -> Text,
        phase -> Text,
        made_at -> DbTimestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    alerts (id) {
        id -> DbUuid,
        kind -> Text,
        subject -> Text,
        since -> DbTimestamp,
        donation_id -> Nullable<DbUuid>,
        job_id -> Nullable<DbUuid>,
        detail -> Nullable<Text>,
        noted_at -> DbTimestamp,
        ended_at -> Nullable<DbTimestamp>,
        tell -> Nullable<Text>,
        begun_notice -> Nullable<DbUuid>,
        over_notice -> Nullable<DbUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    alert_mails (job_id) {
        job_id -> DbUuid,
        notice_id -> DbUuid,
        address -> Nullable<Text>,
    }
}

diesel::joinable!(alert_mails -> alert_notices (notice_id));
diesel::allow_tables_to_appear_in_same_query!(alert_mails, alert_notices);
