//! The way through a list that is longer than a page.

use askama::Template;
use askama::filters::HtmlSafe;
use domain::Instant;
use uuid::Uuid;

use crate::admin::operator::Operator;
use crate::texts::Texts;
use crate::views::address;

/// To the newest, if these are not, and to the next older ones, if there are any.
#[derive(Template)]
#[template(path = "admin/pager.html")]
pub(crate) struct Pager {
    name: String,
    newest: Option<(String, String)>,
    older: Option<(String, String)>,
}

impl HtmlSafe for Pager {}

/// The parameter that says where in a list a page begins.
const AFTER: &str = "after";

impl Pager {
    /// The way on from the operator's page of a list, whose next page begins after `next`.
    pub(crate) fn new(operator: &Operator, next: Option<(Instant, Uuid)>) -> Self {
        let texts = Texts(operator.language);
        let link = |after: Option<&str>, key: &str| {
            let kept = operator.query.iter().filter(|(name, value)| name != AFTER && !value.is_empty());
            let mut query = vec![("lang", operator.language.code())];
            query.extend(kept.map(|(name, value)| (name.as_str(), value.as_str())));
            query.extend(after.map(|after| (AFTER, after)));
            (address(&operator.path, &query), texts.get(key))
        };
        let next = next.map(|(at, id)| format!("{}.{id}", at.timestamp_micros()));
        Self {
            name: texts.get("admin-pages"),
            newest: (!operator.asked(AFTER).is_empty()).then(|| link(None, "admin-newest")),
            older: next.map(|next| link(Some(&next), "admin-older")),
        }
    }
}

/// The place in a list that the operator's address names; the beginning if it names none.
pub(crate) fn place(operator: &Operator) -> Option<(Instant, Uuid)> {
    let (micros, id) = operator.asked(AFTER).split_once('.')?;
    // Beyond this PostgreSQL has no timestamps.
    let micros = micros.parse().ok().filter(|micros| (0..=9_000_000_000_000_000).contains(micros))?;
    Some((Instant::from_timestamp_micros(micros)?, Uuid::try_parse(id).ok()?))
}
