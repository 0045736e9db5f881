//! The parts of the donate form.

use domain::{Campaign, Tenge};

use crate::form::{FieldError, Typed};
use crate::money::money;
use crate::texts::Texts;

/// An amount to choose.
pub(crate) struct Preset {
    pub(crate) value: i64,
    pub(crate) money: String,
    pub(crate) trees: String,
    /// What is drawn beside it.
    pub(crate) symbol: &'static str,
    pub(crate) checked: bool,
}

/// A field to type in. Its name is its id.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    pub(crate) value: String,
    pub(crate) error: Option<String>,
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
    pub(crate) fn required(&self) -> bool {
        matches!(self.kind, Kind::Name | Kind::Email)
    }

    pub(crate) fn area(&self) -> bool {
        self.kind == Kind::Message
    }

    pub(crate) fn input_type(&self) -> &'static str {
        if self.kind == Kind::Email { "email" } else { "text" }
    }

    pub(crate) fn autocomplete(&self) -> &'static str {
        match self.kind {
            Kind::Name => "name",
            Kind::Email => "email",
            Kind::Number | Kind::CertificateName | Kind::Message => "off",
        }
    }

    /// The ids of what describes the field, for screen readers.
    pub(crate) fn described_by(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.name));
        hint.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }
}

/// The word after a number of trees, for the script that counts as the donor types: by the plural categories of CLDR that
/// whole numbers have in our languages (`other` of Kazakh and English is `many` here).
pub(crate) struct TreeWords {
    pub(crate) one: String,
    pub(crate) few: String,
    pub(crate) many: String,
}

impl TreeWords {
    pub(crate) fn new(texts: Texts) -> Self {
        let word = |number: u32| {
            texts.trees(number).split_once('\u{a0}').map_or_else(String::new, |(_, word)| word.to_owned())
        };
        Self { one: word(1), few: word(2), many: word(5) }
    }
}

/// The preset that is chosen until the donor chooses, counted from 0.
const FIRST_CHOICE: usize = 1;

/// The amounts to choose from.
pub(crate) fn presets(offered: &[Tenge], campaign: &Campaign, typed: &Typed, texts: Texts) -> Vec<Preset> {
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
            symbol: if place < FIRST_CHOICE { "sprout" } else { "grown" },
            checked: chosen(place, *amount),
        })
    };
    offered.iter().enumerate().filter_map(preset).collect()
}

/// The amount, and the fields about the donor.
pub(crate) fn fields(texts: Texts, typed: &Typed, errors: &[FieldError]) -> (Field, Vec<Field>) {
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
    let message = field("message", ("message-label", Some("message-hint")), &typed.message, Kind::Message);
    (amount, vec![name, email, on_certificate, message])
}
