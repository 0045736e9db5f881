//! Passwords as argon2id hashes (RFC 9106).

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash as Phc;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use async_trait::async_trait;
use domain::PasswordHash;
use domain::ports::{PasswordHasher, StoreError};
use tokio::sync::Semaphore;

/// Argon2id with the crate's defaults, which are OWASP's first recommendation (19 MiB, two passes), off the async
/// threads, a few at a time: a crowd at the login must not take the machine's memory.
#[derive(Debug, Clone, Copy, Default)]
pub struct Argon2Passwords;

static PLACES: Semaphore = Semaphore::const_new(4);

/// The hash of no password, checked where there is no account.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash("nobody has this password").ok());

fn hash(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(password.as_bytes())?.to_string())
}

fn verify(password: &str, hash: &str) -> Result<bool, argon2::password_hash::Error> {
    let parsed = Phc::new(hash)?;
    Ok(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, argon2::password_hash::Error> + Send + 'static,
) -> Result<T, StoreError> {
    let _place = PLACES.acquire().await.map_err(|error| StoreError::Failed(error.to_string()))?;
    let done = tokio::task::spawn_blocking(work).await.map_err(|error| StoreError::Failed(error.to_string()))?;
    done.map_err(|error| StoreError::Failed(format!("argon2: {error}")))
}

#[async_trait]
impl PasswordHasher for Argon2Passwords {
    async fn hash(&self, password: &str) -> Result<PasswordHash, StoreError> {
        let password = password.to_owned();
        off_thread(move || hash(&password)).await.map(PasswordHash::new)
    }

    async fn verify<'a>(&self, password: &str, known: Option<&'a PasswordHash>) -> Result<bool, StoreError> {
        let password = password.to_owned();
        let known = known.map(|hash| hash.expose().to_owned());
        off_thread(move || match (known, NOBODY.as_ref()) {
            (Some(hash), _) => verify(&password, &hash),
            (None, Some(nobody)) => verify(&password, nobody).map(|_| false),
            (None, None) => Ok(false),
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_own_password_is_right() {
        let hash = Argon2Passwords.hash("correct horse").await.unwrap();
        assert!(hash.expose().starts_with("$argon2id$"));
        assert!(Argon2Passwords.verify("correct horse", Some(&hash)).await.unwrap());
        assert!(!Argon2Passwords.verify("wrong horse", Some(&hash)).await.unwrap());
        assert!(!Argon2Passwords.verify("correct horse", None).await.unwrap());
    }

    #[tokio::test]
    async fn two_hashes_of_one_password_differ() {
        let (one, two) =
            (Argon2Passwords.hash("the same").await.unwrap(), Argon2Passwords.hash("the same").await.unwrap());
        assert_ne!(one, two);
    }
}
