//! The simulator from outside: a plain HTTP client against shapes written down from Ioka's published API 2.12.0,
//! its documentation and captured traffic.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first thing that is wrong")]

mod access;
mod customers;
mod faults;
mod http_faults;
mod idempotency;
mod orders;
mod pages;
mod payments;
mod persistence;
mod receiver;
mod refunds;
mod reproducible;
mod support;
mod three_ds_pages;
mod webhook_faults;
mod webhooks;
