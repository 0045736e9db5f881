//! Texts for people, in Kazakh, Russian and English.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::{LanguageIdentifier, langid};

/// What to fill into a text, by name.
pub type Args = BTreeMap<&'static str, Arg>;

/// Something to fill into a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// A number, which plurals go by.
    Number(i64),
    /// A text as it is.
    Text(String),
}

impl From<&Arg> for FluentValue<'_> {
    fn from(arg: &Arg) -> Self {
        match arg {
            Arg::Number(number) => Self::from(*number),
            Arg::Text(text) => Self::from(text.clone()),
        }
    }
}

type Bundle = FluentBundle<FluentResource>;

static KK: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("kk"), include_str!("../locales/kk.ftl")));
static RU: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("ru"), include_str!("../locales/ru.ftl")));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("en"), include_str!("../locales/en.ftl")));

fn bundle(language: LanguageIdentifier, source: &'static str) -> Bundle {
    // A damaged file loses only its damaged entries; a test proves that there are none.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // The marks that isolate filled-in text from right-to-left neighbours would show up in JSON.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
}

fn bundle_of(language: Language) -> &'static Bundle {
    match language {
        Language::Kk => &KK,
        Language::Ru => &RU,
        Language::En => &EN,
    }
}

/// The text of `key` in `language`, with `args` filled in; the key itself if there is no such text.
pub fn localise(language: Language, key: &str, args: &Args) -> String {
    let bundle = bundle_of(language);
    let key = key.replace('_', "-");
    let Some(pattern) = bundle.get_message(&key).and_then(|message| message.value()) else {
        tracing::error!(key, language = language.code(), "a text is missing");
        return key;
    };
    let filled: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, FluentValue::from(value))).collect();
    bundle.format_pattern(pattern, Some(&filled), &mut Vec::new()).into_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn keys(source: &str) -> BTreeSet<&str> {
        source
            .lines()
            .filter_map(|line| line.split_once(" ="))
            .map(|(key, _)| key)
            .filter(|key| !key.starts_with([' ', '#']))
            .collect()
    }

    #[test]
    fn every_text_is_there_in_every_language_and_parses() {
        let sources =
            [include_str!("../locales/kk.ftl"), include_str!("../locales/ru.ftl"), include_str!("../locales/en.ftl")];
        for source in sources {
            assert!(FluentResource::try_new(source.to_owned()).is_ok());
            assert_eq!(keys(source), keys(sources[0]));
        }
    }

    #[test]
    fn numbers_are_filled_in_without_marks_around_them() {
        let text = localise(Language::En, "field-too_long", &Args::from([("max", Arg::Number(120))]));
        assert_eq!(text, "Must have at most 120 characters.");
    }
}
