//! What handlers are given, checked where it comes in.

mod body;
mod books;
mod caller;
mod campaign_fields;
mod campaign_path;
mod client_address;
mod fields;
mod language;
mod page;
mod path_id;
mod stats;

pub use body::{JsonBody, read_body};
pub use books::{Compared, ExportPage, ProofForm, ProofPage};
pub use caller::{AdminAccount, Cause, SignedInAccount, origin, request_id, signed_in};
pub use campaign_fields::{PICTURE_ALT, TEXT, TITLE};
pub use campaign_path::{IfMatch, PathCampaign, PictureBody};
pub use client_address::{client_address, client_net};
pub use fields::Fields;
pub use language::{PreferredLanguage, accept_language};
pub use page::{
    AuditPage, DeliveryPage, DonationPage, JobPage, Page, encode_audit_cursor, encode_cursor, encode_delivery_cursor,
    encode_job_cursor, language_in_query,
};
pub use path_id::{PathDonation, PathId};
pub use stats::StatsPeriod;
