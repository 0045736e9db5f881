//! The languages the charity speaks with its donors.

/// One of the three languages, by its ISO 639-1 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Kazakh.
    Kk,
    /// Russian.
    Ru,
    /// English.
    En,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Kk, Self::Ru, Self::En];

    /// `kk`, `ru` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kk => "kk",
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// The language of an exact code; `None` for any other text.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}

/// One thing in each of the three languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Localised<T> {
    /// In Kazakh.
    pub kk: T,
    /// In Russian.
    pub ru: T,
    /// In English.
    pub en: T,
}

impl<T> Localised<T> {
    /// The one in `language`.
    pub const fn get(&self, language: Language) -> &T {
        match language {
            Language::Kk => &self.kk,
            Language::Ru => &self.ru,
            Language::En => &self.en,
        }
    }

    /// What `change` makes of each.
    pub fn map<U>(&self, change: impl Fn(&T) -> U) -> Localised<U> {
        Localised { kk: change(&self.kk), ru: change(&self.ru), en: change(&self.en) }
    }
}

impl<T: Clone> Localised<T> {
    /// The same in every language.
    pub fn all(one: T) -> Self {
        Self { kk: one.clone(), ru: one.clone(), en: one }
    }
}
