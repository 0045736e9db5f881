//! What every page has.

use domain::Language;

use crate::assets::STYLESHEET;
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
    /// Where the page goes on by itself, after how many seconds.
    pub(crate) refresh: Option<Refresh>,
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
            refresh: None,
        }
    }

    /// A text of the page's language.
    pub(crate) fn get(&self, key: &str) -> String {
        Texts(self.language).get(key)
    }

    pub(crate) fn code(&self) -> &'static str {
        self.language.code()
    }

    pub(crate) fn home(&self) -> String {
        format!("/?lang={}", self.code())
    }

    pub(crate) fn stylesheet(&self) -> &'static str {
        &STYLESHEET.path
    }
}

/// A language's own name for itself.
const fn name_of(language: Language) -> &'static str {
    match language {
        Language::Kk => "Қазақша",
        Language::Ru => "Русский",
        Language::En => "English",
    }
}
