//! The certificate's words, in Kazakh, Russian and English.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike as _, FixedOffset};
use domain::{Instant, Language};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::{LanguageIdentifier, langid};

type Bundle = FluentBundle<FluentResource>;

static KK: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("kk"), include_str!("../locales/kk.ftl")));
static RU: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("ru"), include_str!("../locales/ru.ftl")));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("en"), include_str!("../locales/en.ftl")));

/// Stands between groups of three digits: narrow and unbreakable.
const BETWEEN_GROUPS: char = '\u{202f}';

/// The charity's clocks: UTC+5, all of Kazakhstan since 1 March 2024.
const KAZAKHSTAN_SECONDS: i32 = 5 * 60 * 60;

fn bundle(language: LanguageIdentifier, source: &'static str) -> Bundle {
    // A damaged file loses only its damaged entries; a test proves that there are none.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
}

/// The instant on the charity's clocks.
pub(crate) fn local(instant: Instant) -> DateTime<FixedOffset> {
    let clocks = FixedOffset::east_opt(KAZAKHSTAN_SECONDS).expect("five hours are less than a day");
    instant.with_timezone(&clocks)
}

/// The texts of one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Texts(pub(crate) Language);

impl Texts {
    /// The text of `key`; the key itself if there is no such text, which a test rules out.
    pub(crate) fn get(self, key: &str) -> String {
        self.fill(key, &FluentArgs::new())
    }

    /// `10 trees`.
    pub(crate) fn trees(self, number: u32) -> String {
        self.counted("trees", number)
    }

    /// What stands before the trees.
    pub(crate) fn gift(self, trees: u32) -> String {
        self.counted("gift", trees)
    }

    /// The date, as the language writes it, on the charity's clocks.
    pub(crate) fn date(self, instant: Instant) -> String {
        let local = local(instant);
        let mut args = FluentArgs::new();
        args.set("year", local.year().to_string());
        args.set("month", local.month());
        args.set("day", local.day());
        self.fill("date", &args)
    }

    fn counted(self, key: &str, trees: u32) -> String {
        let mut args = FluentArgs::new();
        args.set("trees", grouped(trees));
        args.set("trees-count", trees);
        self.fill(key, &args)
    }

    fn fill(self, key: &str, args: &FluentArgs) -> String {
        let bundle: &Bundle = match self.0 {
            Language::Kk => &KK,
            Language::Ru => &RU,
            Language::En => &EN,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else { return key.to_owned() };
        bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned()
    }
}

/// `12 345`.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(BETWEEN_GROUPS);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const SOURCES: [&str; 3] =
        [include_str!("../locales/kk.ftl"), include_str!("../locales/ru.ftl"), include_str!("../locales/en.ftl")];

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
        for language in Language::ALL {
            for key in keys(SOURCES[0]) {
                assert_ne!(Texts(language).get(key), key, "{language:?}");
            }
        }
    }

    #[test]
    fn trees_are_counted_as_each_language_counts() {
        let counted = |language, numbers: [u32; 6]| numbers.map(|number| Texts(language).trees(number));
        assert_eq!(
            counted(Language::Ru, [1, 2, 5, 11, 21, 1000]),
            ["1 дерево", "2 дерева", "5 деревьев", "11 деревьев", "21 дерево", "1\u{202f}000 деревьев"]
        );
        assert_eq!(
            counted(Language::En, [1, 2, 5, 11, 21, 1000]),
            ["1 tree", "2 trees", "5 trees", "11 trees", "21 trees", "1\u{202f}000 trees"]
        );
        assert_eq!(
            counted(Language::Kk, [1, 2, 5, 11, 21, 1000]),
            ["1 ағаш", "2 ағаш", "5 ағаш", "11 ағаш", "21 ағаш", "1\u{202f}000 ағаш"]
        );
    }

    #[test]
    fn a_gift_below_one_tree_is_a_part_of_one() {
        let said = Language::ALL.map(|language| Texts(language).trees(0));
        assert_eq!(said, ["жаңа ағашқа қосқан үлес", "вклад в новое дерево", "a part of a new tree"]);
        assert_eq!(Texts(Language::En).gift(0), "whose gift is");
        assert_eq!(Texts(Language::En).gift(3), "whose gift plants");
    }

    #[test]
    fn the_date_is_in_the_languages_words_and_turns_with_the_charitys_clocks() {
        let said = |text: &str| Language::ALL.map(|language| Texts(language).date(text.parse().unwrap()));
        assert_eq!(said("2026-11-09T18:59:59Z"), ["2026 жылғы 9 қараша", "9 ноября 2026\u{a0}г.", "9 November 2026"]);
        assert_eq!(said("2026-12-31T19:00:00Z"), ["2027 жылғы 1 қаңтар", "1 января 2027\u{a0}г.", "1 January 2027"]);
    }

    #[test]
    fn every_month_has_a_name_of_its_own() {
        for language in Language::ALL {
            let dates =
                (1..=12).map(|month| Texts(language).date(format!("2026-{month:02}-05T00:00:00Z").parse().unwrap()));
            assert_eq!(dates.collect::<BTreeSet<_>>().len(), 12);
        }
    }
}
