//! `/api/webhooks`.

pub mod ioka;
