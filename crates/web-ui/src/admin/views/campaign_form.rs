//! One campaign: its form, what was given for it, and its end.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use application::campaigns::ManagedCampaign;
use askama::Template;
use domain::{CampaignState, Language};

use super::campaigns::state;
use crate::admin::campaign_typed::{CampaignTyped, IN_LANGUAGES};
use crate::admin::layout::{AdminLayout, Section};
use crate::admin::operator::Operator;
use crate::admin::parts::{Cell, Field, Kind};
use crate::form::FieldError;
use crate::money::{grouped, money};
use crate::texts::{Arg, Texts};
use crate::views::name_of;

#[derive(Template)]
#[template(path = "admin/campaign.html")]
pub(crate) struct CampaignForm {
    layout: AdminLayout,
    action: String,
    version: String,
    /// The address's own part, of one that is yet to be made.
    slug: Option<Field>,
    languages: Vec<InLanguage>,
    /// Its price, and why that stays.
    fixed_price: Option<(String, String)>,
    fields: Vec<Field>,
    draft: Option<Field>,
    /// Of one that is there.
    known: Option<Known>,
}

/// The fields of one language.
struct InLanguage {
    code: &'static str,
    name: &'static str,
    fields: Vec<Field>,
}

/// What is known of a campaign that is there.
struct Known {
    facts: Vec<(String, String)>,
    state: &'static str,
    state_text: String,
    preview: String,
    picture: Option<String>,
    /// The form that ends it, if it can be ended.
    close: Option<(String, Field)>,
}

impl CampaignForm {
    /// The form for another one.
    pub(crate) fn of_a_new_one(operator: &Operator, typed: &CampaignTyped, errors: &[FieldError]) -> Self {
        let texts = Texts(operator.language);
        let layout = AdminLayout::new(operator, Section::Campaigns, &texts.get("camp-new")).at("/admin/campaigns/new");
        let hint = texts.get("camp-slug-hint");
        let slug = text_field(("slug", "camp-slug"), typed, texts).required().hint(hint).checked(errors);
        Self {
            layout: warned(layout, errors, texts),
            action: "/admin/campaigns".to_owned(),
            version: String::new(),
            slug: Some(slug),
            languages: in_languages(typed, errors, (texts, None)),
            fixed_price: None,
            fields: numbers(typed, errors, texts),
            draft: Some(draft(typed, errors, texts)),
            known: None,
        }
    }

    /// The form of one that is there.
    pub(crate) fn of_campaign(
        operator: &Operator,
        managed: &ManagedCampaign,
        (typed, errors): (&CampaignTyped, &[FieldError]),
    ) -> Self {
        let texts = Texts(operator.language);
        let campaign = &managed.campaign;
        let path = format!("/admin/campaigns/{}", campaign.slug.as_str());
        let layout = AdminLayout::new(operator, Section::Campaigns, campaign.title.get(operator.language).as_str());
        let fixed = managed.donated_under && errors.iter().all(|error| error.field != "price_per_tree");
        let fixed = fixed.then(|| (money(campaign.price_per_tree), texts.get("camp-price-fixed")));
        let mut fields = numbers(typed, errors, texts);
        fields.retain(|field| fixed.is_none() || field.name != "price_per_tree");
        let alt = campaign.picture.as_ref().map(|_| ());
        Self {
            layout: warned(layout.at(&path), errors, texts),
            version: typed.get("version").to_owned(),
            slug: None,
            languages: in_languages(typed, errors, (texts, alt)),
            fixed_price: fixed,
            fields,
            draft: (!managed.donated_under || campaign.draft).then(|| draft(typed, errors, texts)),
            known: Some(Known::new(managed, &path, (errors, texts))),
            action: path,
        }
    }

    /// Beside what was typed, what somebody else has saved meanwhile; sent once more, what was typed is what counts.
    pub(crate) fn beside(mut self, now: &ManagedCampaign) -> Self {
        let texts = Texts(self.layout.language);
        let saved = CampaignTyped::of_campaign(&now.campaign);
        let of_languages = self.languages.iter_mut().flat_map(|language| language.fields.iter_mut());
        for field in of_languages.chain(&mut self.fields).chain(&mut self.draft) {
            let known = saved.get(field.name);
            let same = known.replace("\r\n", "\n").trim() == field.value.replace("\r\n", "\n").trim();
            if !same {
                let known = if known.is_empty() { "–".to_owned() } else { known.to_owned() };
                field.error = Some(texts.fill("camp-saved-now", &[("saved", Arg::Text(known))]));
            }
        }
        self.version = now.campaign.version.to_string();
        self.layout = self.layout.trouble(texts.get("camp-changed-meanwhile"));
        self
    }

