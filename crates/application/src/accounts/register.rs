//! Somebody makes an account. Two transactions: the account with the mail that asks to confirm its address, then its first
//! session. Dying between them leaves an account that can log in.

use domain::audit::{AuditAction, AuditActor, AuditOutcome};
use domain::ports::{CreateAccount, StoreError};
use domain::{Account, AccountId, DonorEmail, DonorName, JobId, Language, Role};

use crate::House;
use crate::accounts::browser::{BrowserSignedIn, open_browser_session};
use crate::accounts::session::{SignedIn, open_session};
use crate::audit::{Act, Origin, audit};

/// Who registers.
#[derive(Clone)]
pub struct Register {
    /// The address to sign in with.
    pub email: DonorEmail,
    /// The password, 10–128 characters.
    pub password: String,
    /// The name that donations take over.
    pub name: DonorName,
    /// The language to be spoken to in.
    pub language: Language,
}

/// Why no account was made.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// Another account has this address.
    #[error("the address is taken")]
    EmailTaken,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes an account and signs it in.
///
/// # Errors
/// [`RegisterError`].
pub async fn register(house: &House, command: Register, origin: &Origin) -> Result<SignedIn, RegisterError> {
    let account = create_donor(house, command).await?;
    let signed_in = open_session(house, account).await?.ok_or_else(gone)?;
    has_registered(house, &signed_in.account, ("api", origin)).await?;
    Ok(signed_in)
}

/// The same in a browser.
///
/// # Errors
/// [`RegisterError`].
pub async fn register_browser(
    house: &House,
    command: Register,
    origin: &Origin,
) -> Result<BrowserSignedIn, RegisterError> {
    let account = create_donor(house, command).await?;
    let signed_in = open_browser_session(house, account).await?.ok_or_else(gone)?;
    has_registered(house, &signed_in.account, ("browser", origin)).await?;
    Ok(signed_in)
}

/// Whoever registers is signed in by it.
async fn has_registered(house: &House, account: &Account, (means, origin): (&str, &Origin)) -> Result<(), StoreError> {
    let act = Act::of(account, AuditAction::SignIn).with("means", means).with("registered", "true");
    audit(house, &act, (AuditOutcome::Done, None), origin).await
}

async fn create_donor(house: &House, command: Register) -> Result<Account, RegisterError> {
    let confirm = JobId(house.ids.next());
    create(house, command, (Role::Donor, Some(confirm))).await
}

/// Nobody can have changed the password or deleted the account yet, unless they had its tokens.
fn gone() -> StoreError {
    StoreError::Failed("the account was gone as soon as it was made".to_owned())
}

/// Makes the account of an administrator, or of somebody who may look. Only the command line leads here; nothing is mailed.
///
/// # Errors
/// [`RegisterError`].
pub async fn create_operator(house: &House, command: Register, role: Role) -> Result<Account, RegisterError> {
    let act = Act::by(AuditActor::CommandLine, AuditAction::CreateOperator).with("role", role.word());
    audit(house, &act, (AuditOutcome::Begun, None), &Origin::default()).await?;
    let created = create(house, command, (role, None)).await;
    let (act, outcome) = match &created {
        Ok(account) => (act.to(account.id), AuditOutcome::Done),
        Err(RegisterError::EmailTaken) => (act, AuditOutcome::Refused),
        Err(RegisterError::Store(_)) => (act, AuditOutcome::Failed),
    };
    audit(house, &act, (outcome, None), &Origin::default()).await?;
    created
}

async fn create(
    house: &House,
    command: Register,
    (role, confirm): (Role, Option<JobId>),
) -> Result<Account, RegisterError> {
    let account = Account {
        id: AccountId(house.ids.next()),
        email: command.email,
        name: command.name,
        language: command.language,
        role,
        password: house.passwords.hash(&command.password).await?,
        created_at: house.clock.now(),
        email_confirmed_at: None,
    };
    match house.accounts.create(&account, confirm).await? {
        CreateAccount::EmailTaken => Err(RegisterError::EmailTaken),
        CreateAccount::Created => {
            tracing::info!({ account.id = %account.id, account.role = role.word() }, "account.registered");
            Ok(account)
        }
    }
}
