use async_trait::async_trait;
use domain::ports::{
    AccountStore, ConfirmWish, CreateAccount, DonationStep, OpenSession, Proved, Renewal, Renewed, ResetWish,
    ShownToken, Stamp, StoreError,
};
use domain::{
    Account, AccountId, AccountToken, BrowserSession, DonorEmail, Instant, JobId, PasswordHash, Session, SessionId,
    TokenHash,
};

use super::{reading, writing};
use crate::Store;

#[async_trait]
impl AccountStore for Store {
    async fn create(&self, account: &Account, confirm: Option<JobId>) -> Result<CreateAccount, StoreError> {
        let account = account.clone();
        writing!(self, accounts, |conn, accounts| accounts::create(conn, &account, confirm))
    }

    async fn find(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        reading!(self, accounts, |conn, accounts| accounts::find(conn, id))
    }

    async fn find_by_email(&self, email: &DonorEmail) -> Result<Option<Account>, StoreError> {
        let email = email.clone();
        reading!(self, accounts, |conn, accounts| accounts::find_by_email(conn, &email))
    }

    async fn open_session(&self, session: &Session, password: &PasswordHash) -> Result<OpenSession, StoreError> {
        let (session, password) = (session.clone(), password.clone());
        writing!(self, sessions, |conn, sessions| sessions::open(conn, &session, &password))
    }

    async fn account_of_session(&self, session: SessionId, now: Instant) -> Result<Option<Account>, StoreError> {
        reading!(self, sessions, |conn, sessions| sessions::account_of(conn, session, now))
    }

    async fn renew(&self, renewal: &Renewal) -> Result<Renewed, StoreError> {
        let renewal = renewal.clone();
        writing!(self, sessions, |conn, sessions| sessions::renew(conn, &renewal))
    }

    async fn end_session(&self, refresh_hash: &TokenHash) -> Result<Option<AccountId>, StoreError> {
        let refresh_hash = *refresh_hash;
        writing!(self, sessions, |conn, sessions| sessions::end(conn, &refresh_hash))
    }

    async fn open_browser_session(
        &self,
        session: &BrowserSession,
        password: &PasswordHash,
    ) -> Result<OpenSession, StoreError> {
        let (session, password) = (session.clone(), password.clone());
        writing!(self, browser_sessions, |conn, sessions| sessions::open(conn, &session, &password))
    }

    async fn browser_session(
        &self,
        token: &TokenHash,
        now: Instant,
    ) -> Result<Option<(BrowserSession, Account)>, StoreError> {
        let token = *token;
        reading!(self, browser_sessions, |conn, sessions| sessions::find(conn, &token, now))
    }

    async fn prolong_browser_session(&self, token: &TokenHash, expires_at: Instant) -> Result<(), StoreError> {
        let token = *token;
        writing!(self, browser_sessions, |conn, sessions| sessions::prolong(conn, &token, expires_at))
    }

    async fn end_browser_session(&self, token: &TokenHash) -> Result<Option<AccountId>, StoreError> {
        let token = *token;
        writing!(self, browser_sessions, |conn, sessions| sessions::end(conn, &token))
    }

    async fn end_all_sessions(&self, account: AccountId) -> Result<(), StoreError> {
        writing!(self, browser_sessions, |conn, sessions| sessions::end_all(conn, account))
    }

    async fn queue_confirm(&self, wish: &ConfirmWish) -> Result<(), StoreError> {
        let wish = *wish;
        writing!(self, accounts, |conn, accounts| accounts::queue_confirm(conn, &wish))
    }

    async fn queue_reset(&self, wish: &ResetWish) -> Result<(), StoreError> {
        let wish = wish.clone();
        writing!(self, accounts, |conn, accounts| accounts::queue_reset(conn, &wish))
    }

    async fn keep_token(&self, token: &AccountToken) -> Result<(), StoreError> {
        let token = token.clone();
        writing!(self, account_tokens, |conn, tokens| tokens::keep(conn, &token))
    }

    async fn account_of_token(&self, token: &ShownToken) -> Result<Option<AccountId>, StoreError> {
        let token = *token;
        reading!(self, account_tokens, |conn, tokens| tokens::account_of(conn, &token))
    }

    async fn confirm_email(&self, token: &TokenHash, stamp: &Stamp) -> Result<Option<Proved>, StoreError> {
        let (token, stamp) = (*token, stamp.clone());
        writing!(self, account_tokens, |conn, tokens| tokens::confirm_email(conn, &token, &stamp))
    }

    async fn reset_password(
        &self,
        token: &TokenHash,
        password: &PasswordHash,
        stamp: &Stamp,
    ) -> Result<Option<Proved>, StoreError> {
        let (token, password, stamp) = (*token, password.clone(), stamp.clone());
        writing!(self, account_tokens, |conn, tokens| tokens::reset_password(conn, &token, &password, &stamp))
    }

    async fn join_donations(&self, account: AccountId, stamp: &Stamp) -> Result<Vec<DonationStep>, StoreError> {
        let stamp = stamp.clone();
        writing!(self, accounts, |conn, accounts| accounts::join_donations(conn, account, &stamp))
    }

    async fn erase(&self, account: AccountId, stamp: &Stamp) -> Result<Vec<DonationStep>, StoreError> {
        let stamp = stamp.clone();
        writing!(self, accounts, |conn, accounts| accounts::erase(conn, account, &stamp))
    }
}
