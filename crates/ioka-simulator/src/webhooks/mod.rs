//! Webhooks: what they say, how they are signed, and how they are delivered.

mod announce;
mod body;
mod delivery;
mod guide;
mod sign;

pub(crate) use announce::Announcement;
pub(crate) use delivery::deliver_all;
