//! Letters to accounts. None repeats the name that was given with the account: until the address is proved it may be anybody's words
//! to a stranger.

use super::Content;
use super::texts::{Arg, Texts};

pub(super) fn confirm_email(texts: Texts, link: &str, valid_days: u32) -> Content {
    Content {
        subject: texts.get("confirm-subject"),
        heading: texts.get("confirm-heading"),
        greeting: texts.get("hello"),
        paragraphs: vec![texts.get("confirm-lead")],
        facts: Vec::new(),
        links: vec![(texts.get("confirm-button"), link.to_owned())],
        notes: vec![texts.fill("confirm-valid", &[("days", Arg::Count(valid_days))]), texts.get("confirm-not-you")],
        why: texts.get("why-account"),
        test: None,
    }
}

pub(super) fn reset_password(texts: Texts, link: &str, valid_hours: u32) -> Content {
    Content {
        subject: texts.get("reset-subject"),
        heading: texts.get("reset-heading"),
        greeting: texts.get("hello"),
        paragraphs: vec![texts.get("reset-lead")],
        facts: Vec::new(),
        links: vec![(texts.get("reset-button"), link.to_owned())],
        notes: vec![texts.fill("reset-valid", &[("hours", Arg::Count(valid_hours))]), texts.get("reset-not-you")],
        why: texts.get("why-account"),
        test: None,
    }
}
