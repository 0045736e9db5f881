//! One page, one file.

pub(super) mod brake;
pub(super) mod home;
