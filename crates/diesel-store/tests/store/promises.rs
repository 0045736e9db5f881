//! Every promise of the stores' ports, kept on both databases.

use std::fs;
use std::path::Path;

use diesel_store::Store;
use domain::contract::stores::Stores;

fn stores(store: &Store) -> Stores<'_> {
    Stores {
        donations: store,
        campaigns: store,
        certificates: store,
        certificate_keys: store,
        deliveries: store,
        open_orders: store,
        pending_refunds: store,
        jobs: store,
        reconciliations: store,
        accounts: store,
        stats: store,
        alerts: store,
        payment_guard: store,
        books: store,
        audit: store,
        idempotency: store,
    }
}

macro_rules! on {
    ($database:ident: $($suite:ident: $($promise:ident),+;)+) => {
        mod $database {$(
            mod $suite {
                use diesel_store::testing::TestDatabase;
                use domain::contract::stores::$suite as suite;

                $(
                    #[tokio::test]
                    async fn $promise() {
                        let database = TestDatabase::$database().await;
                        suite::$promise(crate::promises::stores(database.store())).await;
                    }
                )+
            }
        )+}
    };
}

macro_rules! promises {
    ($($promises:tt)+) => {
        on! { sqlite: $($promises)+ }
        on! { postgres: $($promises)+ }

        /// What is run, as it is written here.
        const RUN: &str = stringify!($($promises)+);
    };
}

