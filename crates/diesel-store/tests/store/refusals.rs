//! What the databases refuse, whatever the code says.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::raw::{self, Raw};
use crate::seed;
use diesel::result::{DatabaseErrorKind, Error};
use diesel_store::testing::TestDatabase;

/// Every CHECK, and changes of sound rows that it refuses. `:long` is a text that fits nowhere.
#[rustfmt::skip]
const BAD_ROWS: &[(&str, &str)] = &[
    ("accounts_email_length", "UPDATE accounts SET email = 'a@'"),
    ("accounts_email_length", "UPDATE accounts SET email = :long"),
    ("accounts_email_key_length", "UPDATE accounts SET email_key = 'a@'"),
    ("accounts_name_length", "UPDATE accounts SET name = ''"),
    ("accounts_language_known", "UPDATE accounts SET language = 'de'"),
    ("accounts_role_known", "UPDATE accounts SET role = 'root'"),
    ("accounts_password_hash_length", "UPDATE accounts SET password_hash = ''"),
    ("audit_entries_actor_known", "INSERT INTO audit_entries (id, at, actor, action, outcome, details) SELECT id, at, 'root', action, outcome, details FROM audit_entries"),
    ("audit_entries_account_where_it_is_one", "INSERT INTO audit_entries (id, at, actor, action, outcome, details) SELECT id, at, 'account', action, outcome, details FROM audit_entries"),
    ("audit_entries_role_with_the_account", "INSERT INTO audit_entries (id, at, actor, account_id, action, outcome, details) SELECT id, at, 'account', account_id, action, outcome, details FROM audit_entries"),
    ("audit_entries_role_known", "INSERT INTO audit_entries (id, at, actor, account_id, role, action, outcome, details) SELECT id, at, 'account', account_id, 'root', action, outcome, details FROM audit_entries"),
    ("audit_entries_action_length", "INSERT INTO audit_entries (id, at, actor, action, outcome, details) SELECT id, at, 'nobody', '', outcome, details FROM audit_entries"),
    ("audit_entries_target_length", "INSERT INTO audit_entries (id, at, actor, action, target, outcome, details) SELECT id, at, 'nobody', action, :long, outcome, details FROM audit_entries"),
    ("audit_entries_outcome_known", "INSERT INTO audit_entries (id, at, actor, action, outcome, details) SELECT id, at, 'nobody', action, 'gone', details FROM audit_entries"),
    ("audit_entries_status_in_range", "INSERT INTO audit_entries (id, at, actor, action, outcome, status, details) SELECT id, at, 'nobody', action, outcome, 600, details FROM audit_entries"),
    ("audit_entries_address_length", "INSERT INTO audit_entries (id, at, actor, action, outcome, address, details) SELECT id, at, 'nobody', action, outcome, :long, details FROM audit_entries"),
    ("audit_entries_request_id_length", "INSERT INTO audit_entries (id, at, actor, action, outcome, request_id, details) SELECT id, at, 'nobody', action, outcome, :long, details FROM audit_entries"),
    ("gateway_health_is_one", "UPDATE gateway_health SET name = 'another'"),
    ("gateway_health_failure_known", "UPDATE gateway_health SET failure = 'asleep'"),
    ("gateway_health_failure_is_whole", "UPDATE gateway_health SET failing_since = NULL"),
    ("alert_notices_kind_known", "UPDATE alert_notices SET kind = 'odd'"),
    ("alert_notices_phase_known", "UPDATE alert_notices SET phase = 'odd'"),
    ("alerts_kind_known", "UPDATE alerts SET kind = 'odd'"),
    ("alerts_subject_length", "UPDATE alerts SET subject = ''"),
    ("alerts_detail_length", "UPDATE alerts SET detail = :long"),
    ("alerts_tell_known", "UPDATE alerts SET tell = 'odd', begun_notice = NULL"),
    ("alerts_over_once_begun", "UPDATE alerts SET tell = 'over', ended_at = NULL"),
    ("alert_mails_address_length", "UPDATE alert_mails SET address = 'a@'"),
    ("sessions_refresh_hash_length", "UPDATE sessions SET refresh_hash = substr(refresh_hash, 1, 31)"),
    ("sessions_end_after_they_begin", "UPDATE sessions SET expires_at = created_at, created_at = expires_at"),
    ("browser_sessions_token_hash_length", "UPDATE browser_sessions SET token_hash = substr(token_hash, 1, 31)"),
    ("browser_sessions_end_after_they_begin", "UPDATE browser_sessions SET expires_at = created_at, created_at = expires_at"),
    ("used_refresh_tokens_refresh_hash_length", "UPDATE used_refresh_tokens SET refresh_hash = substr(refresh_hash, 1, 31)"),
    ("account_tokens_token_hash_length", "UPDATE account_tokens SET token_hash = substr(token_hash, 1, 31)"),
    ("account_tokens_kind_known", "UPDATE account_tokens SET kind = 'send_certificate'"),
    ("account_tokens_end_after_they_begin", "UPDATE account_tokens SET expires_at = created_at, created_at = expires_at"),
    ("donations_donor_email_key_length", "UPDATE donations SET donor_email_key = 'a@'"),
    ("donations_donor_email_key_length", "UPDATE donations SET donor_email_key = :long"),
    ("donations_forgotten_are_not_found", "UPDATE donations SET donor_email = 'erased@donor.invalid'"),
    ("donations_donor_name_length", "UPDATE donations SET donor_name = ''"),
    ("donations_donor_name_length", "UPDATE donations SET donor_name = :long"),
    ("donations_donor_email_length", "UPDATE donations SET donor_email = 'a@'"),
    ("donations_amount_is_positive", "UPDATE donations SET amount = 0"),
    ("donations_trees_in_range", "UPDATE donations SET trees = -1"),
    ("donations_trees_in_range", "UPDATE donations SET trees = 4294967296"),
    ("donations_price_per_tree_is_positive", "UPDATE donations SET price_per_tree = 0"),
    ("donations_campaign_length", "UPDATE donations SET campaign = ''"),
    ("donations_message_length", "UPDATE donations SET message = ''"),
    ("donations_message_length", "UPDATE donations SET message = :long"),
    ("donations_certificate_name_length", "UPDATE donations SET certificate_name = ''"),
    ("donations_language_known", "UPDATE donations SET language = 'de'"),
    ("donations_status_known", "UPDATE donations SET status = 'paid' WHERE status = 'pending'"),
    ("donations_completed_at_once_paid", "UPDATE donations SET completed_at = created_at WHERE status = 'pending'"),
    ("donations_completed_at_once_paid", "UPDATE donations SET completed_at = NULL WHERE status = 'completed'"),
    ("donations_completed_at_once_paid", "UPDATE donations SET status = 'completed' WHERE status = 'pending'"),
    ("donations_refunded_amount_in_range", "UPDATE donations SET refunded_amount = -1 WHERE status = 'pending'"),
    ("donations_refunded_in_part", "UPDATE donations SET refunded_amount = 1 WHERE status = 'pending'"),
    ("donations_refunded_in_part", "UPDATE donations SET refunded_amount = 0 WHERE status = 'partially_refunded'"),
    ("donations_refunded_whole", "UPDATE donations SET refunded_amount = amount WHERE status = 'completed'"),
    ("donations_refunded_whole", "UPDATE donations SET status = 'refunded' WHERE status = 'completed'"),
    ("donations_decline_reason_known", "UPDATE donations SET decline_reason = 'greed' WHERE status = 'failed'"),
    ("donations_decline_reason_while_failed", "UPDATE donations SET decline_reason = NULL WHERE status = 'failed'"),
    ("donations_decline_reason_while_failed", "UPDATE donations SET decline_reason = 'unknown' WHERE status = 'pending'"),
    ("donations_declined_at_while_failed", "UPDATE donations SET declined_at = NULL WHERE status = 'failed'"),
    ("donations_gateway_code_while_failed", "UPDATE donations SET decline_gateway_code = '51' WHERE status = 'pending'"),
    ("donations_gateway_code_length", "UPDATE donations SET decline_gateway_code = :long WHERE status = 'failed'"),
    ("donations_version_counts_up", "UPDATE donations SET version = -1"),
    ("donation_reviews_review_known", "UPDATE donation_reviews SET review = 'odd'"),
    ("donation_reviews_subject_length", "UPDATE donation_reviews SET subject = ''"),
    ("donation_reviews_resolved_by_somebody", "UPDATE donation_reviews SET resolved_at = raised_at, note = 'x'"),
    ("donation_reviews_resolved_with_a_note", "UPDATE donation_reviews SET resolved_at = raised_at, resolved_by = 'system'"),
    ("donation_reviews_resolved_by_known", "UPDATE donation_reviews SET resolved_at = raised_at, note = 'x', resolved_by = 'me'"),
    ("donation_reviews_note_length", "UPDATE donation_reviews SET resolved_at = raised_at, resolved_by = 'system', note = ''"),
    ("donations_campaign_title_length", "UPDATE donations SET campaign_title = ''"),
    ("donations_campaign_title_length", "UPDATE donations SET campaign_title = :long"),
    ("campaigns_slug_length", "INSERT INTO campaigns SELECT '', position, title_kk, title_ru, title_en, text_kk, text_ru, text_en, picture_kk, picture_ru, picture_en, alt_kk, alt_ru, alt_en, price_per_tree, goal, presets, starts_at, ends_at, version, draft, donated_under FROM campaigns"),
    ("campaigns_position_in_range", "UPDATE campaigns SET position = -1"),
    ("campaigns_title_length", "UPDATE campaigns SET title_kk = ''"),
    ("campaigns_title_length", "UPDATE campaigns SET title_en = :long"),
    ("campaigns_text_length", "UPDATE campaigns SET text_ru = :long || 'x'"),
    ("campaigns_picture_length", "UPDATE campaigns SET picture_ru = 'x'"),
    ("campaigns_alt_length", "UPDATE campaigns SET alt_en = ''"),
    ("campaigns_picture_in_every_language", "UPDATE campaigns SET picture_ru = NULL"),
    ("campaigns_picture_with_alt", "UPDATE campaigns SET alt_kk = NULL"),
    ("campaigns_price_per_tree_is_positive", "UPDATE campaigns SET price_per_tree = 0"),
    ("campaigns_goal_is_positive", "UPDATE campaigns SET goal = 0"),
    ("campaigns_end_after_they_begin", "UPDATE campaigns SET ends_at = starts_at"),
    ("campaigns_version_counts_up", "UPDATE campaigns SET version = -1"),
    ("campaign_pictures_name_length", "UPDATE campaign_pictures SET name = 'x'"),
    ("campaign_pictures_kind_known", "UPDATE campaign_pictures SET kind = 'text/html'"),
    ("campaign_pictures_bytes_length", "UPDATE campaign_pictures SET bytes = substr(bytes, 1, 0)"),
    ("attempts_number_in_range", "UPDATE attempts SET number = 0 WHERE state = 'prepared'"),
    ("attempts_external_id_length", "UPDATE attempts SET external_id = ''"),
    ("attempts_order_id_length", "UPDATE attempts SET order_id = ''"),
    ("attempts_checkout_url_length", "UPDATE attempts SET checkout_url = :long"),
    ("attempts_state_known", "UPDATE attempts SET state = 'lost', next_check_at = NULL WHERE state = 'prepared'"),
    ("attempts_paid_at_once_captured", "UPDATE attempts SET paid_at = NULL WHERE state = 'paid'"),
    ("attempts_paid_at_once_captured", "UPDATE attempts SET paid_at = started_at WHERE state = 'prepared'"),
    ("attempts_payment_id_once_captured", "UPDATE attempts SET payment_id = 'p' WHERE state = 'prepared'"),
    ("attempts_payment_id_length", "UPDATE attempts SET payment_id = '' WHERE state = 'paid'"),
    ("attempts_nothing_to_ask_once_settled", "UPDATE attempts SET next_check_at = started_at WHERE state = 'paid'"),
    ("refunds_gateway_id_length", "UPDATE refunds SET gateway_id = ''"),
    ("refunds_position_counts_up", "UPDATE refunds SET position = -1"),
    ("refunds_amount_is_positive", "UPDATE refunds SET amount = 0"),
    ("refunds_status_known", "UPDATE refunds SET status = 'lost'"),
    ("refunds_reason_length", "UPDATE refunds SET reason = '', payment = 'kept'"),
    ("refunds_payment_known", "UPDATE refunds SET reason = 'x', payment = 'all'"),
    ("refunds_payment_with_reason", "UPDATE refunds SET reason = 'x'"),
    ("refunds_asked_for_or_heard_of", "UPDATE refunds SET gateway_id = NULL, status = 'failed'"),
    ("refunds_success_has_a_name", "UPDATE refunds SET gateway_id = NULL, reason = 'x', payment = 'kept'"),
    ("refunds_asked_about_while_pending", "UPDATE refunds SET next_check_at = created_at"),
    ("timeline_entries_version_counts_up", "UPDATE timeline_entries SET donation_version = -1"),
    ("timeline_entries_step_counts_up", "UPDATE timeline_entries SET step = -1"),
    ("timeline_entries_kind_known", "UPDATE timeline_entries SET kind = 'donation.lost'"),
    ("timeline_entries_actor_known", "UPDATE timeline_entries SET actor = 'nobody'"),
    ("timeline_entries_actor_known", "UPDATE timeline_entries SET actor = 'account:1'"),
    ("timeline_entries_request_id_length", "UPDATE timeline_entries SET request_id = :long"),
    ("timeline_entries_from_known", "UPDATE timeline_entries SET from_status = 'paid'"),
    ("timeline_entries_to_known", "UPDATE timeline_entries SET to_status = 'paid'"),
    ("certificates_number_names_its_series", "UPDATE certificates SET number = 'TEST-2026-000001'"),
    ("certificates_series_known", "UPDATE certificates SET series = 'TRAP', number = 'TRAP-2026-000001'"),
    ("certificates_year_in_range", "UPDATE certificates SET year = 1999"),
    ("certificates_sequence_counts_from_one", "UPDATE certificates SET sequence = 0"),
    ("certificates_version_counts_up", "UPDATE certificates SET donation_version = -1"),
    ("certificates_name_length", "UPDATE certificates SET name = ''"),
    ("certificates_trees_in_range", "UPDATE certificates SET trees = -1"),
    ("certificates_status_known", "UPDATE certificates SET status = 'lost'"),
    ("certificate_sequences_series_known", "UPDATE certificate_sequences SET series = 'TRAP'"),
    ("certificate_sequences_year_in_range", "UPDATE certificate_sequences SET year = 1999"),
    ("certificate_sequences_last_counts_from_one", "UPDATE certificate_sequences SET last = 0"),
    ("certificate_keys_public_key_length", "UPDATE certificate_keys SET public_key = substr(public_key, 1, 31)"),
    ("certificate_keys_origin_known", "UPDATE certificate_keys SET origin = 'found' WHERE origin = 'given'"),
    ("certificate_keys_seed_where_own", "UPDATE certificate_keys SET seed = NULL WHERE origin = 'own'"),
    ("certificate_keys_seed_length", "UPDATE certificate_keys SET seed = substr(seed, 1, 31) WHERE origin = 'own'"),
    ("donation_terms_term_length", "UPDATE donation_terms SET term = ''"),
    ("donation_terms_term_length", "UPDATE donation_terms SET term = :long"),
    ("payment_clients_client_length", "UPDATE payment_clients SET client = substr(client, 1, 15)"),
    ("payment_clients_email_length", "UPDATE payment_clients SET email = substr(email, 1, 15)"),
    ("payment_outcomes_outcome_known", "UPDATE payment_outcomes SET outcome = 'lost'"),
    ("payment_outcomes_client_length", "UPDATE payment_outcomes SET client = substr(client, 1, 15)"),
    ("payment_outcomes_email_length", "UPDATE payment_outcomes SET email = substr(email, 1, 15)"),
    ("payment_brake_is_one", "UPDATE payment_brake SET name = 'refunds'"),
    ("payment_brake_reason_length", "UPDATE payment_brake SET reason = ''"),
    ("payment_brake_reason_length", "UPDATE payment_brake SET reason = :long"),
    ("payment_brake_changed_by_length", "UPDATE payment_brake SET changed_by = ''"),
    ("jobs_kind_known", "UPDATE jobs SET kind = 'dance' WHERE donation_id IS NOT NULL"),
    ("jobs_of_a_donation_or_an_account", "UPDATE jobs SET kind = 'confirm_email' WHERE kind = 'send_certificate'"),
    ("jobs_of_a_donation_or_an_account", "UPDATE jobs SET kind = 'send_certificate' WHERE kind = 'confirm_email'"),
    ("jobs_version_with_the_donation", "UPDATE jobs SET donation_version = NULL WHERE donation_id IS NOT NULL"),
    ("jobs_version_with_the_donation", "UPDATE jobs SET donation_version = 0 WHERE donation_id IS NULL"),
    ("jobs_account_where_no_donation", "UPDATE jobs SET account_id = (SELECT id FROM accounts) WHERE kind = 'send_certificate'"),
    ("jobs_status_known", "UPDATE jobs SET status = 'lost'"),
    ("jobs_attempts_count_up", "UPDATE jobs SET attempts = -1"),
    ("jobs_version_counts_up", "UPDATE jobs SET donation_version = -1"),
    ("jobs_refund_where_about_one", "UPDATE jobs SET refund_id = donation_id WHERE kind = 'send_certificate'"),
    ("jobs_note_length", "UPDATE jobs SET note = :long"),
    ("deliveries_dedup_key_length", "UPDATE deliveries SET dedup_key = ''"),
    ("deliveries_dialect_length", "UPDATE deliveries SET dialect = ''"),
    ("deliveries_event_length", "UPDATE deliveries SET event = :long"),
    ("deliveries_outcome_known", "UPDATE deliveries SET outcome = 'lost'"),
    ("deliveries_applied_to_a_donation", "UPDATE deliveries SET donation_id = NULL"),
    ("deliveries_request_id_length", "UPDATE deliveries SET request_id = :long"),
    ("deliveries_copies_in_range", "UPDATE deliveries SET copies = 0"),
    ("idempotency_keys_caller_length", "UPDATE idempotency_keys SET caller = ''"),
    ("idempotency_keys_key_length", "UPDATE idempotency_keys SET key = :long"),
    ("idempotency_keys_fingerprint_length", "UPDATE idempotency_keys SET fingerprint = substr(fingerprint, 1, 31)"),
    ("idempotency_keys_answer_status_in_range", "UPDATE idempotency_keys SET answer_status = 99"),
    ("idempotency_keys_headers_with_status", "UPDATE idempotency_keys SET answer_headers = NULL"),
    ("idempotency_keys_body_with_status", "UPDATE idempotency_keys SET answer_body = NULL"),
    ("idempotency_keys_end_with_status", "UPDATE idempotency_keys SET expires_at = NULL"),
    ("reconciliations_day_length", "UPDATE reconciliations SET day = 'today' WHERE status = 'running'"),
    ("reconciliations_status_known", "UPDATE reconciliations SET status = 'lost', lease_until = NULL WHERE status = 'running'"),
    ("reconciliations_turn_counts_from_one", "UPDATE reconciliations SET turn = 0"),
    ("reconciliations_leased_while_running", "UPDATE reconciliations SET lease_until = NULL WHERE status = 'running'"),
    ("reconciliations_leased_while_running", "UPDATE reconciliations SET lease_until = started_at WHERE status = 'done'"),
    ("reconciliations_finished_once_done", "UPDATE reconciliations SET finished_at = NULL WHERE status = 'done'"),
    ("reconciliations_finished_once_done", "UPDATE reconciliations SET finished_at = started_at WHERE status = 'failed'"),
    ("reconciliations_failures_count_up", "UPDATE reconciliations SET failures = -1"),
    ("reconciliations_left_out_counts_up", "UPDATE reconciliations SET differences_left_out = -1"),
    ("reconciliations_retried_once_failed", "UPDATE reconciliations SET retry_at = NULL WHERE status = 'failed'"),
    ("reconciliations_retried_once_failed", "UPDATE reconciliations SET retry_at = started_at WHERE status = 'done'"),
    ("reconciliations_ours_count_up", "UPDATE reconciliations SET ours_refunded_amount = -1"),
    ("reconciliations_gateways_count_up", "UPDATE reconciliations SET foreign_orders = -1"),
    ("reconciliation_differences_kind_known", "UPDATE reconciliation_differences SET kind = 'odd' WHERE refund_id = ''"),
    ("reconciliation_differences_order_id_length", "UPDATE reconciliation_differences SET order_id = ''"),
    ("reconciliation_differences_refund_id_length", "UPDATE reconciliation_differences SET refund_id = :long WHERE refund_id <> ''"),
    ("reconciliation_differences_refund_id_of_refunds", "UPDATE reconciliation_differences SET refund_id = '' WHERE refund_id <> ''"),
    ("reconciliation_differences_refund_id_of_refunds", "UPDATE reconciliation_differences SET refund_id = 'r' WHERE refund_id = ''"),
    ("reconciliation_differences_ours_length", "UPDATE reconciliation_differences SET ours = ''"),
    ("reconciliation_differences_gateway_length", "UPDATE reconciliation_differences SET gateway = :long"),
];

