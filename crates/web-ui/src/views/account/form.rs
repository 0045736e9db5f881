//! A page with one short form: signing in, signing up, the links of mails.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;
use domain::Language;

use crate::answer::{Forms, html};
use crate::form::FieldError;
use crate::session::Visitor;
use crate::texts::{Arg, Texts};
use crate::views::layout::{Corner, Layout, address};

#[derive(Template)]
#[template(path = "account/form.html")]
pub(crate) struct AccountForm {
    layout: Layout,
    heading: String,
    lead: Option<String>,
    notice: Option<String>,
    action: String,
    hidden: Vec<(&'static str, String)>,
    fields: Vec<Field>,
    button: String,
    links: Vec<Link>,
    errors: Vec<FieldError>,
    /// Whether the page's address holds a token that nobody else may learn.
    secret_address: bool,
}

/// A field to type in. Its name is its id.
pub(crate) struct Field {
    name: &'static str,
    label: String,
    hint: Option<String>,
    value: String,
    error: Option<String>,
    kind: Kind,
}

/// What is typed in: with it comes what the browser, and a keeper of passwords, may help with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Name,
    Email,
    Password,
    NewPassword,
}

struct Link {
    href: String,
    text: String,
}

impl Field {
    /// What was typed stands in it again, unless it is a password.
    pub(crate) fn new(texts: Texts, name: &'static str, value: &str, kind: Kind) -> Self {
        let (label, hint) = match kind {
            Kind::Name => ("name-label", None),
            Kind::Email => ("email-label", None),
            Kind::Password => ("password-label", None),
            Kind::NewPassword => ("new-password-label", Some(texts.get("password-hint"))),
        };
        let value = if matches!(kind, Kind::Name | Kind::Email) { value.to_owned() } else { String::new() };
        Self { name, label: texts.get(label), hint, value, error: None, kind }
    }

    /// Under another label.
    pub(crate) fn labelled(mut self, label: String) -> Self {
        self.label = label;
        self
    }

    fn input_type(&self) -> &'static str {
        match self.kind {
            Kind::Name => "text",
            Kind::Email => "email",
            Kind::Password | Kind::NewPassword => "password",
        }
    }

    fn autocomplete(&self) -> &'static str {
        match self.kind {
            Kind::Name => "name",
            Kind::Email => "username",
            Kind::Password => "current-password",
            Kind::NewPassword => "new-password",
        }
    }

    /// The ids of what describes the field, for screen readers.
    fn described_by(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.name));
        hint.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }
}

impl AccountForm {
    /// The page of this name: its texts are `page-{name}-heading`, `page-{name}-lead` and `page-{name}-button`, its address is `/{name}`.
    pub(crate) fn new(visitor: &Visitor, language: Language, name: &str, next: &str) -> Self {
        let texts = Texts(language);
        let heading = texts.get(&format!("page-{name}-heading"));
        let path = format!("/{name}");
        let mut layout = Layout::new(language, &heading, &path).seen_by(visitor, next);
        if name.starts_with("sign-") {
            for link in &mut layout.languages {
                link.href = address(&path, &[("lang", link.code), ("next", next)]);
            }
        }
        Self {
            action: layout.page(&path),
            lead: Some(texts.get(&format!("page-{name}-lead"))),
            button: texts.get(&format!("page-{name}-button")),
            layout,
            heading,
            notice: None,
            hidden: Vec::new(),
            fields: Vec::new(),
            links: Vec::new(),
            errors: Vec::new(),
            secret_address: false,
        }
    }

    pub(crate) fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    pub(crate) fn hidden(mut self, name: &'static str, value: &str) -> Self {
        self.hidden.push((name, value.to_owned()));
        self
    }

    pub(crate) fn link(mut self, href: String, key: &str) -> Self {
        self.links.push(Link { href, text: self.layout.get(key) });
        self
    }

    pub(crate) fn notice(mut self, key: Option<&str>) -> Self {
        self.notice = key.map(|key| self.layout.get(key));
        self
    }

    /// With the token of a mail's link, which stands in the page's address.
    pub(crate) fn with_token(mut self, path: &str, token: &str) -> Self {
        for link in &mut self.layout.languages {
            link.href = address(path, &[("lang", link.code), ("token", token)]);
        }
        self.secret_address = true;
        self.hidden("token", token)
    }

    pub(crate) fn errors(mut self, errors: Vec<FieldError>) -> Self {
        for field in &mut self.fields {
            field.error = errors.iter().find(|error| error.field == field.name).map(|error| error.message.clone());
        }
        if !errors.is_empty() {
            let texts = Texts(self.layout.language);
            self.layout.title = texts.fill("error-title", &[("title", Arg::Text(self.layout.title.clone()))]);
        }
        self.errors = errors;
        self
    }

    pub(crate) fn answer(&self) -> HttpResponse {
        let status = if self.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let mut answer = html(self, status, self.layout.language, Forms::ToUs);
        if self.secret_address {
            answer.headers_mut().insert(header::REFERRER_POLICY, header::HeaderValue::from_static("no-referrer"));
        }
        answer
    }
}
