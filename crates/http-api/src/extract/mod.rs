//! What handlers are given, checked where it comes in.

mod body;
mod caller;
mod client_address;
mod fields;
mod language;
mod page;
mod path_id;

pub use body::{JsonBody, read_body};
pub use caller::{Cause, SignedInAccount, request_id, signed_in};
pub use client_address::client_address;
pub use fields::Fields;
pub use language::{PreferredLanguage, accept_language};
pub use page::{Page, encode_cursor};
pub use path_id::PathDonation;
