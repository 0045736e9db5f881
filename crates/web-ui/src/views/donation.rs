//! The return and status page.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use domain::donation::{AttemptState, Decline};
use domain::{Certificate, CertificateStatus, Donation, DonationState, Language};

use super::latest::day;
use super::layout::{Corner, Layout, Refresh};
use crate::answer::{Forms, html};
use crate::assets::HTMX;
use crate::money::money;
use crate::session::Visitor;
use crate::texts::{Arg, Texts};

/// Why the donor is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Visit {
    /// The page was opened.
    Opened,
    /// The gateway sent the donor back; since then the page has looked so many times.
    BackFromPaying {
        /// Counts the looks.
        looks: u32,
        /// What the gateway made of it.
        hint: Hint,
    },
    /// The gateway was asked for an order and did not make it.
    GatewayFailed,
}

/// What the address says came of paying. It decides for how long the page waits for news, never what the page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hint {
    /// The donor has paid.
    Paid,
    /// Anything else.
    NotPaid,
}

/// How often the page looks again by itself: for two minutes.
const MOST_LOOKS: u32 = 19;

/// How long it waits before its next look: ever longer, for a bank that has not answered soon takes its time.
const fn pause(looks: u32) -> u32 {
    2 + looks / 2
}

#[derive(Template)]
#[template(path = "donation.html")]
pub(crate) struct DonationPage {
    layout: Layout,
    id: String,
    /// The story's key: what a page that looks again has seen already.
    story: &'static str,
    /// Where the page looks for news.
    next_look: Option<Refresh>,
    /// Whether this is news for a page that stands there already.
    changed: bool,
    /// The status' stable word.
    word: &'static str,
    /// The status in the donor's words.
    status: String,
    picture: Picture,
    heading: String,
    leads: Vec<String>,
    notice: Option<String>,
    facts: Vec<Fact>,
    pay: Option<String>,
    link: Option<Link>,
    /// Where the certificate is, while there is a valid one.
    certificate: Option<String>,
    /// Whether to offer a new donation: only once this one has run its course.
    give_again: bool,
}

/// What is drawn above the heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Picture {
    Sprout,
    Tree,
    Wilted,
    FallenLeaf,
}

impl Picture {
    fn name(self) -> &'static str {
        match self {
            Self::Sprout => "sprout",
            Self::Tree => "tree",
            Self::Wilted => "wilted",
            Self::FallenLeaf => "fallen-leaf",
        }
    }
}

struct Fact {
    term: String,
    value: String,
    /// Nothing that a person reads out, only copies.
    small: bool,
}

struct Link {
    href: String,
    text: String,
}

/// What the page says of one state.
struct Story {
    /// The heading's key.
    key: &'static str,
    /// The key of the status in the donor's words, where it is not the status' own.
    status: Option<&'static str>,
    picture: Picture,
    heading: String,
    leads: Vec<String>,
    /// Whether news can be expected.
    waits: bool,
    /// The key of the button that leads to the checkout.
    pay: Option<&'static str>,
}

impl DonationPage {
    pub(crate) fn new((donation, visitor): (&Donation, &Visitor), visit: Visit, language: Language) -> Self {
        let texts = Texts(language);
        let path = format!("/donations/{}", donation.id);
        let story = story(donation, visit, texts);
        let of_status = format!("status-{}", donation.status().word());
        let mut layout = Layout::new(language, &story.heading, &path).seen_by(visitor, &path);
        layout.test_mode = donation.test_mode;
        let link = story.waits.then(|| look_again(&mut layout, &path, visit));
        let next_look = layout.refresh.as_ref().map(|refresh| Refresh {
            seconds: refresh.seconds,
            href: format!("{}&seen={}", refresh.href.replacen(&path, &format!("{path}/news"), 1), story.key),
        });
        if next_look.is_some() {
            layout.script = Some(&*HTMX);
        }
        Self {
            story: story.key,
            next_look,
            changed: false,
            id: donation.id.to_string(),
            word: donation.status().word(),
            status: story.status.map_or_else(|| texts.get(&of_status), |key| texts.get(key)),
            picture: story.picture,
            heading: story.heading,
            leads: story.leads,
            notice: (visit == Visit::GatewayFailed && story.pay.is_some()).then(|| texts.get("gateway-failed")),
            facts: facts(donation, texts),
            pay: story.pay.map(|key| texts.get(key)),
            link,
            certificate: valid_certificate(donation).map(|_| layout.page(&format!("{path}/certificate.pdf"))),
            give_again: donation.status().was_paid(),
            layout,
        }
    }

    pub(crate) fn answer(&self) -> HttpResponse {
        let forms = if self.pay.is_some() { Forms::ToCheckout } else { self.layout.forms() };
        html(self, StatusCode::OK, self.layout.language, forms)
    }
}

/// What has changed on a page that stands there already; nothing but its next look if nothing has.
#[derive(Template)]
#[template(path = "news.html")]
pub(crate) struct NewsPage(DonationPage);

impl std::ops::Deref for NewsPage {
    type Target = DonationPage;

    fn deref(&self) -> &DonationPage {
        &self.0
    }
}

impl NewsPage {
    /// What is new for a page that shows the story `seen`.
    pub(crate) fn new(page: DonationPage, seen: &str) -> Self {
        let changed = page.story != seen;
        Self(DonationPage { changed, ..page })
    }

    pub(crate) fn answer(&self) -> HttpResponse {
        html(self, StatusCode::OK, self.layout.language, Forms::None)
    }
}

