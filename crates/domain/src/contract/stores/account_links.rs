//! What mails to accounts carry, and the jobs that these mails are.

use futures_util::future::{join, join_all};
use uuid::Uuid;

use super::Stores;
use super::samples::{account, at, email};
use crate::ports::{DueJobs, JobQuery, JobStatus, OpenSession, Renewal, ResetWish, ShownToken, Stamp, Task};
use crate::{Account, AccountMail, AccountToken, JobId, PasswordHash, Session, SessionId, TokenHash};

const fn hash(number: u8) -> TokenHash {
    [number; 32]
}

fn stamp(minute: i64) -> Stamp {
    Stamp { at: at(minute), request_id: Some("request-1".to_owned()) }
}

fn job(number: u128) -> JobId {
    JobId(Uuid::from_u128(number))
}

async fn created(stores: Stores<'_>, number: u128, address: &str) -> Account {
    let account = account(number, address);
    stores.accounts.create(&account, None).await.unwrap();
    account
}

/// Kept in this minute, for an hour.
async fn keep(stores: Stores<'_>, (number, account): (u8, &Account), mail: AccountMail, minute: i64) {
    let (created_at, expires_at) = (at(minute), at(minute + 60));
    let token = AccountToken { hash: hash(number), account: account.id, mail, created_at, expires_at };
    stores.accounts.keep_token(&token).await.unwrap();
}

async fn confirms(stores: Stores<'_>, number: u8, minute: i64) -> bool {
    let proved = stores.accounts.confirm_email(&hash(number), &stamp(minute)).await.unwrap();
    proved.is_some()
}

async fn resets(stores: Stores<'_>, number: u8, minute: i64) -> bool {
    let password = PasswordHash::new(format!("chosen with {number}"));
    stores.accounts.reset_password(&hash(number), &password, &stamp(minute)).await.unwrap().is_some()
}

async fn counts(stores: Stores<'_>, number: u8, mail: AccountMail, minute: i64) -> bool {
    let shown = ShownToken { hash: hash(number), mail, now: at(minute) };
    stores.accounts.account_of_token(&shown).await.unwrap().is_some()
}

/// The account's alone, in the minute in which it is used, and never again.
pub async fn an_address_is_proved_once(stores: Stores<'_>) {
    let (one, two) = (created(stores, 1, "one@example.com").await, created(stores, 2, "two@example.com").await);
    keep(stores, (1, &one), AccountMail::ConfirmEmail, 0).await;
    let proved = stores.accounts.confirm_email(&hash(1), &stamp(5)).await.unwrap().unwrap();
    assert_eq!((proved.account, proved.joined), (one.id, Vec::new()));
    assert!(!confirms(stores, 1, 6).await);
    let found = stores.accounts.find(one.id).await.unwrap().unwrap();
    assert_eq!(found, Account { email_confirmed_at: Some(at(5)), ..one.clone() });
    assert_eq!(stores.accounts.find(two.id).await, Ok(Some(two)));

    // Proved again: it was proved when it was proved first.
    keep(stores, (2, &one), AccountMail::ConfirmEmail, 10).await;
    assert!(confirms(stores, 2, 11).await);
    assert_eq!(stores.accounts.find(one.id).await.unwrap().unwrap().email_confirmed_at, Some(at(5)));
}

/// A link to confirm an address changes no password, and the other way round is no way either.
pub async fn a_token_is_good_for_its_own_mail_alone(stores: Stores<'_>) {
    let account = created(stores, 1, "one@example.com").await;
    keep(stores, (1, &account), AccountMail::ConfirmEmail, 0).await;
    keep(stores, (2, &account), AccountMail::ResetPassword, 0).await;
    assert!(!resets(stores, 1, 1).await);
    assert!(!confirms(stores, 2, 1).await);
    assert!(!counts(stores, 1, AccountMail::ResetPassword, 1).await);
    assert_eq!(stores.accounts.find(account.id).await, Ok(Some(account)));
    assert!(counts(stores, 1, AccountMail::ConfirmEmail, 1).await && confirms(stores, 1, 1).await);
    assert!(counts(stores, 2, AccountMail::ResetPassword, 1).await && resets(stores, 2, 1).await);
}

