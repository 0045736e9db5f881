//! Where accounts are kept.

use async_trait::async_trait;

use crate::donation::Change;
use crate::ports::StoreError;
use crate::{
    Account, AccountId, AccountMail, AccountToken, BrowserSession, Donation, DonorEmail, Instant, JobId, PasswordHash,
    Session, SessionId, TokenHash,
};

/// Keeps accounts, their sessions, and the tokens that their mails carry. Each method is one transaction. Of tokens it knows the
/// hashes alone.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait AccountStore: Send + Sync {
    /// Keeps a new account, unless one of this address (whatever the case of its letters) is there, however
    /// concurrently it is asked for; and queues the mail that asks to confirm the address, as the job `confirm`, if there is
    /// to be one.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn create(&self, account: &Account, confirm: Option<JobId>) -> Result<CreateAccount, StoreError>;

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

    /// Keeps a new session, if the account still has the password that was shown for it: one that was changed meanwhile opens
    /// nothing. What is left of the account's sessions that are over is cleared away.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn open_session(&self, session: &Session, password: &PasswordHash) -> Result<OpenSession, StoreError>;

    /// The account of a session that stands at `now`; `None` if the session ended or never was.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn account_of_session(&self, session: SessionId, now: Instant) -> Result<Option<Account>, StoreError>;

    /// Renews a session by its refresh token, which is used up by that. Of any number at once with one token, one renews the
    /// session. Whoever comes with a token that was used before ends the session.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing has changed.
    async fn renew(&self, renewal: &Renewal) -> Result<Renewed, StoreError>;

    /// Ends the session that this refresh token may renew, or once could. Whose it was; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn end_session(&self, refresh_hash: &TokenHash) -> Result<Option<AccountId>, StoreError>;

    /// Keeps a new session of a browser, under the same conditions as [`Self::open_session`]. No token of the one kind of session
    /// is one of the other.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn open_browser_session(
        &self,
        session: &BrowserSession,
        password: &PasswordHash,
    ) -> Result<OpenSession, StoreError>;

    /// The session of this token that stands at `now`, and its account; `None` if it ended or never was.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn browser_session(
        &self,
        token: &TokenHash,
        now: Instant,
    ) -> Result<Option<(BrowserSession, Account)>, StoreError>;

    /// A browser's session is to end later than it was to, unless it has ended meanwhile. Never earlier.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn prolong_browser_session(&self, token: &TokenHash, expires_at: Instant) -> Result<(), StoreError>;

    /// Ends the browser's session of this token. Whose it was; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn end_browser_session(&self, token: &TokenHash) -> Result<Option<AccountId>, StoreError>;

    /// Ends every session of an account, of both kinds.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn end_all_sessions(&self, account: AccountId) -> Result<(), StoreError>;

    /// Queues the mail that asks to confirm the address once more. Nothing happens if the address was proved, if such a mail was
    /// queued since `wish.unless_since`, or if the account is gone.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn queue_confirm(&self, wish: &ConfirmWish) -> Result<(), StoreError>;

    /// Queues a mail with which the account of an address can choose another password. An address that nobody has, and one that
    /// has been written to since `wish.unless_since`, queues as much work, which comes to nothing: the time taken does not tell
    /// whether there is an account.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn queue_reset(&self, wish: &ResetWish) -> Result<(), StoreError>;

    /// Keeps the token that a mail is about to carry. Earlier ones go on counting.
    ///
    /// # Errors
    /// [`StoreError`], also if the account is gone.
    async fn keep_token(&self, token: &AccountToken) -> Result<(), StoreError>;

    /// Whose token this is; `None` if it is none of this mail's, was used, or has ended by `now`.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn account_of_token(&self, token: &ShownToken) -> Result<Option<AccountId>, StoreError>;

    /// Somebody has followed the link of the mail that asks to confirm the address: the address is proved, guests' donations of
    /// the same address (whatever the case of its letters) join the account, and every such link of the account ends. `None`, and
    /// nothing has changed, if the token does not count.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing has changed.
    async fn confirm_email(&self, token: &TokenHash, stamp: &Stamp) -> Result<Option<Proved>, StoreError>;

    /// Somebody has followed the link of the mail that lets choose another password. The same as [`Self::confirm_email`], since
    /// only the address's owner had the link; besides, the password is another one, and every session and every link of the
    /// account ends.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing has changed.
    async fn reset_password(
        &self,
        token: &TokenHash,
        password: &PasswordHash,
        stamp: &Stamp,
    ) -> Result<Option<Proved>, StoreError>;

    /// Guests' donations of the account's address join it, if the address was proved.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing has changed.
    async fn join_donations(&self, account: AccountId, stamp: &Stamp) -> Result<Vec<DonationStep>, StoreError>;

    /// The account goes, with its sessions and links. Its donations stay, their donor forgotten ([`Donation::erase_donor`]). Answers
    /// kept for its repeated requests go too, and its queued mails come to nothing. Empty if there is no such account.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing has changed.
    async fn erase(&self, account: AccountId, stamp: &Stamp) -> Result<Vec<DonationStep>, StoreError>;
}

/// What came of creating an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreateAccount {
    /// It is there.
    Created,
    /// Another account has this address.
    EmailTaken,
}

/// What came of opening a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenSession {
    /// It stands.
    Opened,
    /// The account has another password by now, or is gone.
    PasswordChanged,
}

/// A refresh token, and what is to take its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal {
    /// The token that was shown.
    pub shown: TokenHash,
    /// The one that takes its place.
    pub next: TokenHash,
    /// When it was shown.
    pub now: Instant,
    /// When the session is to end by itself.
    pub expires_at: Instant,
}

/// What came of renewing a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Renewed {
    /// It goes on.
    Renewed(SessionId, Box<Account>),
    /// The token had been used before: somebody has a copy. Nobody's tokens of this session count any longer.
    Replayed(AccountId),
    /// No session that stands has this token.
    Unknown,
}

/// Somebody has forgotten a password, or says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResetWish {
    /// The address that was given.
    pub email: DonorEmail,
    /// The job that the mail will be.
    pub job: JobId,
    /// When it was asked for.
    pub now: Instant,
    /// No second mail to an account that one was asked for later than this.
    pub unless_since: Instant,
}

/// Somebody wants the mail that asks to confirm the address once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConfirmWish {
    /// Who.
    pub account: AccountId,
    /// The job that the mail will be.
    pub job: JobId,
    /// When it was asked for.
    pub now: Instant,
    /// No second mail to an account that one was asked for later than this.
    pub unless_since: Instant,
}

/// A token of a mail's link, as somebody showed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownToken {
    /// Its hash.
    pub hash: TokenHash,
    /// The mail that it has to be of.
    pub mail: AccountMail,
    /// When it was shown.
    pub now: Instant,
}

/// When an account did something, and in which request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// When.
    pub at: Instant,
    /// The request's id.
    pub request_id: Option<String>,
}

/// An address was proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proved {
    /// Whose it is.
    pub account: AccountId,
    /// The donations that have joined the account.
    pub joined: Vec<DonationStep>,
}

/// A donation that was changed on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DonationStep {
    /// As it was.
    pub before: Donation,
    /// What was stored.
    pub change: Change,
}
