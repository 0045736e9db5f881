//! The tables, as both migration folders make them.

mod campaign;
mod payment_guard;
mod search;
mod told;

pub use campaign::{campaign_pictures, campaigns};
pub use payment_guard::{payment_brake, payment_clients, payment_outcomes};
pub use search::donation_terms;
pub use told::{alert_mails, alert_notices, alerts, gateway_health};

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    accounts (id) {
        id -> DbUuid,
        email -> Text,
        email_key -> Text,
        name -> Text,
        language -> Text,
        role -> Text,
        password_hash -> Text,
        created_at -> DbTimestamp,
        email_confirmed_at -> Nullable<DbTimestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    sessions (id) {
        id -> DbUuid,
        account_id -> DbUuid,
        refresh_hash -> Binary,
        created_at -> DbTimestamp,
        expires_at -> DbTimestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    browser_sessions (token_hash) {
        token_hash -> Binary,
        account_id -> DbUuid,
        created_at -> DbTimestamp,
        expires_at -> DbTimestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    used_refresh_tokens (refresh_hash) {
        refresh_hash -> Binary,
        session_id -> DbUuid,
        expires_at -> DbTimestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    account_tokens (token_hash) {
        token_hash -> Binary,
        account_id -> DbUuid,
        kind -> Text,
        created_at -> DbTimestamp,
        expires_at -> DbTimestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    donations (id) {
        id -> DbUuid,
        account_id -> Nullable<DbUuid>,
        donor_name -> Text,
        donor_email -> Text,
        amount -> BigInt,
        trees -> BigInt,
        price_per_tree -> BigInt,
        campaign -> Text,
        message -> Nullable<Text>,
        certificate_name -> Nullable<Text>,
        anonymous -> Bool,
        language -> Text,
        test_mode -> Bool,
        status -> Text,
        completed_at -> Nullable<DbTimestamp>,
        refunded_amount -> BigInt,
        decline_reason -> Nullable<Text>,
        decline_gateway_code -> Nullable<Text>,
        declined_at -> Nullable<DbTimestamp>,
        cancelled_by_donor_at -> Nullable<DbTimestamp>,
        created_at -> DbTimestamp,
        updated_at -> DbTimestamp,
        version -> BigInt,
        donor_email_key -> Nullable<Text>,
        campaign_title -> Text,
        indexed -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    donation_reviews (donation_id, review, subject) {
        donation_id -> DbUuid,
        review -> Text,
        subject -> Text,
        raised_at -> DbTimestamp,
        resolved_at -> Nullable<DbTimestamp>,
        resolved_by -> Nullable<Text>,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    attempts (donation_id, number) {
        donation_id -> DbUuid,
        number -> BigInt,
        external_id -> Text,
        order_id -> Nullable<Text>,
        checkout_url -> Nullable<Text>,
        state -> Text,
        payment_id -> Nullable<Text>,
        paid_at -> Nullable<DbTimestamp>,
        heard -> Bool,
        started_at -> DbTimestamp,
        due_at -> DbTimestamp,
        next_check_at -> Nullable<DbTimestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    refunds (id) {
        id -> DbUuid,
        donation_id -> DbUuid,
        gateway_id -> Nullable<Text>,
        position -> BigInt,
        attempt_number -> BigInt,
        amount -> BigInt,
        status -> Text,
        reason -> Nullable<Text>,
        payment -> Nullable<Text>,
        created_at -> DbTimestamp,
        next_check_at -> Nullable<DbTimestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    timeline_entries (donation_id, donation_version, step) {
        donation_id -> DbUuid,
        donation_version -> BigInt,
        step -> BigInt,
        at -> DbTimestamp,
        kind -> Text,
        actor -> Text,
        request_id -> Nullable<Text>,
        from_status -> Text,
        to_status -> Text,
        details -> DbJson,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    certificates (number) {
        number -> Text,
        series -> Text,
        year -> BigInt,
        sequence -> BigInt,
        donation_id -> DbUuid,
        donation_version -> BigInt,
        name -> Text,
        trees -> BigInt,
        issued_at -> DbTimestamp,
        status -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    certificate_sequences (series, year) {
        series -> Text,
        year -> BigInt,
        last -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    certificate_keys (public_key) {
        public_key -> Binary,
        origin -> Text,
        seed -> Nullable<Binary>,
        created_at -> DbTimestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    jobs (id) {
        id -> DbUuid,
        donation_id -> Nullable<DbUuid>,
        donation_version -> Nullable<BigInt>,
        account_id -> Nullable<DbUuid>,
        kind -> Text,
        refund_id -> Nullable<DbUuid>,
        status -> Text,
        run_at -> DbTimestamp,
        attempts -> BigInt,
        created_at -> DbTimestamp,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    deliveries (id) {
        id -> DbUuid,
        dedup_key -> Text,
        dialect -> Text,
        event -> Text,
        donation_id -> Nullable<DbUuid>,
        outcome -> Text,
        body -> Text,
        received_at -> DbTimestamp,
        last_received_at -> DbTimestamp,
        request_id -> Nullable<Text>,
        copies -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    audit_entries (id) {
        id -> DbUuid,
        at -> DbTimestamp,
        actor -> Text,
        account_id -> Nullable<DbUuid>,
        role -> Nullable<Text>,
        action -> Text,
        target -> Nullable<Text>,
        outcome -> Text,
        status -> Nullable<BigInt>,
        address -> Nullable<Text>,
        request_id -> Nullable<Text>,
        details -> DbJson,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    idempotency_keys (caller, key) {
        caller -> Text,
        key -> Text,
        fingerprint -> Binary,
        started_at -> DbTimestamp,
        answer_status -> Nullable<BigInt>,
        answer_headers -> Nullable<DbJson>,
        answer_body -> Nullable<Binary>,
        expires_at -> Nullable<DbTimestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    reconciliations (day) {
        day -> Text,
        status -> Text,
        turn -> BigInt,
        lease_until -> Nullable<DbTimestamp>,
        started_at -> DbTimestamp,
        finished_at -> Nullable<DbTimestamp>,
        failures -> BigInt,
        retry_at -> Nullable<DbTimestamp>,
        ours_orders -> BigInt,
        ours_paid -> BigInt,
        ours_paid_amount -> BigInt,
        ours_refunds -> BigInt,
        ours_refunded_amount -> BigInt,
        gateway_orders -> BigInt,
        gateway_paid -> BigInt,
        gateway_paid_amount -> BigInt,
        gateway_refunds -> BigInt,
        gateway_refunded_amount -> BigInt,
        foreign_orders -> BigInt,
        differences_left_out -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    reconciliation_differences (day, kind, order_id, refund_id) {
        day -> Text,
        kind -> Text,
        order_id -> Text,
        refund_id -> Text,
        donation_id -> Nullable<DbUuid>,
        ours -> Nullable<Text>,
        gateway -> Nullable<Text>,
        settled -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// What `diesel_migrations` has run.
    __diesel_schema_migrations (version) {
        version -> Text,
    }
}

diesel::joinable!(sessions -> accounts (account_id));
diesel::joinable!(browser_sessions -> accounts (account_id));
diesel::joinable!(certificates -> donations (donation_id));
diesel::joinable!(attempts -> donations (donation_id));
diesel::joinable!(refunds -> donations (donation_id));
diesel::allow_tables_to_appear_in_same_query!(accounts, sessions, browser_sessions, used_refresh_tokens, jobs);
diesel::allow_tables_to_appear_in_same_query!(donations, timeline_entries);
diesel::allow_tables_to_appear_in_same_query!(certificates, donations, donation_reviews, donation_terms, jobs);
diesel::allow_tables_to_appear_in_same_query!(attempts, donations);
diesel::allow_tables_to_appear_in_same_query!(attempts, refunds);
diesel::allow_tables_to_appear_in_same_query!(attempts, certificates);
diesel::allow_tables_to_appear_in_same_query!(refunds, donations);