/// From the instant on at which it ends.
pub async fn a_token_that_is_over_counts_for_nothing(stores: Stores<'_>) {
    let account = created(stores, 1, "one@example.com").await;
    for (number, mail) in [(1, AccountMail::ConfirmEmail), (2, AccountMail::ResetPassword)] {
        keep(stores, (number, &account), mail, 0).await;
        assert!(counts(stores, number, mail, 59).await);
        assert!(!counts(stores, number, mail, 60).await);
        assert!(!confirms(stores, number, 60).await && !resets(stores, number, 60).await);
    }
    assert_eq!(stores.accounts.find(account.id).await, Ok(Some(account)));
}

/// A mail that was written twice brought two links: either counts, and ends the other. Those of other accounts go on.
pub async fn earlier_tokens_count_until_one_is_used(stores: Stores<'_>) {
    let (one, two) = (created(stores, 1, "one@example.com").await, created(stores, 2, "two@example.com").await);
    for (number, account) in [(1, &one), (2, &one), (3, &one), (4, &two)] {
        keep(stores, (number, account), AccountMail::ResetPassword, number.into()).await;
    }
    keep(stores, (5, &one), AccountMail::ConfirmEmail, 0).await;
    assert!(resets(stores, 2, 10).await);
    for number in [1, 2, 3] {
        assert!(!resets(stores, number, 11).await, "{number}");
    }
    assert!(!confirms(stores, 5, 11).await, "the address is proved by now");
    assert!(resets(stores, 4, 11).await);
}

/// Whoever has the link has proved the address too.
pub async fn a_reset_changes_the_password_and_ends_every_session(stores: Stores<'_>) {
    let (one, two) = (created(stores, 1, "one@example.com").await, created(stores, 2, "two@example.com").await);
    let open = async |number: u8, account: &Account| {
        let session = Session {
            id: SessionId(Uuid::from_u128(number.into())),
            account: account.id,
            refresh_hash: hash(number),
            created_at: at(0),
            expires_at: at(60),
        };
        (session.id, stores.accounts.open_session(&session, &account.password).await)
    };
    for (number, account) in [(1, &one), (2, &one), (3, &two)] {
        assert_eq!(open(number, account).await.1, Ok(OpenSession::Opened));
    }
    keep(stores, (9, &one), AccountMail::ResetPassword, 0).await;
    assert!(resets(stores, 9, 5).await);
    let found = stores.accounts.find(one.id).await.unwrap().unwrap();
    let password = PasswordHash::new("chosen with 9");
    assert_eq!(found, Account { password, email_confirmed_at: Some(at(5)), ..one.clone() });
    for (number, stands) in [(1, false), (2, false), (3, true)] {
        let session = SessionId(Uuid::from_u128(number));
        let found = stores.accounts.account_of_session(session, at(5)).await.unwrap();
        assert_eq!(found.is_some(), stands, "{number}");
    }
    // Somebody who had shown the password of before is late.
    assert_eq!(open(4, &one).await.1, Ok(OpenSession::PasswordChanged));
    assert_eq!(open(5, &found).await.1, Ok(OpenSession::Opened));
}

/// The others find that it was used.
pub async fn of_twenty_that_use_a_token_at_once_one_does(stores: Stores<'_>) {
    let account = created(stores, 1, "one@example.com").await;
    keep(stores, (1, &account), AccountMail::ConfirmEmail, 0).await;
    keep(stores, (2, &account), AccountMail::ResetPassword, 0).await;
    keep(stores, (3, &account), AccountMail::ResetPassword, 0).await;
    let confirmed = join_all((0..20).map(|_| confirms(stores, 1, 1))).await;
    assert_eq!(confirmed.into_iter().filter(|done| *done).count(), 1);
    let reset = join_all((0..20).map(|n| resets(stores, 2 + n % 2, 1))).await;
    assert_eq!(reset.into_iter().filter(|done| *done).count(), 1, "of either token");
}