/// What stands in on SQLite for types that it does not have, one of each kind.
const BAD_TYPES: &[(&str, &str)] = &[
    ("native_jobs_id", "UPDATE jobs SET id = 'job-1'"),
    ("native_donations_anonymous", "UPDATE donations SET anonymous = 2"),
    ("native_reconciliation_differences_settled", "UPDATE reconciliation_differences SET settled = 2"),
    ("native_campaigns_presets", "UPDATE campaigns SET presets = 'many'"),
    (
        "native_audit_entries_details",
        "INSERT INTO audit_entries (id, at, actor, action, outcome, details) SELECT id, at, 'nobody', action, outcome, 'many' FROM audit_entries",
    ),
    ("native_timeline_entries_details", "UPDATE timeline_entries SET details = 'order'"),
];

fn refused_by(raw: &mut Raw, sql: &str) -> String {
    let sql = sql.replace(":long", &format!("'{}'", "x".repeat(4_000)));
    match raw.execute(&sql) {
        Err(Error::DatabaseError(DatabaseErrorKind::CheckViolation, information)) => information.message().to_owned(),
        other => panic!("{sql} is refused by a CHECK, not {other:?}"),
    }
}

async fn every_bad_row_is_refused(database: TestDatabase) {
    seed::fill(database.store()).await;
    let mut raw = Raw::of(&database);
    for (check, sql) in BAD_ROWS {
        let message = refused_by(&mut raw, sql);
        assert!(message.contains(check), "{sql}: {message}");
    }
}

