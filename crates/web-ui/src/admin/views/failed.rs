//! A form of a donation's page that was not carried out.

use actix_web::http::StatusCode;
use domain::Review;

use crate::form::FieldError;
use crate::posted::Posted;

/// Which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ActForm {
    Refund,
    CorrectName,
    Resolve(Review),
}

/// What was typed, and why it was not done.
pub(crate) struct Failed {
    pub(crate) form: Option<(ActForm, Posted)>,
    pub(crate) errors: Vec<FieldError>,
    /// The key of what is said above the page.
    pub(crate) trouble: &'static str,
    pub(crate) status: StatusCode,
}

impl Failed {
    /// For a reason that is no field's.
    pub(crate) const fn because((trouble, status): (&'static str, StatusCode)) -> Self {
        Self { form: None, errors: Vec::new(), trouble, status }
    }

    /// For what is wrong with fields.
    pub(crate) const fn wrong(form: (ActForm, Posted), errors: Vec<FieldError>) -> Self {
        Self { form: Some(form), errors, trouble: "admin-trouble-fields", status: StatusCode::UNPROCESSABLE_ENTITY }
    }

    /// With what was typed.
    pub(crate) fn typed(self, form: (ActForm, Posted)) -> Self {
        Self { form: Some(form), ..self }
    }

    /// What was typed into a field of this form.
    pub(super) fn value(&self, form: ActForm, field: &str) -> &str {
        self.of(form).map_or("", |posted| posted.get(field))
    }

    /// What is wrong with the fields of this form.
    pub(super) fn errors(&self, form: ActForm) -> &[FieldError] {
        if self.of(form).is_some() { &self.errors } else { &[] }
    }

    fn of(&self, form: ActForm) -> Option<&Posted> {
        self.form.as_ref().filter(|(known, _)| *known == form).map(|(_, posted)| posted)
    }
}
