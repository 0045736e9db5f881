use async_trait::async_trait;
use domain::ports::{AccountStore, CreateAccount, StoreError};
use domain::{Account, AccountId, DonorEmail, Instant, Session, SessionId};

use super::{reading, writing};
use crate::Store;

#[async_trait]
impl AccountStore for Store {
    async fn create(&self, account: &Account) -> Result<CreateAccount, StoreError> {
        let account = account.clone();
        writing!(self, accounts, |conn, accounts| accounts::create(conn, &account))
    }

    async fn find(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        reading!(self, accounts, |conn, accounts| accounts::find(conn, id))
    }

    async fn find_by_email(&self, email: &DonorEmail) -> Result<Option<Account>, StoreError> {
        let email = email.clone();
        reading!(self, accounts, |conn, accounts| accounts::find_by_email(conn, &email))
    }

    async fn open_session(&self, session: &Session) -> Result<(), StoreError> {
        let session = session.clone();
        writing!(self, accounts, |conn, accounts| accounts::open_session(conn, &session))
    }

    async fn account_of_session(&self, session: SessionId, now: Instant) -> Result<Option<Account>, StoreError> {
        reading!(self, accounts, |conn, accounts| accounts::account_of_session(conn, session, now))
    }
}
