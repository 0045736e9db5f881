//! What every page has.

use domain::Language;

use url::form_urlencoded::Serializer;

use crate::answer::Forms;
use crate::assets::{Asset, HEADINGS, STYLESHEET, SUBHEADINGS};
use crate::session::Visitor;
use crate::texts::Texts;

/// The frame around a page.
pub(crate) struct Layout {
    pub(crate) language: Language,
    /// The window's title.
    pub(crate) title: String,
    /// The page in each language.
    pub(crate) languages: Vec<LanguageLink>,
    /// Whether to say that no money moves.
    pub(crate) test_mode: bool,
    /// Who is looking, as far as the page tells.
    pub(crate) corner: Corner,
    /// Where the page goes on by itself without scripts, after how many seconds.
    pub(crate) refresh: Option<Refresh>,
    /// The script that the page can do without.
    pub(crate) script: Option<&'static Asset>,
    /// How the page shows where somebody shares its address.
    pub(crate) card: Option<ShareCard>,
}

/// The corner of the page that is about the visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Corner {
    /// The page does not know who is looking.
    Unknown,
    /// Nobody is signed in; this is where to sign in and come back from.
    Nobody(String),
    /// Somebody is signed in; this is what the page's forms carry.
    Somebody(String),
}

pub(crate) struct LanguageLink {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) href: String,
    pub(crate) current: bool,
}

pub(crate) struct Refresh {
    pub(crate) seconds: u32,
    pub(crate) href: String,
}

/// What the Open Graph protocol asks for (ogp.me). Addresses are whole ones.
pub(crate) struct ShareCard {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) url: String,
    pub(crate) picture: Option<String>,
}

impl Layout {
    /// The frame of the page at `path`, whose title is already in `language`.
    pub(crate) fn new(language: Language, title: &str, path: &str) -> Self {
        let texts = Texts(language);
        let link = |other: Language| LanguageLink {
            code: other.code(),
            name: name_of(other),
            href: format!("{path}?lang={}", other.code()),
            current: other == language,
        };
        Self {
            language,
            title: format!("{title} · {}", texts.get("brand")),
            languages: Language::ALL.map(link).into(),
            test_mode: false,
            corner: Corner::Unknown,
            refresh: None,
            script: None,
            card: None,
        }
    }

    /// The same for this visitor, who is to come back to `path` after signing in.
    pub(crate) fn seen_by(mut self, visitor: &Visitor, path: &str) -> Self {
        self.corner = match visitor.csrf() {
            Some(csrf) => Corner::Somebody(csrf),
            None => Corner::Nobody(address("/sign-in", &[("lang", self.code()), ("next", path)])),
        };
        self
    }

    /// What a form of somebody signed in carries in its hidden field.
    pub(crate) fn csrf(&self) -> Option<&str> {
        match &self.corner {
            Corner::Somebody(csrf) => Some(csrf),
            Corner::Unknown | Corner::Nobody(_) => None,
        }
    }

    /// Where the forms of a page lead that has none of its own: there is the one to sign out with.
    pub(crate) fn forms(&self) -> Forms {
        if self.csrf().is_some() { Forms::ToUs } else { Forms::None }
    }

    /// One of our pages, in this one's language.
    pub(crate) fn page(&self, path: &str) -> String {
        address(path, &[("lang", self.code())])
    }

    /// A text of the page's language.
    pub(crate) fn get(&self, key: &str) -> String {
        Texts(self.language).get(key)
    }

    pub(crate) fn code(&self) -> &'static str {
        self.language.code()
    }

    /// As the Open Graph protocol writes it.
    pub(crate) fn locale(&self) -> &'static str {
        match self.language {
            Language::Kk => "kk_KZ",
            Language::Ru => "ru_RU",
            Language::En => "en_GB",
        }
    }

    pub(crate) fn home(&self) -> String {
        format!("/?lang={}", self.code())
    }

    pub(crate) fn stylesheet(&self) -> &'static str {
        &STYLESHEET.path
    }

    /// What the first lines are set in.
    pub(crate) fn typefaces(&self) -> [&'static str; 2] {
        [&HEADINGS.path, &SUBHEADINGS.path]
    }
}

/// A language's own name for itself.
pub(crate) const fn name_of(language: Language) -> &'static str {
    match language {
        Language::Kk => "Қазақша",
        Language::Ru => "Русский",
        Language::En => "English",
    }
}

/// A path with a query.
pub(crate) fn address(path: &str, query: &[(&str, &str)]) -> String {
    let query = Serializer::new(String::new()).extend_pairs(query).finish();
    format!("{path}?{query}")
}
