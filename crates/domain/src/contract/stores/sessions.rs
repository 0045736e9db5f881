//! Sessions that go on, and that end.

use futures_util::future::join_all;
use uuid::Uuid;

use super::Stores;
use super::samples::{account, at};
use crate::ports::{OpenSession, Renewal, Renewed};
use crate::{Account, PasswordHash, Session, SessionId, TokenHash};

const fn token(number: u8) -> TokenHash {
    [number; 32]
}

/// A session whose refresh token is the one of its number; it ends in an hour.
async fn open(stores: Stores<'_>, number: u8, account: &Account) -> SessionId {
    let session = Session {
        id: SessionId(Uuid::from_u128(number.into())),
        account: account.id,
        refresh_hash: token(number),
        created_at: at(0),
        expires_at: at(60),
    };
    let opened = stores.accounts.open_session(&session, &account.password).await;
    assert_eq!(opened, Ok(OpenSession::Opened));
    session.id
}

async fn created(stores: Stores<'_>, number: u128, address: &str) -> Account {
    let account = account(number, address);
    stores.accounts.create(&account, None).await.unwrap();
    account
}

/// In the given minute, for an hour from then on.
async fn renew(stores: Stores<'_>, (shown, next): (u8, u8), minute: i64) -> Renewed {
    let renewal = Renewal { shown: token(shown), next: token(next), now: at(minute), expires_at: at(minute + 60) };
    stores.accounts.renew(&renewal).await.unwrap()
}

async fn stands(stores: Stores<'_>, session: SessionId, minute: i64) -> bool {
    stores.accounts.account_of_session(session, at(minute)).await.unwrap().is_some()
}

/// Each time for longer; the session keeps its id, so that what was granted before goes on too.
pub async fn a_session_that_is_renewed_goes_on(stores: Stores<'_>) {
    let account = created(stores, 1, "one@example.com").await;
    let session = open(stores, 1, &account).await;
    for (shown, minute) in [(1, 50), (2, 100), (3, 159)] {
        let renewed = renew(stores, (shown, shown + 1), minute).await;
        assert_eq!(renewed, Renewed::Renewed(session, Box::new(account.clone())));
        assert!(stands(stores, session, minute + 59).await);
        assert!(!stands(stores, session, minute + 60).await);
    }
}

/// However long ago it was used, and whoever shows it; the account's other sessions go on.
pub async fn a_token_that_comes_again_ends_its_session(stores: Stores<'_>) {
    let account = created(stores, 1, "one@example.com").await;
    let (first, other) = (open(stores, 10, &account).await, open(stores, 20, &account).await);
    for (shown, next) in [(10, 11), (11, 12), (12, 13)] {
        renew(stores, (shown, next), 1).await;
    }
    assert_eq!(renew(stores, (10, 14), 2).await, Renewed::Replayed(account.id));
    assert!(!stands(stores, first, 2).await);
    for shown in [10, 11, 12, 13, 14] {
        assert_eq!(renew(stores, (shown, 15), 3).await, Renewed::Unknown, "{shown}");
    }
    assert!(stands(stores, other, 3).await);
    assert!(matches!(renew(stores, (20, 21), 3).await, Renewed::Renewed(..)));
}

/// The others have come with a token that was used: nobody keeps the session.
pub async fn of_twenty_renewals_at_once_one_wins_and_the_session_ends(stores: Stores<'_>) {
    let account = created(stores, 1, "one@example.com").await;
    let session = open(stores, 100, &account).await;
    let renewed = join_all((1..=20).map(|next| renew(stores, (100, next), 1))).await;
    let winners = renewed.iter().filter(|renewed| matches!(renewed, Renewed::Renewed(..))).count();
    let replays = renewed.iter().filter(|renewed| matches!(renewed, Renewed::Replayed(_))).count();
    assert_eq!((winners, replays), (1, 1), "the rest find no session: {renewed:?}");
    assert!(!stands(stores, session, 1).await);
    for next in 1..=20 {
        assert_eq!(renew(stores, (next, 200), 2).await, Renewed::Unknown);
    }
}

/// From the instant on at which it ends; nor is one that never was.
pub async fn a_session_that_is_over_is_not_renewed(stores: Stores<'_>) {
    let account = created(stores, 1, "one@example.com").await;
    open(stores, 1, &account).await;
    assert_eq!(renew(stores, (1, 2), 60).await, Renewed::Unknown);
    assert_eq!(renew(stores, (9, 2), 1).await, Renewed::Unknown);
    assert!(matches!(renew(stores, (1, 2), 59).await, Renewed::Renewed(..)));
}

/// The present one or a used one; the others stay. A second time there is nothing to end.
pub async fn a_session_is_ended_by_any_token_that_it_had(stores: Stores<'_>) {
    let account = created(stores, 1, "one@example.com").await;
    let (first, second) = (open(stores, 10, &account).await, open(stores, 20, &account).await);
    renew(stores, (20, 21), 1).await;
    for (shown, session) in [(10, first), (20, second)] {
        assert!(stands(stores, session, 1).await);
        assert_eq!(stores.accounts.end_session(&token(shown)).await, Ok(Some(account.id)));
        assert!(!stands(stores, session, 1).await);
        assert_eq!(stores.accounts.end_session(&token(shown)).await, Ok(None));
    }
    assert_eq!(renew(stores, (21, 22), 1).await, Renewed::Unknown);
}

/// Whoever signs in with a password that is changed meanwhile.
pub async fn a_session_is_not_opened_with_a_password_of_before(stores: Stores<'_>) {
    let account = created(stores, 1, "one@example.com").await;
    let session = Session {
        id: SessionId(Uuid::from_u128(1)),
        account: account.id,
        refresh_hash: token(1),
        created_at: at(0),
        expires_at: at(60),
    };
    let opened = stores.accounts.open_session(&session, &PasswordHash::new("another")).await;
    assert_eq!(opened, Ok(OpenSession::PasswordChanged));
    assert!(!stands(stores, session.id, 1).await);
}
