//! Looking after campaigns: making, translating, changing and closing them, drafts among them. Each change is one transaction, made
//! from the version that was read in it: of two at once the second is told so, or decides anew.
//!
//! What a donation was told stays with it: its price, its trees and the campaign's title are its own. So a campaign can be renamed,
//! translated and closed at any time; its price alone cannot change once a donation has been made under it, because the campaign's
//! page says what a tree costs, and the books count trees by it.

mod change;
mod checks;
mod create;
mod picture;
mod read;

pub use change::{CampaignPatch, change_campaign, close_campaign};
pub use create::{NewCampaign, create_campaign};
pub use picture::{MOST_PICTURE_BYTES, NewPicture, named_picture, remove_picture, set_picture};
pub use read::{ManagedCampaign, list_all_campaigns, preview_campaign, read_managed_campaign};

use domain::ports::StoreError;

/// Why a campaign was not made or changed.
#[derive(Debug, thiserror::Error)]
pub enum CampaignError {
    /// There is none of this slug.
    #[error("there is no such campaign")]
    NotFound,
    /// There is one of this slug.
    #[error("there is a campaign of this slug")]
    SlugTaken,
    /// A donation has been made under it, so its price stays.
    #[error("donations have been made at the campaign's price")]
    PriceFixed,
    /// It is not as the caller has seen it.
    #[error("the campaign has been changed meanwhile")]
    Changed,
    /// It cannot be closed: it has not begun.
    #[error("the campaign has not begun")]
    NotBegun,
    /// Something of it cannot be used.
    #[error("{} of its fields cannot be used", .0.len())]
    Invalid(Vec<CampaignFault>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A field that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignFault {
    /// Which one, such as `title.kk`.
    pub field: &'static str,
    /// What is wrong with it.
    pub why: WrongField,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongField {
    /// No certificate can show these letters.
    Unprintable(Vec<char>),
    /// Fewer or more than may be, both allowed.
    OutOfRange {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// Too many of them.
    TooMany {
        /// The most.
        max: usize,
    },
    /// The end is not later than the start.
    NotAfterStart,
    /// Donations have been made under it, so it cannot be a draft any more.
    DonatedUnder,
    /// There is no picture to describe.
    NoPicture,
    /// The bytes are no PNG, JPEG or WebP of the allowed size.
    NotAPicture,
}

impl WrongField {
    /// The stable machine word.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unprintable(_) => "unprintable_title",
            Self::OutOfRange { .. } => "out_of_range",
            Self::TooMany { .. } => "too_many",
            Self::NotAfterStart => "not_after_start",
            Self::DonatedUnder => "donated_under",
            Self::NoPicture => "no_picture",
            Self::NotAPicture => "not_a_picture",
        }
    }
}
