//! What every page of the administration has.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use domain::ports::Brake;
use domain::{Language, Role};

use super::operator::Operator;
use super::parts::Moment;
use crate::answer::{Forms, html};
use crate::assets::{ADMIN_STYLESHEET, HEADINGS, STYLESHEET, SUBHEADINGS};
use crate::texts::{Arg, Texts};
use crate::views::{LanguageLink, address, name_of};

/// The parts of the administration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Dashboard,
    Donations,
    Reconciliation,
    Deliveries,
    Jobs,
    Campaigns,
    Audit,
}

impl Section {
    const ALL: [Self; 7] = [
        Self::Dashboard,
        Self::Donations,
        Self::Reconciliation,
        Self::Deliveries,
        Self::Jobs,
        Self::Campaigns,
        Self::Audit,
    ];

    /// Where it begins.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Dashboard => "/admin",
            Self::Donations => "/admin/donations",
            Self::Reconciliation => "/admin/reconciliation",
            Self::Deliveries => "/admin/deliveries",
            Self::Jobs => "/admin/jobs",
            Self::Campaigns => "/admin/campaigns",
            Self::Audit => "/admin/audit",
        }
    }

    /// The key of its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Dashboard => "admin-dashboard",
            Self::Donations => "admin-donations",
            Self::Reconciliation => "admin-reconciliation",
            Self::Deliveries => "admin-deliveries",
            Self::Jobs => "admin-jobs",
            Self::Campaigns => "admin-campaigns",
            Self::Audit => "admin-audit",
        }
    }
}

/// The frame around a page.
pub(crate) struct AdminLayout {
    pub(crate) language: Language,
    /// The window's title.
    pub(crate) title: String,
    /// The page's heading.
    pub(crate) heading: String,
    /// The page in each language.
    pub(crate) languages: Vec<LanguageLink>,
    /// The parts, and which of them this page belongs to.
    pub(crate) sections: Vec<SectionLink>,
    /// Whether to say that no money moves.
    pub(crate) test_mode: bool,
    /// Why new payments are stopped, if they are.
    pub(crate) brake: Option<String>,
    /// Who is looking.
    pub(crate) who: String,
    /// Their role, in words.
    pub(crate) role: String,
    /// Whether what changes anything is offered.
    pub(crate) may_change: bool,
    /// What was done just now.
    pub(crate) notice: Option<String>,
    /// What was not done, and why.
    pub(crate) trouble: Option<String>,
    /// What the page's forms carry.
    pub(crate) csrf: String,
}

/// A part of the administration in the list of them.
pub(crate) struct SectionLink {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) current: bool,
}

impl AdminLayout {
    /// The frame of a page of this part, whose heading is in the operator's language.
    pub(crate) fn new(operator: &Operator, section: Section, heading: &str) -> Self {
        let (language, texts) = (operator.language, Texts(operator.language));
        let sections = Section::ALL.map(|link| SectionLink {
            href: address(link.path(), &[("lang", language.code())]),
            name: texts.get(link.name()),
            current: link == section,
        });
        let pulled = operator.brake.as_ref().filter(|brake| brake.is_pulled());
        let mut layout = Self {
            language,
            title: format!("{heading} · {}", texts.get("admin-title")),
            heading: heading.to_owned(),
            languages: Vec::new(),
            sections: sections.into(),
            test_mode: operator.test_mode,
            brake: pulled.map(|brake| why_pulled(brake, texts)),
            who: operator.account.email.as_str().to_owned(),
            role: texts.get(if operator.account.role == Role::Admin {
                "admin-role-admin"
            } else {
                "admin-role-viewer"
            }),
            may_change: operator.may_change(),
            notice: None,
            trouble: None,
            csrf: operator.csrf(),
        };
        layout.languages = layout.in_each_language(&operator.path, &operator.query);
        layout
    }

    /// For an answer to a form, whose own address is no page: the page's address.
    pub(crate) fn at(mut self, path: &str) -> Self {
        self.languages = self.in_each_language(path, &[]);
        self
    }

    /// With the text of `key` as what was done just now.
    pub(crate) fn notice(mut self, key: Option<&str>) -> Self {
        self.notice = key.map(|key| self.get(key));
        self
    }

    /// With what was not done, and why.
    pub(crate) fn trouble(mut self, text: String) -> Self {
        self.title = Texts(self.language).fill("error-title", &[("title", Arg::Text(self.title))]);
        self.trouble = Some(text);
        self
    }

    fn in_each_language(&self, path: &str, query: &[(String, String)]) -> Vec<LanguageLink> {
        let query: Vec<_> = query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let link = |other: Language| LanguageLink {
            code: other.code(),
            name: name_of(other),
            href: address(path, &[&[("lang", other.code())], query.as_slice()].concat()),
            current: other == self.language,
        };
        Language::ALL.map(link).into()
    }

    /// One of our pages, in this one's language.
    pub(crate) fn page(&self, path: &str) -> String {
        address(path, &[("lang", self.code())])
    }

    /// A text of the page's language.
    pub(crate) fn get(&self, key: &str) -> String {
        Texts(self.language).get(key)
    }

    pub(crate) fn code(&self) -> &'static str {
        self.language.code()
    }

    /// The style sheets, the general one first.
    pub(crate) fn stylesheets(&self) -> [&'static str; 2] {
        [&STYLESHEET.path, &ADMIN_STYLESHEET.path]
    }

    /// What the first lines are set in.
    pub(crate) fn typefaces(&self) -> [&'static str; 2] {
        [&HEADINGS.path, &SUBHEADINGS.path]
    }

    /// The page on the wire.
    pub(crate) fn answer(&self, page: &impl Template, status: StatusCode) -> HttpResponse {
        html(page, status, self.language, Forms::ToUs)
    }
}

fn why_pulled(brake: &Brake, texts: Texts) -> String {
    let reason = brake.reason.as_ref().map(ToString::to_string).unwrap_or_default();
    let at = Moment::new(brake.changed_at).text;
    texts.fill("admin-brake-pulled", &[("reason", Arg::Text(reason)), ("at", Arg::Text(at))])
}
