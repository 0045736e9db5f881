//! What the account use cases ask of their ports: as much work for strangers as for donors, and nothing done by halves.
#![expect(clippy::unwrap_used, reason = "a test reports by panicking")]

use std::sync::{Arc, Mutex};

use application::accounts::{LinkError, LogInError, RefreshError, forgot_password, log_in, refresh, reset_password};
use application::{Origin, work_off_jobs};
use domain::audit::AuditOutcome;
use domain::ports::*;
use domain::*;
use support::{Ports, now};
use uuid::Uuid;

mod support;

const ACCOUNT: AccountId = AccountId(Uuid::from_u128(3));

fn account() -> Account {
    Account {
        id: ACCOUNT,
        email: DonorEmail::parse("aigul@example.com").unwrap(),
        name: DonorName::parse("Айгүл").unwrap(),
        language: Language::En,
        role: Role::Donor,
        password: PasswordHash::new("hash"),
        created_at: now(),
        email_confirmed_at: Some(now()),
    }
}

fn origin() -> Origin {
    Origin { request_id: Some("request-1".to_owned()), address: Some("192.0.2.1".to_owned()) }
}

/// These outcomes are put on record, in this order, and nothing else.
fn on_record(ports: &mut Ports, outcomes: &'static [AuditOutcome]) {
    let mut left = outcomes.iter();
    ports.audit.expect_append().times(outcomes.len()).returning(move |entry| {
        assert_eq!(Some(&entry.outcome), left.next());
        assert_eq!(entry.address.as_deref(), Some("192.0.2.1"));
        Ok(())
    });
}

fn gone<T>() -> Result<T, StoreError> {
    Err(StoreError::Unavailable("gone".to_owned()))
}

fn mail_job(mail: AccountMail) -> Job {
    Job {
        id: JobId(Uuid::from_u128(5)),
        task: Task::Account(Some(ACCOUNT), mail),
        certificate: None,
        tries: 1,
        queued_at: now(),
        lease_until: now(),
    }
}

/// One round with this job; what came of it.
async fn outcome(mut ports: Ports, job: Job) -> JobOutcome {
    let mut jobs = vec![vec![job]];
    ports.jobs.expect_take_due().returning(move |_| Ok(jobs.pop().unwrap_or_default()));
    let seen = Arc::new(Mutex::new(None));
    let kept = seen.clone();
    ports.jobs.expect_finish().times(1).returning(move |_, outcome, _| {
        *kept.lock().unwrap() = Some(outcome.clone());
        Ok(())
    });
    work_off_jobs(&ports.house(), &|| false).await.unwrap();
    let outcome = seen.lock().unwrap().take();
    outcome.unwrap()
}

#[tokio::test]
async fn an_unknown_address_costs_as_much_work_as_a_wrong_password() {
    let mut ports = Ports::new();
    ports.accounts.expect_find_by_email().returning(|_| Ok(None));
    on_record(&mut ports, &[AuditOutcome::Refused]);
    ports.passwords.expect_verify().withf(|_, hash| hash.is_none()).times(1).returning(|_, _| Ok(false));
    let email = DonorEmail::parse("nobody@example.com").unwrap();
    let refused = log_in(&ports.house(), Some(&email), "a password", &origin()).await;
    assert!(matches!(refused, Err(LogInError::InvalidCredentials)));
}

/// One call, the same whatever the store finds behind it, and nothing else: the store may do no more for one than for the other,
/// which its own suite counts.
#[tokio::test]
async fn a_forgotten_password_costs_one_call_whoever_it_is() {
    for address in ["aigul@example.com", "nobody@example.com"] {
        let mut ports = Ports::new();
        let asked_for = address.to_owned();
        ports
            .accounts
            .expect_queue_reset()
            .withf(move |wish| wish.email.as_str() == asked_for && wish.unless_since < wish.now)
            .times(1)
            .returning(|_| Ok(()));
        forgot_password(&ports.house(), Some(&DonorEmail::parse(address).unwrap())).await.unwrap();
    }
    forgot_password(&Ports::new().house(), None).await.unwrap();
}

#[tokio::test]
async fn a_password_is_not_even_hashed_for_a_link_that_does_not_count() {
    let mut ports = Ports::new();
    on_record(&mut ports, &[AuditOutcome::Refused]);
    ports.accounts.expect_account_of_token().times(1).returning(|_| Ok(None));
    let refused = reset_password(&ports.house(), "token", "another horse", &origin()).await;
    assert!(matches!(refused, Err(LinkError::InvalidToken)));
}

#[tokio::test]
async fn a_link_that_is_used_while_the_password_is_hashed_does_not_count() {
    let mut ports = Ports::new();
    on_record(&mut ports, &[AuditOutcome::Begun, AuditOutcome::Refused]);
    ports.accounts.expect_account_of_token().returning(|_| Ok(Some(ACCOUNT)));
    ports.passwords.expect_hash().times(1).returning(|_| Ok(PasswordHash::new("another")));
    ports.accounts.expect_reset_password().times(1).returning(|_, _, _| Ok(None));
    let refused = reset_password(&ports.house(), "token", "another horse", &origin()).await;
    assert!(matches!(refused, Err(LinkError::InvalidToken)));
}

