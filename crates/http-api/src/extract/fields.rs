//! The fields of a JSON object, each checked, all errors collected.

use domain::reconciliation::Day;
use domain::{CampaignSlug, DonorEmail, Language, LineText, Review, Tenge, TextError};
use serde_json::{Map, Value};

use crate::problem::{FieldError, Problem};

/// A JSON object that is taken apart. Fields that nobody takes are ignored, since a client may know more than we do, unless the handler
/// says that there is [nothing else](Fields::nothing_else).
pub struct Fields {
    object: Map<String, Value>,
    errors: Vec<FieldError>,
}

impl Fields {
    /// The fields of `object`.
    pub const fn new(object: Map<String, Value>) -> Self {
        Self { object, errors: Vec::new() }
    }

    /// Notes that a field is wrong.
    pub fn wrong(&mut self, error: FieldError) {
        self.errors.push(error);
    }

    /// Nothing, if every field taken so far was right.
    ///
    /// # Errors
    /// 422 with every field that was not.
    pub fn finish(self) -> Result<(), Problem> {
        if self.errors.is_empty() { Ok(()) } else { Err(Problem::validation(self.errors)) }
    }

    /// Notes every field that has not been taken: there is none of its name.
    pub fn nothing_else(&mut self) {
        let unknown: Vec<_> = self.object.keys().take(MOST_UNKNOWN).map(|name| FieldError::unknown(name)).collect();
        self.errors.extend(unknown);
    }