/// Has the page look again by itself if the donor has just paid, but not for ever. Gives the way to stop it, or to look by
/// hand.
fn look_again(layout: &mut Layout, path: &str, visit: Visit) -> Link {
    let texts = Texts(layout.language);
    let here = |rest: &str| format!("{path}?lang={}{rest}", layout.language.code());
    match visit {
        Visit::BackFromPaying { looks, hint } if looks < MOST_LOOKS => {
            let stop = Link { href: here(""), text: texts.get("stop-refreshing") };
            let hint = if hint == Hint::Paid { "&result=success" } else { "" };
            let href = here(&format!("{hint}&look={}", looks + 1));
            layout.refresh = Some(Refresh { seconds: pause(looks), href });
            for link in &mut layout.languages {
                link.href.push_str(&format!("{hint}&look={looks}"));
            }
            stop
        }
        Visit::BackFromPaying { .. } => {
            Link { href: here(&format!("&look={MOST_LOOKS}")), text: texts.get("look-again") }
        }
        Visit::Opened | Visit::GatewayFailed => Link { href: here(""), text: texts.get("look-again") },
    }
}

fn story(donation: &Donation, visit: Visit, texts: Texts) -> Story {
    let mismatched = |state: &AttemptState| matches!(state, AttemptState::Mismatched(_));
    let plain = |picture, key: &'static str, leads: &[&str], pay| Story {
        key,
        status: None,
        picture,
        waits: picture == Picture::Sprout,
        heading: texts.get(key),
        leads: leads.iter().map(|key| texts.get(key)).collect(),
        pay,
    };
    match &donation.state {
        DonationState::Completed { .. } => completed(donation, texts),
        DonationState::PartiallyRefunded { refunded, .. } => {
            let left = donation.gift.trees_after_refund(*refunded);
            Story {
                key: "partly-refunded-heading",
                status: None,
                picture: Picture::Tree,
                heading: texts.get("partly-refunded-heading"),
                leads: vec![
                    texts.fill("partly-refunded-lead", &[("refunded", Arg::Money(*refunded))]),
                    texts.fill("partly-refunded-trees", &[("trees", Arg::Count(u64::from(left)))]),
                ],
                waits: false,
                pay: None,
            }
        }
        DonationState::Refunded { .. } => plain(Picture::FallenLeaf, "refunded-heading", &["refunded-lead"], None),
        // Money was taken, but not what was agreed: nothing more may be charged until a person has settled it.
        _ if donation.attempts.iter().any(|attempt| mismatched(&attempt.state)) => {
            let story = plain(Picture::FallenLeaf, "review-heading", &["review-lead"], None);
            Story { status: Some("status-review"), ..story }
        }
        DonationState::Failed(decline) => failed(decline, visit, texts),
        DonationState::Cancelled => plain(Picture::Wilted, "cancelled-heading", &["cancelled-lead"], Some("try-again")),
        DonationState::Pending | DonationState::AwaitingPayment => match visit {
            Visit::BackFromPaying { looks, .. } if looks < MOST_LOOKS => {
                plain(Picture::Sprout, "waiting-heading", &["waiting-lead", "waiting-unpaid"], Some("go-to-payment"))
            }
            Visit::BackFromPaying { .. } => {
                plain(Picture::Sprout, "waited-heading", &["waited-lead", "waiting-unpaid"], Some("go-to-payment"))
            }
            Visit::Opened | Visit::GatewayFailed => {
                plain(Picture::Sprout, "unpaid-heading", &["unpaid-lead"], Some("go-to-payment"))
            }
        },
    }
}

fn completed(donation: &Donation, texts: Texts) -> Story {
    let trees = [("trees", Arg::Count(u64::from(donation.gift.trees)))];
    let amount = [("amount", Arg::Money(donation.gift.amount))];
    Story {
        key: "completed-heading",
        status: None,
        picture: Picture::Tree,
        heading: texts.get("completed-heading"),
        leads: vec![texts.fill("completed-trees", &trees), texts.fill("completed-lead", &amount)],
        waits: false,
        pay: None,
    }
}

/// A decline may have been heard of before the payment that the donor made after it.
fn failed(decline: &Decline, visit: Visit, texts: Texts) -> Story {
    let waits = matches!(visit, Visit::BackFromPaying { looks, hint: Hint::Paid } if looks < MOST_LOOKS);
    let mut leads = vec![texts.get(&format!("failure-{}", decline.reason.word()))];
    if waits {
        leads.push(texts.get("failed-but-paid"));
    }
    Story {
        key: if waits { "failed-but-paid" } else { "failed-heading" },
        status: None,
        picture: Picture::Wilted,
        heading: texts.get("failed-heading"),
        leads,
        waits,
        pay: Some("try-again"),
    }
}

fn facts(donation: &Donation, texts: Texts) -> Vec<Fact> {
    let certificate = valid_certificate(donation);
    let refunded = donation.refunded();
    let trees = donation.gift.trees_after_refund(refunded);
    let facts = [
        ("fact-campaign", Some(donation.campaign_title.as_str().to_owned())),
        ("fact-amount", Some(money(donation.gift.amount))),
        ("fact-date", donation.state.completed_at().map(|at| day(at, texts.0))),
        ("fact-refunded", (!refunded.is_zero()).then(|| money(refunded))),
        ("fact-trees", Some(texts.trees(trees))),
        ("fact-name", Some(donation.name_on_certificate().to_owned())),
        ("fact-certificate", certificate.map(|certificate| certificate.number.to_string())),
        ("fact-email", Some(donation.donor.email.masked())),
        ("fact-number", Some(donation.id.to_string())),
    ];
    let fact = |(key, value): (&str, Option<String>)| {
        Some(Fact { term: texts.get(key), value: value?, small: key == "fact-number" })
    };
    facts.into_iter().filter_map(fact).collect()
}

fn valid_certificate(donation: &Donation) -> Option<&Certificate> {
    donation.certificate.as_ref().filter(|known| known.status == CertificateStatus::Valid)
}