#[tokio::test]
async fn sqlite_refuses_every_bad_row() {
    every_bad_row_is_refused(TestDatabase::sqlite().await).await;
}

#[tokio::test]
async fn postgres_refuses_every_bad_row() {
    every_bad_row_is_refused(TestDatabase::postgres().await).await;
}

#[tokio::test]
async fn sqlite_refuses_what_postgres_has_types_for() {
    let database = TestDatabase::sqlite().await;
    seed::fill(database.store()).await;
    let mut raw = Raw::of(&database);
    for (check, sql) in BAD_TYPES {
        let message = refused_by(&mut raw, sql);
        assert!(message.contains(check), "{sql}: {message}");
    }
}

#[test]
fn every_check_has_a_row_that_it_refuses() {
    let tried: BTreeSet<&str> = BAD_ROWS.iter().map(|(check, _)| *check).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/postgres");
    let mut seen = BTreeSet::new();
    for migration in fs::read_dir(folder).unwrap() {
        let sql = fs::read_to_string(migration.unwrap().path().join("up.sql")).unwrap();
        // One that goes is not one that comes.
        let sql = sql.replace("DROP CONSTRAINT ", "DROP ");
        for constraint in sql.split("CONSTRAINT ").skip(1) {
            let name = constraint.split(' ').next().unwrap();
            assert!(tried.contains(name), "nothing is tried against {name}");
            // A table that is made anew has its checks once more.
            seen.insert(name.to_owned());
        }
    }
    assert_eq!(seen.len(), tried.len());
}

