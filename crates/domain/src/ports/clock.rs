//! Time and randomness, which the house never takes by itself.

use uuid::Uuid;

use crate::Instant;

/// What time it is.
#[cfg_attr(feature = "mocks", mockall::automock)]
pub trait Clock: Send + Sync {
    /// Now, cut to the microsecond, as the stores keep it.
    fn now(&self) -> Instant;
}

/// Where new names come from.
#[cfg_attr(feature = "mocks", mockall::automock)]
pub trait IdGenerator: Send + Sync {
    /// A UUID that nobody has had or can guess; later ones sort after earlier ones (RFC 9562, version 7).
    fn next(&self) -> Uuid;

    /// 32 bytes that nobody can guess.
    fn secret(&self) -> [u8; 32];
}
