//! Where accounts are kept.

use async_trait::async_trait;

use crate::ports::StoreError;
use crate::{Account, AccountId, DonorEmail, Instant, Session, SessionId};

/// Keeps accounts and their sessions. Each method is one transaction.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait AccountStore: Send + Sync {
    /// Keeps a new account, unless one of this address (whatever the case of its letters) is there, however
    /// concurrently it is asked for.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn create(&self, account: &Account) -> Result<CreateAccount, StoreError>;

    /// The account of this id; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn find(&self, id: AccountId) -> Result<Option<Account>, StoreError>;

    /// The account of this address, whatever the case of its letters; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn find_by_email(&self, email: &DonorEmail) -> Result<Option<Account>, StoreError>;

    /// Keeps a new session.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn open_session(&self, session: &Session) -> Result<(), StoreError>;

    /// The account of a session that stands at `now`; `None` if the session ended or never was.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn account_of_session(&self, session: SessionId, now: Instant) -> Result<Option<Account>, StoreError>;
}

/// What came of creating an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreateAccount {
    /// It is there.
    Created,
    /// Another account has this address.
    EmailTaken,
}