/// Not even by whoever has the database's own client.
#[tokio::test]
async fn an_audit_entry_is_never_changed_or_taken_away() {
    for database in raw::both().await {
        seed::fill(database.store()).await;
        let mut raw = Raw::of(&database);
        let mut acts = vec!["UPDATE audit_entries SET outcome = 'refused'", "DELETE FROM audit_entries"];
        if matches!(raw, Raw::Postgres(_)) {
            acts.push("TRUNCATE audit_entries");
        }
        for act in acts {
            let refused = raw.execute(act).unwrap_err().to_string();
            assert!(refused.contains("audit entries are never changed or taken away"), "{act}: {refused}");
        }
        assert_eq!(raw.lines("SELECT outcome AS line FROM audit_entries"), ["done"]);
    }
}

/// Nor that it was, and it becomes no draft.
#[tokio::test]
async fn the_price_that_people_have_donated_at_is_never_changed() {
    for database in raw::both().await {
        seed::fill(database.store()).await;
        let mut raw = Raw::of(&database);
        let (yes, no) = if matches!(raw, Raw::Sqlite(_)) { ("1", "0") } else { ("true", "false") };
        for change in ["price_per_tree = 501", &format!("draft = {yes}"), &format!("donated_under = {no}")] {
            let refused = raw.execute(&format!("UPDATE campaigns SET {change}")).unwrap_err().to_string();
            assert!(refused.contains("donations have been made under this campaign"), "{change}: {refused}");
        }
        raw.execute("UPDATE campaigns SET goal = 5, price_per_tree = 500").unwrap();
    }
}

#[tokio::test]
async fn two_valid_certificates_of_one_donation_are_refused() {
    for database in raw::both().await {
        seed::fill(database.store()).await;
        let sql = "UPDATE certificates SET status = 'valid' WHERE status = 'replaced'";
        let refused = Raw::of(&database).execute(sql);
        assert!(matches!(refused, Err(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _))), "{refused:?}");
    }
}
