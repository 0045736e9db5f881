//! A campaign's picture on a page.

use domain::{Campaign, Language};

/// An image and what it shows.
pub(crate) struct Picture {
    pub(crate) src: String,
    pub(crate) alt: String,
}

impl Picture {
    /// The campaign's picture in `language`; `None` if it has none.
    pub(crate) fn of(campaign: &Campaign, language: Language) -> Option<Self> {
        let picture = campaign.picture.as_ref()?;
        let name = picture.name.get(language).as_str();
        Some(Self {
            src: format!("/campaigns/{}/picture-{name}", campaign.slug.as_str()),
            alt: picture.alt.get(language).as_str().to_owned(),
        })
    }
}
