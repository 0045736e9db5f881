//! The donate page.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use domain::ports::GatewayMode;
use domain::{Campaign, Language, Tenge};

use super::layout::{Corner, Layout};
use crate::answer::{Forms, html};
use crate::form::{FieldError, Typed};
use crate::money::money;
use crate::pages::Pages;
use crate::session::Visitor;
use crate::texts::{Arg, Texts};

#[derive(Template)]
#[template(path = "donate.html")]
pub(crate) struct DonatePage {
    layout: Layout,
    campaign: String,
    price: String,
    limits: String,
    presets: Vec<Preset>,
    amount: Field,
    /// Who gives, where somebody is signed in: then neither name nor address is asked for.
    donor: Option<String>,
    fields: Vec<Field>,
    anonymous: bool,
    errors: Vec<FieldError>,
}

struct Preset {
    value: i64,
    money: String,
    trees: String,
    checked: bool,
}

/// A field to type in. Its name is its id.
struct Field {
    name: &'static str,
    label: String,
    hint: Option<String>,
    value: String,
    error: Option<String>,
    kind: Kind,
}

/// What is typed in: with it comes what the browser may help with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Name,
    Email,
    CertificateName,
    Message,
}

impl Field {
    fn required(&self) -> bool {
        matches!(self.kind, Kind::Name | Kind::Email)
    }

    fn area(&self) -> bool {
        self.kind == Kind::Message
    }

    fn input_type(&self) -> &'static str {
        if self.kind == Kind::Email { "email" } else { "text" }
    }

    fn autocomplete(&self) -> &'static str {
        match self.kind {
            Kind::Name => "name",
            Kind::Email => "email",
            Kind::Number | Kind::CertificateName | Kind::Message => "off",
        }
    }

    /// The ids of what describes the field, for screen readers.
    fn described_by(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.name));
        hint.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }
}

/// The preset that is chosen until the donor chooses, counted from 0.
const FIRST_CHOICE: usize = 1;

impl DonatePage {
    /// The campaign's page, filled with what was typed.
    pub(crate) fn new(
        (pages, visitor): (&Pages, &Visitor),
        campaign: &Campaign,
        (typed, errors): (&Typed, Vec<FieldError>),
        language: Language,
    ) -> Self {
        let texts = Texts(language);
        let settings = &pages.house.settings;
        let title = campaign.title.get(language).to_string();
        let window = if errors.is_empty() {
            title.clone()
        } else {
            texts.fill("error-title", &[("title", Arg::Text(title.clone()))])
        };
        let mut layout = Layout::new(language, &window, "/").seen_by(visitor, "/");
        layout.test_mode = pages.house.gateway.mode() == GatewayMode::Test;
        let limits = [("min", Arg::Money(settings.limits.min)), ("max", Arg::Money(settings.limits.max))];
        let offered =
            pages.presets.iter().filter(|amount| (settings.limits.min..=settings.limits.max).contains(*amount));
        let (amount, mut fields) = fields(texts, typed, &errors);
        let donor = visitor.account.as_ref().map(|account| {
            fields.retain(|field| !field.required());
            let (name, email) = (account.name.to_string(), account.email.as_str().to_owned());
            texts.fill("giving-as", &[("name", Arg::Text(name)), ("email", Arg::Text(email))])
        });
        Self {
            layout,
            campaign: title,
            price: texts.fill("price", &[("price", Arg::Money(campaign.price_per_tree))]),
            limits: texts.fill("amount-limits", &limits),
            presets: presets(&offered.copied().collect::<Vec<_>>(), campaign, typed, texts),
            amount,
            donor,
            fields,
            anonymous: typed.anonymous,
            errors,
        }
    }

    pub(crate) fn answer(&self, status: StatusCode) -> HttpResponse {
        html(self, status, self.layout.language, Forms::ToCheckout)
    }

    /// The error summary leads to the first thing that can be changed.
    fn amount_failed(&self) -> bool {
        self.amount.error.is_some()
    }
}

fn presets(offered: &[Tenge], campaign: &Campaign, typed: &Typed, texts: Texts) -> Vec<Preset> {
    let first = FIRST_CHOICE.min(offered.len().saturating_sub(1));
    let chosen = |place: usize, amount: Tenge| match &typed.preset {
        None => place == first,
        Some(preset) => *preset == amount.get().to_string(),
    };
    let preset = |(place, amount): (usize, &Tenge)| {
        let gift = campaign.gift(Some(*amount), None).ok()?;
        Some(Preset {
            value: amount.get(),
            money: money(*amount),
            trees: texts.trees(gift.trees),
            checked: chosen(place, *amount),
        })
    };
    offered.iter().enumerate().filter_map(preset).collect()
}

fn fields(texts: Texts, typed: &Typed, errors: &[FieldError]) -> (Field, Vec<Field>) {
    let error = |name: &str| errors.iter().find(|error| error.field == name).map(|error| error.message.clone());
    let field = |name: &'static str, (label, hint): (&str, Option<&str>), value: &str, kind: Kind| Field {
        name,
        label: texts.get(label),
        hint: hint.map(|key| texts.get(key)),
        value: value.to_owned(),
        error: error(name),
        kind,
    };
    let amount = field("amount", ("amount-label", Some("amount-hint")), &typed.amount, Kind::Number);
    let name = field("donor_name", ("name-label", None), &typed.donor_name, Kind::Name);
    let email = field("donor_email", ("email-label", Some("email-hint")), &typed.donor_email, Kind::Email);
    let on_certificate = field(
        "certificate_name",
        ("certificate-name-label", Some("certificate-name-hint")),
        &typed.certificate_name,
        Kind::CertificateName,
    );
    let message = field("message", ("message-label", None), &typed.message, Kind::Message);
    (amount, vec![name, email, on_certificate, message])
}