    /// With the text of `key` as what was done just now.
    pub(crate) fn notice(mut self, key: Option<&str>) -> Self {
        self.layout = self.layout.notice(key);
        self
    }

    pub(crate) fn answer(&self, status: StatusCode) -> HttpResponse {
        self.layout.answer(self, status)
    }
}

impl Known {
    fn new(managed: &ManagedCampaign, path: &str, (errors, texts): (&[FieldError], Texts)) -> Self {
        let (campaign, progress) = (&managed.campaign, &managed.progress);
        let fact = |key: &str, value: String| (texts.get(key), value);
        let (state, state_text) = match state(managed, texts) {
            Cell::Status { word, text } => (word, text),
            _ => ("", String::new()),
        };
        let closing = || {
            let sure = Field::new("sure", texts.get("camp-sure"), "", Kind::Check).checked(errors);
            (format!("{path}/close"), sure)
        };
        let picture = campaign.picture.as_ref().map(|picture| {
            format!("/campaigns/{}/picture-{}", campaign.slug.as_str(), picture.name.get(texts.0).as_str())
        });
        Self {
            facts: vec![
                fact("camp-slug", campaign.slug.as_str().to_owned()),
                fact("camp-price", money(campaign.price_per_tree)),
                fact("dash-net", money(progress.raised)),
                fact("camp-goal", campaign.goal.map_or_else(|| "–".to_owned(), money)),
                fact("dash-trees", grouped(progress.trees)),
                fact("dash-donors", grouped(progress.donors)),
            ],
            state,
            state_text,
            preview: format!("{path}/preview"),
            picture,
            close: (managed.state != CampaignState::Closed).then(closing),
        }
    }
}

fn warned(layout: AdminLayout, errors: &[FieldError], texts: Texts) -> AdminLayout {
    if errors.is_empty() { layout } else { layout.trouble(texts.get("camp-not-saved")) }
}

fn text_field((name, label): (&'static str, &str), typed: &CampaignTyped, texts: Texts) -> Field {
    Field::new(name, texts.get(label), typed.get(name), Kind::Text)
}

fn in_languages(typed: &CampaignTyped, errors: &[FieldError], (texts, alt): (Texts, Option<()>)) -> Vec<InLanguage> {
    let language = |(language, [title, text, alt_field]): (Language, [&'static str; 3])| {
        let mut fields = vec![
            text_field((title, "camp-title"), typed, texts).required().checked(errors),
            Field::new(text, texts.get("camp-text"), typed.get(text), Kind::Area).checked(errors),
        ];
        if alt.is_some() {
            fields.push(text_field((alt_field, "camp-alt"), typed, texts).required().checked(errors));
        }
        InLanguage { code: language.code(), name: name_of(language), fields }
    };
    IN_LANGUAGES.map(language).into()
}

/// What is the same in every language.
fn numbers(typed: &CampaignTyped, errors: &[FieldError], texts: Texts) -> Vec<Field> {
    let field = |name: &'static str, label: &str, kind| {
        Field::new(name, texts.get(label), typed.get(name), kind).checked(errors)
    };
    vec![
        field("price_per_tree", "camp-price", Kind::Number).required().hint(texts.get("camp-price-hint")),
        field("goal", "camp-goal", Kind::Number).hint(texts.get("camp-goal-hint")),
        field("presets", "camp-presets", Kind::Text).hint(texts.get("camp-presets-hint")),
        field("starts_at", "camp-starts", Kind::Day).hint(texts.get("camp-starts-hint")),
        field("ends_at", "camp-ends", Kind::Day).hint(texts.get("camp-ends-hint")),
        field("position", "camp-position", Kind::Number).hint(texts.get("camp-position-hint")),
    ]
}

fn draft(typed: &CampaignTyped, errors: &[FieldError], texts: Texts) -> Field {
    let draft = Field::new("draft", texts.get("camp-draft"), typed.get("draft"), Kind::Check);
    draft.hint(texts.get("camp-draft-hint")).checked(errors)
}