promises! {
    alerts: a_turn_is_taken_once_in_a_while,
        a_cause_is_told_in_one_mail_to_each,
        what_ends_is_told_to_be_over_and_may_begin_anew,
        what_ended_before_it_was_told_is_not_told,
        without_recipients_nothing_is_told,
        a_day_is_summed_up_once,
        the_gateway_fails_from_its_first_failure_to_its_next_answer,
        those_who_answer_for_the_money_are_the_administrators;
    alert_causes: an_open_review_is_noted_once,
        a_review_that_was_resolved_before_it_was_told_is_not_told,
        a_hundred_jobs_that_die_at_once_are_two_mails_at_most,
        a_mail_to_operators_that_is_parked_is_not_told,
        a_job_that_is_parked_again_is_told_again,
        a_day_is_summed_up_in_numbers,
        a_day_that_differs_is_told_once_it_is_compared,
        a_day_whose_differences_are_settled_is_not_told,
        orders_found_paid_while_no_webhook_came_are_a_silence;
    donations: a_new_donation_is_found_as_it_was_kept,
        the_longest_texts_are_kept_whole,
        what_was_never_kept_is_not_found,
        an_id_is_kept_once,
        every_state_is_found_as_it_was_saved,
        a_fact_that_is_gone_does_not_come_back,
        attempts_are_found_as_they_were_saved,
        reviews_are_found_as_they_were_saved,
        a_donation_is_found_by_any_of_its_orders,
        an_order_belongs_to_one_donation,
        the_timeline_tells_every_step_oldest_first,
        a_change_of_an_older_version_is_a_conflict_and_keeps_nothing,
        a_change_of_a_version_yet_to_come_is_a_conflict;
    donation_lists: the_newest_donation_is_listed_first,
        only_the_accounts_own_donations_are_listed,
        listed_donations_are_whole,
        a_list_can_be_of_one_state,
        a_list_can_be_of_everybody_or_of_what_is_to_be_looked_at,
        pages_stay_where_they_are_while_donations_are_added,
        a_list_of_none_is_empty;
    donation_search: a_donation_is_found_by_the_beginning_of_any_word,
        the_case_of_letters_makes_no_difference_to_a_search,
        every_word_of_a_search_has_to_be_there,
        a_donation_is_found_by_its_id_its_orders_and_its_certificates,
        a_donation_is_found_as_it_is_now,
        each_filter_narrows_the_list,
        a_search_goes_on_from_page_to_page;
    donation_races: of_fifty_changes_of_one_version_exactly_one_is_kept,
        of_changes_that_are_made_again_after_a_conflict_none_is_lost,
        a_donation_is_never_read_half_changed;
    campaigns: a_campaign_is_found_as_it_was_kept,
        a_campaign_that_is_there_is_left_alone,
        of_twenty_that_keep_a_campaign_at_once_one_does,
        campaigns_are_listed_by_their_place,
        a_picture_is_found_by_its_name;
    campaign_changes: a_changed_campaign_is_found_as_it_was_saved,
        a_change_of_another_version_of_a_campaign_is_a_conflict,
        of_twenty_changes_of_a_campaign_at_once_one_is_kept,
        a_draft_is_found_by_no_others,
        once_a_donation_was_made_the_price_stays,
        a_donation_at_another_price_is_not_kept,
        a_campaign_knows_of_the_donations_before_it,
        donations_made_while_the_price_changes_have_the_price_that_stands;
    campaign_progress: only_what_is_paid_counts_net_of_refunds,
        trees_are_counted_donation_by_donation,
        a_donor_is_counted_once,
        test_mode_and_real_money_are_counted_apart,
        every_campaign_has_its_own_progress,
        the_latest_donations_come_first,
        of_a_donation_only_what_is_public_is_told;
    certificates: a_certificate_is_found_by_its_number,
        numbers_count_from_one_in_each_series_and_year,
        forty_donations_completed_at_once_get_forty_numbers_without_a_gap,
        the_number_of_a_change_that_was_not_kept_goes_to_the_next,
        a_refund_in_part_replaces_the_certificate,
        a_refund_of_all_withdraws_the_certificate,
        a_donation_has_at_most_one_valid_certificate,
        a_certificate_that_is_not_there_is_not_ended;
    certificate_keys: the_first_key_stays_the_databases_own,
        servers_that_start_at_once_end_with_one_key,
        every_key_that_ever_signed_stays_known;
    deliveries: a_delivery_is_found_as_it_came,
        a_delivery_is_kept_with_its_change,
        a_copy_is_counted_and_changes_nothing,
        a_delivery_whose_donation_has_changed_meanwhile_is_not_kept,
        a_delivery_whose_change_fails_is_not_kept,
        of_thirty_copies_at_once_one_is_recorded_and_brings_one_certificate,
        different_deliveries_about_one_donation_at_once_are_all_recorded;
    delivery_lists: a_delivery_is_got_by_its_id,
        the_newest_delivery_is_listed_first,
        deliveries_can_be_of_one_donation_or_outcome,
        a_replay_is_kept_with_its_change,
        a_delivery_that_was_applied_is_not_applied_again,
        a_replay_whose_donation_has_changed_meanwhile_is_not_kept,
        what_never_came_is_not_replayed,
        of_twenty_replays_at_once_one_is_applied;
    open_orders: an_attempt_is_due_as_soon_as_it_is_written_down,
        an_attempt_that_was_begun_later_than_wanted_is_not_taken,
        an_order_that_was_taken_is_due_again_when_its_lease_ends,
        a_scheduled_order_is_due_at_its_time,
        an_order_that_is_given_up_is_not_due_until_its_donation_changes,
        an_order_that_is_settled_is_not_due,
        an_order_that_is_open_again_is_due_again,
        an_earlier_attempt_is_due_though_another_one_was_paid,
        a_change_of_the_donation_leaves_the_time_as_it_is,
        whoever_lost_the_lease_schedules_nothing,
        what_has_been_due_for_longest_is_taken_first,
        of_twenty_that_take_at_once_each_order_goes_to_one,
        taking_an_order_while_its_donation_changes_harms_neither,
        a_change_that_is_not_kept_leaves_the_time_as_it_is;
    refunds: refunds_are_found_in_the_order_of_their_arrival,
        two_refunds_that_turn_out_to_be_one_become_one;
    pending_refunds: a_refund_is_due_a_minute_after_it_was_asked_for,
        a_refund_that_was_heard_of_is_due_while_it_is_pending,
        a_refund_that_is_final_is_not_due,
        a_refund_that_was_taken_is_due_again_when_its_lease_ends,
        a_scheduled_refund_is_due_at_its_time,
        the_refund_that_has_been_due_for_longest_is_taken_first,
        of_twenty_that_take_at_once_each_refund_goes_to_one;
    jobs: work_is_due_as_soon_as_it_is_queued,
        work_of_every_kind_is_taken_as_it_was_queued,
        a_job_that_was_taken_is_due_again_when_its_lease_ends,
        a_job_that_is_done_is_not_due,
        a_job_that_failed_is_due_at_its_new_time,
        a_job_that_is_given_back_was_never_tried,
        a_job_that_is_parked_is_not_due,
        a_job_that_is_not_parked_is_not_retried,
        whoever_lost_the_lease_finishes_nothing,
        of_twenty_that_take_at_once_each_job_goes_to_one,
        jobs_are_listed_newest_first;
    reconciliations: a_day_that_nobody_compared_has_no_report,
        a_report_is_found_as_it_was_kept,
        a_difference_is_kept_once,
        of_twenty_that_take_a_day_at_once_one_gets_it,
        a_day_that_is_being_compared_is_busy_until_its_lease_ends,
        a_day_that_was_compared_is_taken_again_only_for_a_person,
        a_day_that_broke_off_is_due_again_at_its_time,
        whoever_lost_the_day_keeps_nothing,
        what_was_found_stays_on_record_when_a_day_is_compared_again,
        days_are_due_until_they_are_compared,
        a_day_that_was_compared_before_its_end_is_due_once_more,
        a_donation_is_of_the_span_in_which_it_was_begun_or_refunded,
        donations_of_a_span_come_page_by_page;
    books: a_paid_donation_is_in_every_book,
        what_belongs_to_a_period_hangs_on_the_payment,
        without_a_payment_the_other_books_go_by_their_own_dates,
        a_payment_of_another_amount_is_told_apart,
        each_kind_of_money_has_its_own_books,
        the_books_come_page_by_page,
        a_days_figures_count_donations_and_their_certificates;
    accounts: an_account_is_found_as_it_was_created,
        an_account_that_was_never_created_is_not_found,
        the_case_of_an_addresss_letters_makes_no_difference,
        of_twenty_accounts_of_one_address_at_once_one_is_created,
        a_session_leads_to_its_account_until_it_ends,
        a_refresh_token_belongs_to_one_session,
        nobodys_session_is_not_opened;
    sessions: a_session_that_is_renewed_goes_on,
        a_token_that_comes_again_ends_its_session,
        of_twenty_renewals_at_once_one_wins_and_the_session_ends,
        a_session_that_is_over_is_not_renewed,
        a_session_is_ended_by_any_token_that_it_had,
        a_session_is_not_opened_with_a_password_of_before;
    browser_sessions: a_browsers_session_leads_to_its_account_until_it_ends,
        a_browsers_session_is_prolonged_and_never_cut_short,
        a_browsers_session_is_ended_by_its_token,
        the_two_kinds_of_session_know_nothing_of_each_others_tokens,
        a_browsers_session_is_not_opened_with_a_password_of_before,
        what_ends_every_session_ends_the_browsers_too,
        the_mail_to_confirm_is_sent_again_once_in_a_while;
    account_links: an_address_is_proved_once,
        a_token_is_good_for_its_own_mail_alone,
        a_token_that_is_over_counts_for_nothing,
        earlier_tokens_count_until_one_is_used,
        a_reset_changes_the_password_and_ends_every_session,
        of_twenty_that_use_a_token_at_once_one_does,
        a_session_that_is_renewed_during_a_reset_ends_with_it,
        nobodys_token_is_not_kept,
        a_registration_queues_its_mail_with_it,
        a_wish_of_nobody_queues_as_much_work,
        one_account_is_written_to_once_in_a_while;
    account_donations: guests_donations_join_when_the_address_is_proved,
        what_is_given_later_joins_only_a_proved_address,
        a_change_of_before_the_joining_is_a_conflict,
        an_account_that_goes_leaves_its_donations_to_the_books,
        nothing_of_an_account_that_went_opens_anything,
        a_payment_while_the_account_goes_harms_neither,
        whoever_is_forgotten_takes_nobody_along;
    stats: of_nothing_every_number_is_nothing,
        a_donation_counts_where_it_was_made_and_its_money_where_it_was_paid,
        days_are_put_together_to_weeks_and_months,
        what_is_given_back_is_taken_off_where_it_was_paid,
        a_donor_of_several_donations_is_one,
        real_money_and_what_was_tried_out_are_counted_apart,
        every_decline_counts_for_its_reason;
    stats_waiting: where_all_is_well_nothing_waits,
        donations_to_look_at_are_counted_by_their_reasons,
        work_that_was_given_up_waits,
        differences_wait_until_they_are_settled,
        a_day_is_compared_once_it_was_compared_after_its_end,
        a_refund_that_stays_pending_waits,
        webhooks_that_fit_nothing_are_counted;
    payment_guard: a_payment_that_ended_counts_for_whoever_began_it,
        a_payment_that_nobody_began_counts_for_its_donation_and_the_site,
        the_same_delivery_counts_once,
        only_what_was_heard_lately_counts,
        whoever_began_last_is_who_counts,
        what_is_old_is_forgotten,
        the_brake_stands_as_it_was_set_last;
    audit: an_entry_is_found_as_it_was_kept,
        the_newest_entry_is_listed_first,
        entries_can_be_of_one_account_action_or_span;
    idempotency: a_repeated_request_gets_the_first_ones_answer,
        an_empty_answer_is_an_answer,
        a_key_is_not_for_another_request,
        every_caller_has_keys_of_its_own,
        an_abandoned_key_is_free,
        an_expired_key_is_free,
        a_key_whose_request_runs_for_too_long_is_free,
        of_twenty_that_take_a_key_at_once_one_gets_it,
        of_twenty_that_take_an_expired_key_at_once_one_gets_it;
}

#[test]
fn no_promise_is_left_out() {
    let suites = Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/src/contract/stores");
    let run: Vec<&str> = RUN.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let mut seen = 0;
    for file in fs::read_dir(suites).unwrap() {
        let code = fs::read_to_string(file.unwrap().path()).unwrap();
        for line in code.lines() {
            let Some(rest) = line.strip_prefix("pub async fn ") else { continue };
            let name = rest.split('(').next().unwrap();
            assert!(run.contains(&name), "{name} is not run");
            seen += 1;
        }
    }
    assert!(seen > 0, "the suites are where they are looked for");
}
