//! Texts for donors, in Kazakh, Russian and English.

use std::sync::LazyLock;

use domain::{Language, Tenge};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::{LanguageIdentifier, langid};

use crate::money::{grouped, money};

type Bundle = FluentBundle<FluentResource>;

/// The files of one language: one for each group of pages that belong together.
macro_rules! sources {
    ($language:literal) => {
        &[
            include_str!(concat!("../locales/", $language, "/campaigns.ftl")),
            include_str!(concat!("../locales/", $language, "/donating.ftl")),
            include_str!(concat!("../locales/", $language, "/mailbox.ftl")),
            include_str!(concat!("../locales/", $language, "/account.ftl")),
            include_str!(concat!("../locales/", $language, "/certificate.ftl")),
            include_str!(concat!("../locales/", $language, "/admin.ftl")),
            include_str!(concat!("../locales/", $language, "/admin_books.ftl")),
            include_str!(concat!("../locales/", $language, "/admin_campaigns.ftl")),
        ]
    };
}

const KK_SOURCES: &[&str] = sources!("kk");
const RU_SOURCES: &[&str] = sources!("ru");
const EN_SOURCES: &[&str] = sources!("en");

static KK: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("kk"), KK_SOURCES));
static RU: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("ru"), RU_SOURCES));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("en"), EN_SOURCES));

fn bundle(language: LanguageIdentifier, sources: &[&str]) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // The marks that isolate filled-in text from right-to-left neighbours would end up in titles and attributes.
    bundle.set_use_isolating(false);
    for source in sources {
        // A damaged file loses only its damaged entries; a test proves that there are none.
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// What a text speaks of.
pub(crate) enum Arg {
    /// A number: `$name` is it as people read it, `$name-count` chooses its plural.
    Count(u64),
    /// A sum of money.
    Money(Tenge),
    /// Anything else.
    Text(String),
}

/// The texts of one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Texts(pub(crate) Language);

impl Texts {
    /// The text of `key`; the key itself if there is no such text.
    pub(crate) fn get(self, key: &str) -> String {
        self.fill(key, &[])
    }

    /// The text of `key` with `args` filled in.
    pub(crate) fn fill(self, key: &str, args: &[(&str, Arg)]) -> String {
        let bundle: &Bundle = match self.0 {
            Language::Kk => &KK,
            Language::Ru => &RU,
            Language::En => &EN,
        };
        let key = key.replace('_', "-");
        let Some(pattern) = bundle.get_message(&key).and_then(|message| message.value()) else {
            tracing::error!(key, language = self.0.code(), "a text is missing");
            return key;
        };
        let mut filled = FluentArgs::new();
        for (name, value) in args {
            match value {
                Arg::Count(number) => {
                    filled.set(format!("{name}-count"), FluentValue::from(*number));
                    filled.set((*name).to_owned(), grouped(*number));
                }
                Arg::Money(amount) => filled.set((*name).to_owned(), money(*amount)),
                Arg::Text(text) => filled.set((*name).to_owned(), text.clone()),
            }
        }
        bundle.format_pattern(pattern, Some(&filled), &mut Vec::new()).into_owned()
    }

    /// `10 trees`.
    pub(crate) fn trees(self, number: u32) -> String {
        self.fill("trees", &[("trees", Arg::Count(u64::from(number)))])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use domain::donation::{DeclineReason, DonationStatus};

    use super::*;

    const SOURCES: [&[&str]; 3] = [KK_SOURCES, RU_SOURCES, EN_SOURCES];

    fn keys<'a>(sources: &[&'a str]) -> BTreeSet<&'a str> {
        let lines = sources.iter().flat_map(|source| source.lines());
        let messages = lines.filter(|line| !line.starts_with([' ', '#', '}']));
        messages.filter_map(|line| line.split_once(" =")).map(|(key, _)| key).collect()
    }

    /// What stands between `before` and the next quotation mark, wherever it does.
    fn quoted<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
        text.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    /// Every file below a folder of this crate.
    fn files(folder: &str, of_kind: &str) -> Vec<String> {
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == of_kind) {
                    files.push(fs::read_to_string(path).unwrap());
                }
            }
        }
        files
    }

    #[test]
    fn every_text_is_there_once_in_every_language_and_parses() {
        for sources in SOURCES {
            for source in sources {
                assert!(FluentResource::try_new((*source).to_owned()).is_ok());
            }
            assert_eq!(keys(sources), keys(SOURCES[0]));
            assert_eq!(keys(sources).len(), sources.iter().map(|source| keys(&[source]).len()).sum::<usize>());
        }
        let found = |language| files(&format!("locales/{language}"), "ftl").len();
        assert_eq!(["kk", "ru", "en"].map(found), SOURCES.map(<[_]>::len), "every file is read");
    }

    #[test]
    fn every_text_that_the_templates_ask_for_is_there_and_none_is_left_over() {
        let templates = files("templates", "html");
        let known = keys(SOURCES[0]);
        for key in templates.iter().flat_map(|template| quoted(template, "layout.get(\"")) {
            assert!(known.contains(key), "{key}");
        }
        let everything = [templates, files("src", "rs")].concat().join("\n");
        let by_word = |key: &str| {
            ["failure-", "status-", "message-", "page-", "admin-word-", "dash-reason-", "dash-review-"]
                .iter()
                .any(|prefix| key.starts_with(prefix))
        };
        for key in known.into_iter().filter(|key| !by_word(key)) {
            assert!(everything.contains(&format!("\"{key}\"")), "nobody asks for {key}");
        }
    }

    #[test]
    fn every_reason_and_every_status_has_its_text() {
        for language in Language::ALL {
            let texts = Texts(language);
            for key in DeclineReason::ALL.map(|reason| format!("failure-{}", reason.word())) {
                assert_ne!(texts.get(&key), key.replace('_', "-"));
            }
            for key in DeclineReason::ALL.map(|reason| format!("dash-reason-{}", reason.word())) {
                assert_ne!(texts.get(&key), key.replace('_', "-"));
            }
            for key in domain::Review::ALL.map(|review| format!("dash-review-{}", review.word())) {
                assert_ne!(texts.get(&key), key.replace('_', "-"));
            }
            for key in DonationStatus::ALL.map(|status| format!("status-{}", status.word())) {
                assert_ne!(texts.get(&key), key.replace('_', "-"));
            }
        }
    }

    #[test]
    fn trees_are_counted_as_each_language_counts() {
        let counted = |language, numbers: [u32; 5]| numbers.map(|number| Texts(language).trees(number));
        assert_eq!(
            counted(Language::Ru, [1, 2, 5, 11, 21]),
            ["1\u{a0}дерево", "2\u{a0}дерева", "5\u{a0}деревьев", "11\u{a0}деревьев", "21\u{a0}дерево"]
        );
        assert_eq!(
            counted(Language::En, [0, 1, 2, 21, 1000]),
            ["0\u{a0}trees", "1\u{a0}tree", "2\u{a0}trees", "21\u{a0}trees", "1\u{202f}000\u{a0}trees"]
        );
        assert_eq!(
            counted(Language::Kk, [0, 1, 2, 5, 21]),
            ["0\u{a0}ағаш", "1\u{a0}ағаш", "2\u{a0}ағаш", "5\u{a0}ағаш", "21\u{a0}ағаш"]
        );
    }
}
