//! What is over does not pile up.

use crate::raw::{self, Raw};
use crate::seed::{self, at};
use domain::ports::{AccountStore, OpenSession, Renewal};
use domain::{AccountId, AccountMail, AccountToken, Session, SessionId};
use uuid::Uuid;

#[tokio::test]
async fn signing_in_clears_the_accounts_sessions_that_are_over() {
    for database in raw::both().await {
        let store = database.store();
        seed::fill(store).await;
        let account = AccountStore::find(store, AccountId(Uuid::from_u128(1))).await.unwrap().unwrap();
        let session = |number: u8, minute| Session {
            id: SessionId(Uuid::from_u128(number.into())),
            account: account.id,
            refresh_hash: [number; 32],
            created_at: at(minute),
            expires_at: at(minute + 60),
        };
        let mut raw = Raw::of(&database);
        for (number, minute, expected) in [(10, 60, 2), (11, 61, 2), (12, 200, 1)] {
            let opened = store.open_session(&session(number, minute), &account.password).await;
            assert_eq!(opened, Ok(OpenSession::Opened));
            let count = raw.lines("SELECT CAST(count(*) AS text) AS line FROM sessions");
            assert_eq!(count, [expected.to_string()], "{number}");
        }
        assert_eq!(raw.lines("SELECT CAST(count(*) AS text) AS line FROM used_refresh_tokens"), ["0"]);
    }
}

#[tokio::test]
async fn tokens_that_would_be_over_anyway_are_cleared_when_there_are_new_ones() {
    for database in raw::both().await {
        let store = database.store();
        seed::fill(store).await;
        let mut raw = Raw::of(&database);
        let used = "SELECT CAST(count(*) AS text) AS line FROM used_refresh_tokens";
        assert_eq!(raw.lines(used), ["1"]);
        for (shown, now) in [(2, 59), (3, 60), (4, 118)] {
            let renewal = Renewal { shown: [shown; 32], next: [shown + 1; 32], now: at(now), expires_at: at(now + 60) };
            store.renew(&renewal).await.unwrap();
        }
        assert_eq!(raw.lines(used), ["2"], "those that would end in the minutes 119 and 120");

        let (account, mail) = (AccountId(Uuid::from_u128(1)), AccountMail::ResetPassword);
        let token = AccountToken { hash: [9; 32], account, mail, created_at: at(60), expires_at: at(120) };
        store.keep_token(&token).await.unwrap();
        assert_eq!(raw.lines("SELECT kind AS line FROM account_tokens"), ["reset_password"]);
    }
}
