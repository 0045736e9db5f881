//! One endpoint, one file: checked arguments, one command, one use case, a view and its status. A donation's endpoint
//! for its owner and its twin for guests stand together, because they differ in nothing but who may call them.

pub mod admin;
pub mod auth;
pub mod donations;
pub mod public;
pub mod webhooks;
