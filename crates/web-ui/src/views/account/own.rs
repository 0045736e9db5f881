//! The account itself.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use domain::{Account, Language};

use crate::answer::{Forms, html};
use crate::session::Visitor;
use crate::texts::Texts;
use crate::views::layout::{Corner, Layout};

#[derive(Template)]
#[template(path = "account/own.html")]
pub(crate) struct AccountPage {
    layout: Layout,
    notice: Option<String>,
    name: String,
    email: String,
    confirmed: bool,
    /// Why the account was not deleted.
    wrong: Option<String>,
}

/// What is wrong with the password that was given to delete the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    Missing,
    Password,
}

impl AccountPage {
    pub(crate) fn new((visitor, account): (&Visitor, &Account), language: Language) -> Self {
        let heading = Texts(language).get("account-heading");
        Self {
            layout: Layout::new(language, &heading, "/account").seen_by(visitor, "/account"),
            notice: None,
            name: account.name.to_string(),
            email: account.email.as_str().to_owned(),
            confirmed: account.email_confirmed_at.is_some(),
            wrong: None,
        }
    }

    pub(crate) fn notice(mut self, key: Option<&str>) -> Self {
        self.notice = key.map(|key| self.layout.get(key));
        self
    }

    pub(crate) fn wrong(mut self, wrong: Wrong) -> Self {
        self.wrong = Some(self.layout.get(match wrong {
            Wrong::Missing => "error-password-required",
            Wrong::Password => "account-delete-wrong",
        }));
        self
    }

    pub(crate) fn answer(&self) -> HttpResponse {
        let status = if self.wrong.is_none() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        html(self, status, self.layout.language, Forms::ToUs)
    }
}
