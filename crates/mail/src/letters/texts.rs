//! The letters' texts, in Kazakh, Russian and English.

use std::sync::LazyLock;

use domain::{Language, Tenge, grouped};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::{LanguageIdentifier, langid};

type Bundle = FluentBundle<FluentResource>;

static KK: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("kk"), include_str!("../../locales/kk.ftl")));
static RU: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("ru"), include_str!("../../locales/ru.ftl")));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("en"), include_str!("../../locales/en.ftl")));

fn bundle(language: LanguageIdentifier, source: &'static str) -> Bundle {
    // A damaged file loses only its damaged entries; a test proves that there are none.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // What needs to be kept apart is kept apart by `typed`; marks around everything would show in old mail programs.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
}

/// What a text speaks of.
pub(super) enum Arg<'a> {
    /// A number: `$name` is it as people read it, `$name-count` chooses its plural.
    Count(u32),
    /// A sum of money.
    Money(Tenge),
    /// Anything else.
    Text(&'a str),
}

/// The texts of one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Texts(pub(super) Language);

impl Texts {
    /// The text of `key`; the key itself if there is no such text.
    pub(super) fn get(self, key: &str) -> String {
        self.fill(key, &[])
    }

    /// The text of `key` with `args` filled in.
    pub(super) fn fill(self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let bundle: &Bundle = match self.0 {
            Language::Kk => &KK,
            Language::Ru => &RU,
            Language::En => &EN,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut filled = FluentArgs::new();
        for (name, value) in args {
            match value {
                Arg::Count(number) => {
                    filled.set(format!("{name}-count"), FluentValue::from(*number));
                    filled.set((*name).to_owned(), grouped(u64::from(*number)));
                }
                Arg::Money(amount) => filled.set((*name).to_owned(), amount.for_people()),
                Arg::Text(text) => filled.set((*name).to_owned(), (*text).to_owned()),
            }
        }
        bundle.format_pattern(pattern, Some(&filled), &mut Vec::new()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::donation::DeclineReason;

    use super::*;

    const SOURCES: [&str; 3] = [
        include_str!("../../locales/kk.ftl"),
        include_str!("../../locales/ru.ftl"),
        include_str!("../../locales/en.ftl"),
    ];

    fn keys(source: &str) -> BTreeSet<&str> {
        let messages = source.lines().filter(|line| !line.starts_with([' ', '#', '}']));
        messages.filter_map(|line| line.split_once(" =")).map(|(key, _)| key).collect()
    }

    #[test]
    fn every_text_is_there_in_every_language_and_parses() {
        for source in SOURCES {
            assert!(FluentResource::try_new(source.to_owned()).is_ok());
            assert_eq!(keys(source), keys(SOURCES[0]));
        }
    }

    #[test]
    fn every_text_is_asked_for_and_every_reason_has_one() {
        let code = [
            include_str!("account.rs"),
            include_str!("alert.rs"),
            include_str!("donation.rs"),
            include_str!("html.rs"),
            include_str!("plain.rs"),
        ];
        let code = code.concat();
        for key in keys(SOURCES[0]).into_iter().filter(|key| !key.starts_with("failure-")) {
            assert!(code.contains(&format!("\"{key}\"")), "nobody asks for {key}");
        }
        let reasons = DeclineReason::ALL.map(|reason| format!("failure-{}", reason.word().replace('_', "-")));
        let known = keys(SOURCES[0]).into_iter().filter(|key| key.starts_with("failure-")).map(str::to_owned);
        assert_eq!(BTreeSet::from(reasons), known.collect());
    }
}
