//! Sessions of browsers, and what ends them.

use futures_util::future::{join, join_all};
use uuid::Uuid;

use super::Stores;
use super::samples::{account, at};
use crate::ports::{ConfirmWish, DueJobs, OpenSession, Renewal, Renewed, Stamp, Task};
use crate::{Account, AccountMail, AccountToken, BrowserSession, JobId, PasswordHash, Session, SessionId, TokenHash};

const fn token(number: u8) -> TokenHash {
    [number; 32]
}

async fn created(stores: Stores<'_>, number: u128, address: &str) -> Account {
    let account = account(number, address);
    stores.accounts.create(&account, None).await.unwrap();
    account
}

fn session(number: u8, account: &Account) -> BrowserSession {
    BrowserSession { token_hash: token(number), account: account.id, created_at: at(0), expires_at: at(60) }
}

/// A session whose token is the one of its number; it ends in an hour.
async fn open(stores: Stores<'_>, number: u8, account: &Account) -> BrowserSession {
    let session = session(number, account);
    let opened = stores.accounts.open_browser_session(&session, &account.password).await;
    assert_eq!(opened, Ok(OpenSession::Opened));
    session
}

async fn stands(stores: Stores<'_>, number: u8, minute: i64) -> bool {
    stores.accounts.browser_session(&token(number), at(minute)).await.unwrap().is_some()
}

/// Until the instant at which it ends; shown as often as one likes, and by two at once.
pub async fn a_browsers_session_leads_to_its_account_until_it_ends(stores: Stores<'_>) {
    let (one, two) = (created(stores, 1, "one@example.com").await, created(stores, 2, "two@example.com").await);
    let (first, second) = (open(stores, 1, &one).await, open(stores, 2, &two).await);
    let find = async |number| stores.accounts.browser_session(&token(number), at(59)).await;
    let (here, there) = join(find(1), find(1)).await;
    assert_eq!((here, there), (Ok(Some((first.clone(), one.clone()))), Ok(Some((first, one)))));
    assert_eq!(find(2).await, Ok(Some((second, two))));
    assert!(!stands(stores, 1, 60).await && !stands(stores, 3, 1).await);
}

/// The later of two ends counts, and one that is over does not come back.
pub async fn a_browsers_session_is_prolonged_and_never_cut_short(stores: Stores<'_>) {
    let account = created(stores, 1, "one@example.com").await;
    open(stores, 1, &account).await;
    let prolong = async |minute| stores.accounts.prolong_browser_session(&token(1), at(minute)).await;
    prolong(100).await.unwrap();
    prolong(80).await.unwrap();
    assert!(stands(stores, 1, 99).await && !stands(stores, 1, 100).await);
    stores.accounts.end_browser_session(&token(1)).await.unwrap();
    prolong(200).await.unwrap();
    assert!(!stands(stores, 1, 1).await);
}

/// The others of the same account go on. A second time there is nothing to end.
pub async fn a_browsers_session_is_ended_by_its_token(stores: Stores<'_>) {
    let account = created(stores, 1, "one@example.com").await;
    open(stores, 1, &account).await;
    open(stores, 2, &account).await;
    assert_eq!(stores.accounts.end_browser_session(&token(1)).await, Ok(Some(account.id)));
    assert_eq!(stores.accounts.end_browser_session(&token(1)).await, Ok(None));
    assert!(!stands(stores, 1, 1).await && stands(stores, 2, 1).await);
}

/// What is in a cookie renews nothing, and a refresh token is nobody's cookie; neither ends the other.
pub async fn the_two_kinds_of_session_know_nothing_of_each_others_tokens(stores: Stores<'_>) {
    let account = created(stores, 1, "one@example.com").await;
    open(stores, 1, &account).await;
    let of_the_api = Session {
        id: SessionId(Uuid::from_u128(2)),
        account: account.id,
        refresh_hash: token(2),
        created_at: at(0),
        expires_at: at(60),
    };
    stores.accounts.open_session(&of_the_api, &account.password).await.unwrap();
    let renewal = Renewal { shown: token(1), next: token(9), now: at(1), expires_at: at(60) };
    assert_eq!(stores.accounts.renew(&renewal).await, Ok(Renewed::Unknown));
    assert_eq!(stores.accounts.end_session(&token(1)).await, Ok(None));
    assert!(!stands(stores, 2, 1).await);
    assert_eq!(stores.accounts.end_browser_session(&token(2)).await, Ok(None));
    assert!(stands(stores, 1, 1).await);
    assert!(stores.accounts.account_of_session(of_the_api.id, at(1)).await.unwrap().is_some());
}

