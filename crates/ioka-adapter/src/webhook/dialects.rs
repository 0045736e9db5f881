//! Which dialects are listened to.

use std::str::FromStr;

/// A way to write and sign a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// Ioka's own, in `X-Signature`.
    Ioka,
    /// The customer's guide's, in `X-Ioka-Signature`.
    Guide,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Ioka, Self::Guide];

    /// The stable word in the settings and on the record.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ioka => "ioka",
            Self::Guide => "guide",
        }
    }

    /// The header that carries its signature, in lower case.
    pub const fn header(self) -> &'static str {
        match self {
            Self::Ioka => "x-signature",
            Self::Guide => "x-ioka-signature",
        }
    }
}

/// A set of dialects, written as their words by comma: `ioka,guide`. Empty text is no dialect at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialects {
    on: [Option<Dialect>; 2],
}

impl Dialects {
    /// Every dialect.
    pub const ALL: Self = Self { on: [Some(Dialect::Ioka), Some(Dialect::Guide)] };

    /// Whether this one is listened to.
    pub fn contains(self, dialect: Dialect) -> bool {
        self.on.contains(&Some(dialect))
    }
}

impl FromIterator<Dialect> for Dialects {
    fn from_iter<I: IntoIterator<Item = Dialect>>(dialects: I) -> Self {
        let chosen: Vec<_> = dialects.into_iter().collect();
        Self { on: Dialect::ALL.map(|dialect| chosen.contains(&dialect).then_some(dialect)) }
    }
}

/// A word that names no dialect.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no webhook dialect is called {0:?}; there are \"ioka\" and \"guide\"")]
pub struct UnknownDialect(pub String);

impl FromStr for Dialects {
    type Err = UnknownDialect;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
        words
            .map(|word| {
                let known = Dialect::ALL.into_iter().find(|dialect| dialect.word() == word);
                known.ok_or_else(|| UnknownDialect(word.to_owned()))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_written_as_words_by_comma() {
        assert_eq!("ioka,guide".parse(), Ok(Dialects::ALL));
        assert_eq!(" guide , ioka ".parse(), Ok(Dialects::ALL));
        let only: Dialects = "ioka".parse().unwrap();
        assert!(only.contains(Dialect::Ioka) && !only.contains(Dialect::Guide));
        assert_eq!("".parse(), Ok(Dialects::from_iter([])));
        assert_eq!("ioka,other".parse::<Dialects>(), Err(UnknownDialect("other".into())));
    }
}