#[tokio::test]
async fn whoever_signs_in_while_the_password_is_changed_is_not_signed_in() {
    let mut ports = Ports::new();
    ports.accounts.expect_find_by_email().returning(|_| Ok(Some(account())));
    ports.passwords.expect_verify().returning(|_, _| Ok(true));
    on_record(&mut ports, &[AuditOutcome::Refused]);
    ports.accounts.expect_open_session().times(1).returning(|_, _| Ok(OpenSession::PasswordChanged));
    let refused = log_in(&ports.house(), Some(&account().email), "a password", &origin()).await;
    assert!(matches!(refused, Err(LogInError::InvalidCredentials)));
}

#[tokio::test]
async fn signing_in_does_not_fail_with_the_donations_that_would_join() {
    let mut ports = Ports::new();
    ports.accounts.expect_find_by_email().returning(|_| Ok(Some(account())));
    ports.passwords.expect_verify().returning(|_, _| Ok(true));
    on_record(&mut ports, &[AuditOutcome::Done]);
    ports.accounts.expect_open_session().returning(|_, _| Ok(OpenSession::Opened));
    ports.accounts.expect_join_donations().times(1).returning(|_, _| gone());
    let signed_in = log_in(&ports.house(), Some(&account().email), "a password", &origin()).await.unwrap();
    assert_eq!(signed_in.account, account());
}

/// Nobody gets a token, or learns that a password was wrong, of which there is no record; a password stays as it was.
#[tokio::test]
async fn what_cannot_be_put_on_record_is_not_done() {
    for right in [true, false] {
        let mut ports = Ports::new();
        ports.accounts.expect_find_by_email().returning(|_| Ok(Some(account())));
        ports.passwords.expect_verify().returning(move |_, _| Ok(right));
        ports.accounts.expect_open_session().returning(|_, _| Ok(OpenSession::Opened));
        ports.audit.expect_append().times(1).returning(|_| gone());
        let failed = log_in(&ports.house(), Some(&account().email), "a password", &origin()).await;
        assert!(matches!(failed, Err(LogInError::Store(StoreError::Unavailable(_)))));
    }
    let mut ports = Ports::new();
    ports.accounts.expect_account_of_token().returning(|_| Ok(Some(ACCOUNT)));
    ports.audit.expect_append().times(1).returning(|_| gone());
    let failed = reset_password(&ports.house(), "token", "another horse", &origin()).await;
    assert!(matches!(failed, Err(LinkError::Store(StoreError::Unavailable(_)))));
}

#[tokio::test]
async fn a_store_that_is_gone_is_no_refused_token() {
    let mut ports = Ports::new();
    ports.accounts.expect_renew().returning(|_| gone());
    let failed = refresh(&ports.house(), "token").await;
    assert!(matches!(failed, Err(RefreshError::Store(StoreError::Unavailable(_)))));
}

#[tokio::test]
async fn the_store_sees_the_hashes_of_tokens_alone() {
    let mut ports = Ports::new();
    let shown = [
        0x3c, 0x46, 0x9e, 0x9d, 0x6c, 0x58, 0x75, 0xd3, 0x7a, 0x43, 0xf3, 0x53, 0xd4, 0xf8, 0x8e, 0x61, 0xfc, 0xf8,
        0x12, 0xc6, 0x6e, 0xee, 0x34, 0x57, 0x46, 0x5a, 0x40, 0xb0, 0xda, 0x41, 0x53, 0xe0,
    ];
    // SHA-256 of "token".
    ports.accounts.expect_end_session().withf(move |hash| *hash == shown).times(1).returning(|_| Ok(None));
    application::accounts::log_out(&ports.house(), "token", &origin()).await.unwrap();
}

#[tokio::test]
async fn a_mails_token_is_kept_before_the_mail_goes() {
    for mail in AccountMail::ALL {
        let mut ports = Ports::new();
        let account = Account { email_confirmed_at: None, ..account() };
        ports.accounts.expect_find().returning(move |_| Ok(Some(account.clone())));
        ports.accounts.expect_keep_token().withf(move |token| token.mail == mail).times(1).returning(|_| gone());
        // Nothing is sent: the mailer would fail the test.
        assert!(matches!(outcome(ports, mail_job(mail)).await, JobOutcome::Again { .. }));
    }
}

#[tokio::test]
async fn a_mail_that_was_not_taken_is_written_again_with_another_token() {
    let mut ports = Ports::new();
    ports.accounts.expect_find().returning(|_| Ok(Some(account())));
    ports.accounts.expect_keep_token().times(1).returning(|_| Ok(()));
    ports.mailer.expect_send().times(1).returning(|_| Err(MailError::Unavailable("asleep".to_owned())));
    assert!(matches!(outcome(ports, mail_job(AccountMail::ResetPassword)).await, JobOutcome::Again { .. }));
}

#[tokio::test]
async fn nobody_is_written_to_who_is_gone_or_has_proved_the_address() {
    let mut ports = Ports::new();
    ports.accounts.expect_find().returning(|_| Ok(None));
    let done = outcome(ports, mail_job(AccountMail::ResetPassword)).await;
    assert_eq!(done, JobOutcome::Done { note: Some("there is nobody to write to".to_owned()) });

    let mut ports = Ports::new();
    ports.accounts.expect_find().returning(|_| Ok(Some(account())));
    let done = outcome(ports, mail_job(AccountMail::ConfirmEmail)).await;
    assert_eq!(done, JobOutcome::Done { note: Some("the address has been proved".to_owned()) });

    let nobodys = Job { task: Task::Account(None, AccountMail::ResetPassword), ..mail_job(AccountMail::ResetPassword) };
    assert!(matches!(outcome(Ports::new(), nobodys).await, JobOutcome::Done { note: Some(_) }));
}
