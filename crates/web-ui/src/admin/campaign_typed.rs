//! A campaign's form: what was typed, and what is wrong with it.

use application::campaigns::{CampaignPatch, ManagedCampaign, NewCampaign};
use application::instant_of;
use chrono::{FixedOffset, SecondsFormat};
use domain::reconciliation::Day;
use domain::{Campaign, CampaignSlug, Instant, Language, LineText, Localised, Paragraphs, Tenge, TextError};

use crate::form::{FieldError, line_error};
use crate::money::parse_whole_number;
use crate::posted::Posted;
use crate::texts::{Arg, Texts};

/// The form's fields, in the order in which they stand.
pub(crate) const FIELDS: [&str; 18] = [
    "slug",
    "title_kk",
    "title_ru",
    "title_en",
    "text_kk",
    "text_ru",
    "text_en",
    "picture_alt_kk",
    "picture_alt_ru",
    "picture_alt_en",
    "price_per_tree",
    "goal",
    "presets",
    "starts_at",
    "ends_at",
    "position",
    "draft",
    "version",
];

/// What was typed, as it was typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct CampaignTyped(Vec<(&'static str, String)>);

impl CampaignTyped {
    /// A form as it came.
    pub(crate) fn of(posted: &Posted) -> Self {
        Self(FIELDS.map(|field| (field, posted.get(field).to_owned())).into())
    }

    /// A new campaign's form: public only once somebody wants it to be.
    pub(crate) fn of_a_new_one() -> Self {
        Self(vec![("draft", "true".to_owned())])
    }

    /// The campaign as it is, in the form's fields.
    pub(crate) fn of_campaign(campaign: &Campaign) -> Self {
        let amounts = campaign.presets.iter().map(|amount| amount.get().to_string()).collect::<Vec<_>>().join(", ");
        let mut typed = vec![
            ("slug", campaign.slug.as_str().to_owned()),
            ("price_per_tree", campaign.price_per_tree.get().to_string()),
            ("goal", campaign.goal.map(|goal| goal.get().to_string()).unwrap_or_default()),
            ("presets", amounts),
            ("starts_at", campaign.starts_at.map(time_text).unwrap_or_default()),
            ("ends_at", campaign.ends_at.map(time_text).unwrap_or_default()),
            ("position", campaign.position.to_string()),
            ("draft", if campaign.draft { "true".to_owned() } else { String::new() }),
            ("version", campaign.version.to_string()),
        ];
        let alt = campaign.picture.as_ref().map(|picture| &picture.alt);
        for (language, [title, text, alt_field]) in IN_LANGUAGES {
            typed.push((title, campaign.title.get(language).as_str().to_owned()));
            typed.push((text, campaign.text.get(language).as_str().to_owned()));
            typed.push((alt_field, alt.map(|alt| alt.get(language).as_str().to_owned()).unwrap_or_default()));
        }
        Self(typed)
    }

    /// A field; empty if nothing was typed.
    pub(crate) fn get(&self, field: &str) -> &str {
        self.0.iter().find(|(known, _)| *known == field).map_or("", |(_, value)| value)
    }

    /// The version that the form was written for.
    pub(crate) fn version(&self) -> Option<i64> {
        self.get("version").parse().ok()
    }

    /// The campaign to make.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub(crate) fn new_campaign(&self, texts: Texts) -> Result<NewCampaign, Vec<FieldError>> {
        let mut check = Check { typed: self, texts, errors: Vec::new() };
        let slug = CampaignSlug::parse(self.get("slug").trim());
        if slug.is_none() {
            check.wrong("slug", texts.get("camp-wrong-slug"));
        }
        let (title, text, price) = (check.title(), check.text(), check.price());
        let (goal, presets) = (check.money("goal"), check.presets());
        let (starts_at, ends_at) = (check.instant("starts_at"), check.instant("ends_at"));
        let position = check.position();
        match (slug, title, text, price) {
            (Some(slug), Some(title), Some(text), Some(price_per_tree)) if check.errors.is_empty() => Ok(NewCampaign {
                slug,
                title,
                text,
                price_per_tree,
                goal,
                presets,
                starts_at,
                ends_at,
                position,
                draft: self.get("draft") == "true",
            }),
            _ => Err(check.errors),
        }
    }

    /// What to change in this campaign. What its form does not have stays.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub(crate) fn patch(&self, managed: &ManagedCampaign, texts: Texts) -> Result<CampaignPatch, Vec<FieldError>> {
        let mut check = Check { typed: self, texts, errors: Vec::new() };
        let fixed = managed.donated_under;
        let patch = CampaignPatch {
            title: check.title(),
            text: check.text(),
            picture_alt: managed.campaign.picture.as_ref().and_then(|_| check.alt()),
            price_per_tree: if fixed { None } else { check.price() },
            goal: Some(check.money("goal")),
            presets: Some(check.presets()),
            starts_at: Some(check.instant("starts_at")),
            ends_at: Some(check.instant("ends_at")),
            position: check.position(),
            draft: (!fixed || managed.campaign.draft).then_some(self.get("draft") == "true"),
        };
        if check.errors.is_empty() { Ok(patch) } else { Err(check.errors) }
    }
}

/// The fields that there are in each language: title, text, and what is on the picture.
pub(crate) const IN_LANGUAGES: [(Language, [&str; 3]); 3] = [
    (Language::Kk, ["title_kk", "text_kk", "picture_alt_kk"]),
    (Language::Ru, ["title_ru", "text_ru", "picture_alt_ru"]),
    (Language::En, ["title_en", "text_en", "picture_alt_en"]),
];