/// Whichever comes first, nobody is in afterwards.
pub async fn a_session_that_is_renewed_during_a_reset_ends_with_it(stores: Stores<'_>) {
    for number in 1..=10 {
        let account = created(stores, number.into(), &format!("donor{number}@example.com")).await;
        let session = Session {
            id: SessionId(Uuid::from_u128(number.into())),
            account: account.id,
            refresh_hash: hash(number),
            created_at: at(0),
            expires_at: at(60),
        };
        stores.accounts.open_session(&session, &account.password).await.unwrap();
        keep(stores, (number, &account), AccountMail::ResetPassword, 0).await;
        let next = hash(number + 100);
        let renewal = Renewal { shown: hash(number), next, now: at(1), expires_at: at(61) };
        let (reset, renewed) = join(resets(stores, number, 1), stores.accounts.renew(&renewal)).await;
        assert!(reset && renewed.is_ok(), "{renewed:?}");
        assert_eq!(stores.accounts.account_of_session(session.id, at(1)).await, Ok(None));
        assert_eq!(stores.accounts.end_session(&next).await, Ok(None));
    }
}

/// Somebody who is gone meanwhile.
pub async fn nobodys_token_is_not_kept(stores: Stores<'_>) {
    let nobody = account(1, "nobody@example.com");
    let mail = AccountMail::ConfirmEmail;
    let token = AccountToken { hash: hash(1), account: nobody.id, mail, created_at: at(0), expires_at: at(60) };
    assert!(stores.accounts.keep_token(&token).await.is_err());
}

/// In the same transaction: a registration that fails queues nothing.
pub async fn a_registration_queues_its_mail_with_it(stores: Stores<'_>) {
    let first = account(1, "one@example.com");
    stores.accounts.create(&first, Some(job(1))).await.unwrap();
    stores.accounts.create(&account(2, "ONE@example.com"), Some(job(2))).await.unwrap();
    stores.accounts.create(&account(3, "three@example.com"), None).await.unwrap();
    let due = DueJobs { now: at(0), lease_until: at(10), limit: 100 };
    let jobs = stores.jobs.take_due(&due).await.unwrap();
    let [mail] = &jobs[..] else { panic!("one mail, not {jobs:?}") };
    assert_eq!((mail.id, mail.queued_at), (job(1), at(0)));
    assert_eq!(mail.task, Task::Account(Some(first.id), AccountMail::ConfirmEmail));
}

/// And the mail of an account goes to that of the address, whatever the case of its letters.
pub async fn a_wish_of_nobody_queues_as_much_work(stores: Stores<'_>) {
    let account = created(stores, 1, "one@example.com").await;
    let addresses = ["One@Example.com", "on_@example.com", "%@example.com", "two@example.com"];
    for (number, address) in (1..).zip(addresses) {
        let wish = ResetWish { email: email(address), job: job(number), now: at(1), unless_since: at(0) };
        stores.accounts.queue_reset(&wish).await.unwrap();
    }
    let jobs = stores.jobs.list(&JobQuery { donation: None, status: None, after: None, limit: 10 }).await.unwrap();
    assert!(jobs.iter().all(|job| job.status == JobStatus::Queued && job.due_at == at(1)));
    let mut tasks: Vec<_> = jobs.into_iter().map(|job| (job.id, job.task)).collect();
    tasks.sort();
    let nobodys = Task::Account(None, AccountMail::ResetPassword);
    let own = Task::Account(Some(account.id), AccountMail::ResetPassword);
    assert_eq!(tasks, [(job(1), own), (job(2), nobodys), (job(3), nobodys), (job(4), nobodys)]);
}

/// Each wish is a job all the same.
pub async fn one_account_is_written_to_once_in_a_while(stores: Stores<'_>) {
    let one = created(stores, 1, "one@example.com").await;
    let two = created(stores, 2, "two@example.com").await;
    for (number, address, minute) in
        [(1, "one@example.com", 10), (2, "one@example.com", 14), (3, "two@example.com", 14), (4, "one@example.com", 15)]
    {
        let wish = ResetWish { email: email(address), job: job(number), now: at(minute), unless_since: at(minute - 5) };
        stores.accounts.queue_reset(&wish).await.unwrap();
    }
    let jobs = stores.jobs.list(&JobQuery { donation: None, status: None, after: None, limit: 10 }).await.unwrap();
    let mut whose: Vec<_> = jobs.into_iter().map(|job| (job.id, job.task.account())).collect();
    whose.sort();
    assert_eq!(whose, [(job(1), Some(one.id)), (job(2), None), (job(3), Some(two.id)), (job(4), Some(one.id))]);
}