/// Whoever signs in with a password that is changed meanwhile; and nobody's.
pub async fn a_browsers_session_is_not_opened_with_a_password_of_before(stores: Stores<'_>) {
    let (one, nobody) = (created(stores, 1, "one@example.com").await, account(2, "two@example.com"));
    for (session, password) in
        [(session(1, &one), PasswordHash::new("another")), (session(2, &nobody), nobody.password.clone())]
    {
        let opened = stores.accounts.open_browser_session(&session, &password).await;
        assert_eq!(opened, Ok(OpenSession::PasswordChanged));
    }
    assert!(!stands(stores, 1, 1).await && !stands(stores, 2, 1).await);
}

/// A reset, the account's going, and its owner's wish end both kinds of session, of this account alone.
pub async fn what_ends_every_session_ends_the_browsers_too(stores: Stores<'_>) {
    let stamp = Stamp { at: at(1), request_id: None };
    let addresses = ["a@example.com", "b@example.com", "c@example.com", "d@example.com"];
    let mut accounts = Vec::new();
    for (number, address) in (1..).zip(addresses) {
        let account = created(stores, number.into(), address).await;
        open(stores, number, &account).await;
        open(stores, number + 10, &account).await;
        let id = SessionId(Uuid::from_u128(number.into()));
        let (created_at, expires_at) = (at(0), at(60));
        let of_the_api = Session { id, account: account.id, refresh_hash: token(number), created_at, expires_at };
        stores.accounts.open_session(&of_the_api, &account.password).await.unwrap();
        accounts.push(account);
    }
    let mail = AccountMail::ResetPassword;
    let link = AccountToken { hash: token(99), account: accounts[0].id, mail, created_at: at(0), expires_at: at(60) };
    stores.accounts.keep_token(&link).await.unwrap();
    stores.accounts.reset_password(&token(99), &PasswordHash::new("another"), &stamp).await.unwrap().unwrap();
    stores.accounts.erase(accounts[1].id, &stamp).await.unwrap();
    stores.accounts.end_all_sessions(accounts[2].id).await.unwrap();
    for number in 1..=3 {
        assert!(!stands(stores, number, 1).await && !stands(stores, number + 10, 1).await, "{number}");
        let of_the_api = SessionId(Uuid::from_u128(number.into()));
        assert_eq!(stores.accounts.account_of_session(of_the_api, at(1)).await, Ok(None));
    }
    assert!(stands(stores, 4, 1).await && stands(stores, 14, 1).await);
    let of_the_api = SessionId(Uuid::from_u128(4));
    assert!(stores.accounts.account_of_session(of_the_api, at(1)).await.unwrap().is_some());
}

/// The mail that asks to confirm: of any number of wishes at once one is granted, and none that comes too soon, of a proved address
/// or of nobody.
pub async fn the_mail_to_confirm_is_sent_again_once_in_a_while(stores: Stores<'_>) {
    let account = created(stores, 1, "one@example.com").await;
    let ask = |number: u128, account, minute| async move {
        let job = JobId(Uuid::from_u128(number));
        let wish = ConfirmWish { account, job, now: at(minute), unless_since: at(minute - 1) };
        stores.accounts.queue_confirm(&wish).await.unwrap();
    };
    join_all((1..=20).map(|number| ask(number, account.id, 1))).await;
    assert_eq!(queued(stores, 1).await, 1);
    ask(21, account.id, 1).await;
    assert_eq!(queued(stores, 1).await, 0);
    ask(22, account.id, 2).await;
    assert_eq!(queued(stores, 2).await, 1);
    ask(23, super::samples::account(2, "two@example.com").id, 3).await;
    let mail = AccountMail::ConfirmEmail;
    let link = AccountToken { hash: token(9), account: account.id, mail, created_at: at(3), expires_at: at(60) };
    stores.accounts.keep_token(&link).await.unwrap();
    stores.accounts.confirm_email(&token(9), &Stamp { at: at(4), request_id: None }).await.unwrap().unwrap();
    ask(24, account.id, 9).await;
    assert_eq!(queued(stores, 9).await, 0);
}

/// Takes what is due, for an hour: each is counted once.
async fn queued(stores: Stores<'_>, minute: i64) -> usize {
    let due = DueJobs { now: at(minute), lease_until: at(minute + 60), limit: 100 };
    let jobs = stores.jobs.take_due(&due).await.unwrap();
    assert!(jobs.iter().all(|job| matches!(job.task, Task::Account(Some(_), AccountMail::ConfirmEmail))), "{jobs:?}");
    jobs.len()
}