/// A day, where it is a day's first instant; otherwise the instant by Kazakhstan's clocks.
fn time_text(instant: Instant) -> String {
    let day = Day::of(instant);
    if day.span().from == instant {
        return day.to_string();
    }
    let clocks = FixedOffset::east_opt(5 * 60 * 60);
    clocks.map_or_else(
        || instant.to_rfc3339(),
        |clocks| instant.with_timezone(&clocks).to_rfc3339_opts(SecondsFormat::AutoSi, true),
    )
}

/// Goes through the fields, and notes what is wrong.
struct Check<'a> {
    typed: &'a CampaignTyped,
    texts: Texts,
    errors: Vec<FieldError>,
}

impl Check<'_> {
    fn wrong(&mut self, field: &'static str, message: String) {
        self.errors.push(FieldError { field, message });
    }

    fn title(&mut self) -> Option<Localised<LineText<200>>> {
        self.in_languages(0, "camp-title-required", LineText::parse)
    }

    fn text(&mut self) -> Option<Localised<Paragraphs<4_000>>> {
        self.in_languages(1, "camp-title-required", Paragraphs::parse)
    }

    fn alt(&mut self) -> Option<Localised<LineText<300>>> {
        self.in_languages(2, "camp-alt-required", LineText::parse)
    }

    fn in_languages<T>(
        &mut self,
        kind: usize,
        blank: &str,
        parse: impl Fn(&str) -> Result<T, TextError>,
    ) -> Option<Localised<T>> {
        let [kk, ru, en] = IN_LANGUAGES.map(|(_, fields)| {
            let field = fields.get(kind).copied().unwrap_or_default();
            match parse(self.typed.get(field)) {
                Ok(text) => Some(text),
                Err(error) => {
                    self.wrong(field, line_error(self.texts, error, blank));
                    None
                }
            }
        });
        Some(Localised { kk: kk?, ru: ru?, en: en? })
    }

    fn price(&mut self) -> Option<Tenge> {
        let price = self.money("price_per_tree");
        if price.is_none() && self.typed.get("price_per_tree").trim().is_empty() {
            self.wrong("price_per_tree", self.texts.get("camp-price-required"));
        }
        price
    }

    /// A sum above 0 ₸, or none.
    fn money(&mut self, field: &'static str) -> Option<Tenge> {
        let typed = self.typed.get(field);
        if typed.trim().is_empty() {
            return None;
        }
        let amount = amount(typed);
        if amount.is_none() {
            self.wrong(field, self.texts.get("camp-wrong-number"));
        }
        amount
    }

    /// Separated by commas, semicolons or lines: people write spaces within numbers.
    fn presets(&mut self) -> Vec<Tenge> {
        let typed = self.typed.get("presets").split([',', ';', '\n']).filter(|part| !part.trim().is_empty());
        let amounts: Option<Vec<_>> = typed.map(amount).collect();
        amounts.unwrap_or_else(|| {
            self.wrong("presets", self.texts.get("camp-wrong-presets"));
            Vec::new()
        })
    }

    fn instant(&mut self, field: &'static str) -> Option<Instant> {
        let typed = self.typed.get(field).trim();
        if typed.is_empty() {
            return None;
        }
        let instant = instant_of(typed);
        if instant.is_none() {
            self.wrong(field, self.texts.get("camp-wrong-day"));
        }
        instant
    }

    /// Where it stands among the others; nothing typed leaves it where it is.
    fn position(&mut self) -> Option<u32> {
        let typed = self.typed.get("position").trim();
        if typed.is_empty() {
            return None;
        }
        let position = typed.parse().ok();
        if position.is_none() {
            self.wrong("position", self.texts.get("camp-wrong-number"));
        }
        position
    }
}

fn amount(typed: &str) -> Option<Tenge> {
    let whole = parse_whole_number(typed).filter(|whole| (1..=1_000_000_000_000).contains(whole))?;
    Tenge::from_i64(whole).ok()
}

/// What the house has against a campaign's fields, in the form's names.
pub(crate) fn faults(faults: &[application::campaigns::CampaignFault], texts: Texts) -> Vec<FieldError> {
    use application::campaigns::WrongField;
    let number = |number: i64| u64::try_from(number).unwrap_or_default();
    let message = |why: &WrongField| match why {
        WrongField::Unprintable(characters) => {
            let characters = characters.iter().map(char::to_string).collect::<Vec<_>>().join(" ");
            texts.fill("camp-unprintable", &[("characters", Arg::Text(characters))])
        }
        WrongField::OutOfRange { min, max } => {
            texts.fill("camp-out-of-range", &[("min", Arg::Count(number(*min))), ("max", Arg::Count(number(*max)))])
        }
        WrongField::TooMany { max } => {
            texts.fill("camp-too-many", &[("max", Arg::Count(u64::try_from(*max).unwrap_or(u64::MAX)))])
        }
        WrongField::NotAfterStart => texts.get("camp-not-after-start"),
        WrongField::DonatedUnder => texts.get("camp-donated-under"),
        WrongField::NoPicture | WrongField::NotAPicture => texts.get("camp-no-picture"),
    };
    let field = |field: &str| {
        let written = field.replace('.', "_");
        FIELDS.into_iter().find(|known| *known == written).unwrap_or("title_kk")
    };
    faults.iter().map(|fault| FieldError { field: field(fault.field), message: message(&fault.why) }).collect()
}