    /// What `take` makes of a field; of one that is there and `null`, `Some(None)`; of one that is not there, `None`.
    pub fn nullable<T>(
        &mut self,
        field: &'static str,
        take: impl FnOnce(&mut Self, &'static str) -> Option<T>,
    ) -> Option<Option<T>> {
        if self.object.get(field).is_some_and(Value::is_null) {
            self.object.remove(field);
            return Some(None);
        }
        take(self, field).map(Some)
    }

    /// `null` and an absent field are the same.
    pub(super) fn take(&mut self, field: &str) -> Option<Value> {
        self.object.remove(field).filter(|value| !value.is_null())
    }

    /// A text as it is; noted if it is no text.
    pub fn raw_text(&mut self, field: &'static str) -> Option<String> {
        match self.take(field)? {
            Value::String(text) => Some(text),
            _ => {
                self.wrong(FieldError::new(field, "not_text"));
                None
            }
        }
    }

    pub(super) fn required<T>(&mut self, field: &'static str, take: impl Fn(&mut Self) -> Option<T>) -> Option<T> {
        let errors = self.errors.len();
        let value = take(self);
        if value.is_none() && self.errors.len() == errors {
            self.wrong(FieldError::new(field, "required"));
        }
        value
    }

    /// One line of text that has to be there.
    pub fn required_line<const MAX: usize>(&mut self, field: &'static str) -> Option<LineText<MAX>> {
        self.required(field, |fields| {
            let text = fields.raw_text(field)?;
            fields.line(field, &text)
        })
    }

    /// A name that may be left out, but not left blank.
    pub fn optional_name<const MAX: usize>(&mut self, field: &'static str) -> Option<LineText<MAX>> {
        let text = self.raw_text(field)?;
        self.line(field, &text)
    }

    /// One line of text; a blank one counts as absent.
    pub fn optional_line<const MAX: usize>(&mut self, field: &'static str) -> Option<LineText<MAX>> {
        let text = self.raw_text(field)?;
        if text.trim_matches(' ').is_empty() {
            return None;
        }
        self.line(field, &text)
    }

    pub(super) fn line<const MAX: usize>(&mut self, field: &'static str, text: &str) -> Option<LineText<MAX>> {
        LineText::parse(text)
            .inspect_err(|error| {
                self.wrong(match error {
                    TextError::Blank => FieldError::new(field, "blank"),
                    TextError::ControlCharacter => FieldError::new(field, "control_character"),
                    TextError::TooLong(max) => FieldError::new(field, "too_long").with("max", count(*max)),
                });
            })
            .ok()
    }

    /// An e-mail address that has to be there.
    pub fn required_email(&mut self, field: &'static str) -> Option<DonorEmail> {
        self.required(field, |fields| {
            let text = fields.raw_text(field)?;
            let email = DonorEmail::parse(&text).ok();
            if email.is_none() {
                fields.wrong(FieldError::new(field, "invalid_email"));
            }
            email
        })
    }

    /// A text that has to be there and is kept as it is, of `min` to `max` characters.
    pub fn required_secret(&mut self, field: &'static str, (min, max): (usize, usize)) -> Option<String> {
        self.required(field, |fields| {
            let text = fields.raw_text(field)?;
            let length = text.chars().count();
            if text.contains('\0') {
                fields.wrong(FieldError::new(field, "control_character"));
            } else if length < min {
                fields.wrong(FieldError::new(field, "too_short").with("min", count(min)));
            } else if length > max {
                fields.wrong(FieldError::new(field, "too_long").with("max", count(max)));
            } else {
                return Some(text);
            }
            None
        })
    }

    /// A whole number above 0. `5000.0`, `5e3` and `"5000"` are none: whoever writes money so may mean something else.
    fn positive(&mut self, field: &'static str) -> Option<u64> {
        let value = self.take(field)?;
        let number = value.as_u64();
        let whole = number.is_some() || value.as_i64().is_some();
        match number {
            Some(number) if number > 0 => return Some(number),
            _ if whole => self.wrong(FieldError::new(field, "not_positive")),
            _ => self.wrong(FieldError::new(field, "not_whole_number")),
        }
        None
    }

    /// A number of tenge.
    pub fn tenge(&mut self, field: &'static str) -> Option<Tenge> {
        let number = self.positive(field)?;
        let amount = i64::try_from(number).ok().and_then(|number| Tenge::from_i64(number).ok());
        if amount.is_none() {
            self.wrong(FieldError::new(field, "out_of_range").with("min", 1).with("max", i64::MAX));
        }
        amount
    }

    /// A number of trees.
    pub fn trees(&mut self, field: &'static str) -> Option<u32> {
        let number = self.positive(field)?;
        let trees = u32::try_from(number).ok().filter(|trees| *trees <= MAX_TREES);
        if trees.is_none() {
            self.wrong(FieldError::new(field, "out_of_range").with("min", 1).with("max", i64::from(MAX_TREES)));
        }
        trees
    }

    /// `true` or `false`; `false` if it is absent.
    pub fn flag(&mut self, field: &'static str) -> bool {
        match self.take(field) {
            None => false,
            Some(Value::Bool(flag)) => flag,
            Some(_) => {
                self.wrong(FieldError::new(field, "not_boolean"));
                false
            }
        }
    }

    /// `true` or `false`, which has to be there.
    pub fn required_flag(&mut self, field: &'static str) -> Option<bool> {
        self.required(field, |fields| match fields.take(field)? {
            Value::Bool(flag) => Some(flag),
            _ => {
                fields.wrong(FieldError::new(field, "not_boolean"));
                None
            }
        })
    }

    /// Whether something was wrong with a field.
    pub fn is_wrong(&self, field: &str) -> bool {
        self.errors.iter().any(|error| error.field == field)
    }

    /// A day in Kazakhstan, which has to be there.
    pub fn required_day(&mut self, field: &'static str) -> Option<Day> {
        self.required(field, |fields| {
            let day = Day::parse(&fields.raw_text(field)?);
            if day.is_none() {
                fields.wrong(FieldError::new(field, "invalid_date"));
            }
            day
        })
    }

    /// One of the three languages.
    pub fn language(&mut self, field: &'static str) -> Option<Language> {
        let text = self.raw_text(field)?;
        let language = Language::from_code(&text);
        if language.is_none() {
            self.wrong(FieldError::new(field, "unknown_language"));
        }
        language
    }

    /// A review's word, which has to be there.
    pub fn required_review(&mut self, field: &'static str) -> Option<Review> {
        self.required(field, |fields| {
            let text = fields.raw_text(field)?;
            let review = Review::from_word(&text);
            if review.is_none() {
                fields.wrong(FieldError::new(field, "unknown_review"));
            }
            review
        })
    }

    /// A campaign's slug.
    pub fn campaign(&mut self, field: &'static str) -> Option<CampaignSlug> {
        let text = self.raw_text(field)?;
        let slug = CampaignSlug::parse(&text);
        if slug.is_none() {
            self.wrong(FieldError::new(field, "unknown_campaign"));
        }
        slug
    }
}

/// As many fields that are unknown as anybody wants to be told of.
const MOST_UNKNOWN: usize = 20;

/// More trees than any amount that can be given pays for.
const MAX_TREES: u32 = i32::MAX as u32;

pub(super) fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
