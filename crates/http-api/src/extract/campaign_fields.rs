//! The fields of a campaign.

use chrono::{DateTime, SubsecRound as _, Utc};
use domain::{CampaignSlug, Instant, Language, LineText, Localised, Paragraphs, Tenge, TextError};
use serde_json::Value;

use super::Fields;
use super::fields::count;
use crate::problem::FieldError;

/// A field that has a value in each language, by its own name and by those of its parts.
pub type LocalisedField = (&'static str, [&'static str; 3]);

/// The title.
pub const TITLE: LocalisedField = ("title", ["title.kk", "title.ru", "title.en"]);
/// What it is about.
pub const TEXT: LocalisedField = ("text", ["text.kk", "text.ru", "text.en"]);
/// What is on the picture.
pub const PICTURE_ALT: LocalisedField = ("picture_alt", ["picture_alt.kk", "picture_alt.ru", "picture_alt.en"]);

impl Fields {
    /// A campaign's slug that has to be there.
    pub fn required_slug(&mut self, field: &'static str) -> Option<CampaignSlug> {
        self.required(field, |fields| {
            let text = fields.raw_text(field)?;
            let slug = CampaignSlug::parse(&text);
            if slug.is_none() {
                fields.wrong(FieldError::new(field, "invalid_slug"));
            }
            slug
        })
    }

    /// One line of text in each language.
    pub fn lines<const MAX: usize>(&mut self, field: LocalisedField) -> Option<Localised<LineText<MAX>>> {
        self.localised(field, |fields, part, text| fields.line(part, text))
    }

    /// The same, which has to be there.
    pub fn required_lines<const MAX: usize>(&mut self, field: LocalisedField) -> Option<Localised<LineText<MAX>>> {
        self.required(field.0, |fields| fields.lines(field))
    }

    /// Paragraphs in each language; they may be empty.
    pub fn paragraphs<const MAX: usize>(&mut self, field: LocalisedField) -> Option<Localised<Paragraphs<MAX>>> {
        self.localised(field, |fields, part, text| {
            let parsed = Paragraphs::parse(text);
            parsed
                .inspect_err(|error| {
                    fields.wrong(match error {
                        TextError::TooLong(max) => FieldError::new(part, "too_long").with("max", count(*max)),
                        TextError::Blank | TextError::ControlCharacter => FieldError::new(part, "control_character"),
                    });
                })
                .ok()
        })
    }

    /// A text in each language: all three of them, and nothing else.
    fn localised<T>(
        &mut self,
        (field, parts): LocalisedField,
        parse: impl Fn(&mut Self, &'static str, &str) -> Option<T>,
    ) -> Option<Localised<T>> {
        let Value::Object(mut texts) = self.take(field)? else {
            self.wrong(FieldError::new(field, "not_an_object"));
            return None;
        };
        let [kk, ru, en] = [0, 1, 2].map(|place| {
            let (language, part) = (Language::ALL[place], parts[place]);
            match texts.remove(language.code()) {
                Some(Value::String(text)) => parse(self, part, &text),
                None | Some(Value::Null) => {
                    self.wrong(FieldError::new(part, "required"));
                    None
                }
                Some(_) => {
                    self.wrong(FieldError::new(part, "not_text"));
                    None
                }
            }
        });
        if let Some(name) = texts.keys().next() {
            self.wrong(FieldError::unknown(&format!("{field}.{name}")));
        }
        Some(Localised { kk: kk?, ru: ru?, en: en? })
    }

    /// An amount that has to be there.
    pub fn required_tenge(&mut self, field: &'static str) -> Option<Tenge> {
        self.required(field, |fields| fields.tenge(field))
    }

    /// A list of amounts.
    pub fn amounts(&mut self, field: &'static str) -> Option<Vec<Tenge>> {
        let amount = |number: &Value| {
            let number = number.as_i64().filter(|number| *number > 0)?;
            Tenge::from_i64(number).ok()
        };
        let value = self.take(field)?;
        let list: Option<Vec<_>> = value.as_array().and_then(|list| list.iter().map(amount).collect());
        if list.is_none() {
            self.wrong(FieldError::new(field, "not_amounts"));
        }
        list
    }

    /// A time with its offset, to the microsecond.
    pub fn instant(&mut self, field: &'static str) -> Option<Instant> {
        let text = self.raw_text(field)?;
        let instant = DateTime::parse_from_rfc3339(&text).ok().map(|time| time.with_timezone(&Utc).trunc_subsecs(6));
        if instant.is_none() {
            self.wrong(FieldError::new(field, "invalid_time"));
        }
        instant
    }

    /// A whole number from 0 on.
    pub fn place(&mut self, field: &'static str) -> Option<u32> {
        let value = self.take(field)?;
        let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
        if number.is_none() {
            self.wrong(match value.is_i64() || value.is_u64() {
                true => FieldError::new(field, "out_of_range").with("min", 0).with("max", u32::MAX.into()),
                false => FieldError::new(field, "not_whole_number"),
            });
        }
        number
    }

    /// `true` or `false`, if it is there.
    pub fn optional_flag(&mut self, field: &'static str) -> Option<bool> {
        match self.take(field)? {
            Value::Bool(flag) => Some(flag),
            _ => {
                self.wrong(FieldError::new(field, "not_boolean"));
                None
            }
        }
    }

    /// The number of a version.
    pub fn version(&mut self, field: &'static str) -> Option<i64> {
        let version = self.take(field)?.as_i64().filter(|version| *version >= 0);
        if version.is_none() {
            self.wrong(FieldError::new(field, "invalid_version"));
        }
        version
    }
}
