//! A campaign's page, with the form to give for it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use application::ShownCampaign;
use askama::Template;
use domain::ports::{GatewayMode, PublicDonation};
use domain::{CampaignState, Language};

use super::donate_form::{Field, Preset, TreeWords, fields, presets};
use super::latest::{LatestGift, day};
use super::layout::{Corner, Layout, ShareCard};
use super::picture::Picture;
use super::progress::Progress;
use crate::answer::{Forms, html};
use crate::assets::DONATE;
use crate::form::{FieldError, Typed};
use crate::pages::Pages;
use crate::session::Visitor;
use crate::texts::{Arg, Texts};

#[derive(Template)]
#[template(path = "campaign.html")]
pub(crate) struct CampaignPage {
    layout: Layout,
    /// Where an operator goes back to who only looks at how the page would be.
    preview: Option<String>,
    slug: String,
    title: String,
    text: Vec<String>,
    picture: Option<Picture>,
    price: String,
    price_value: i64,
    progress: Progress,
    latest: Vec<LatestGift>,
    closed: Option<Closed>,
    /// Whether there are other campaigns to lead to.
    others: bool,
    tree_words: TreeWords,
    limits: String,
    presets: Vec<Preset>,
    amount: Field,
    trees: String,
    /// The amount that we worked out for the donor.
    counted: Option<String>,
    once: String,
    /// Who gives, where somebody is signed in: then neither name nor address is asked for.
    donor: Option<String>,
    fields: Vec<Field>,
    anonymous: bool,
    errors: Vec<FieldError>,
}

/// Why there is no form.
struct Closed {
    heading: String,
    text: String,
}

/// What the page is made from.
pub(crate) struct CampaignVisit<'a> {
    /// The campaign.
    pub(crate) shown: &'a ShownCampaign,
    /// What was given for it last.
    pub(crate) latest: &'a [PublicDonation],
    /// Where the page is: its own address, or the site's first one.
    pub(crate) path: &'a str,
    /// What was typed.
    pub(crate) typed: &'a Typed,
    /// What is wrong with it.
    pub(crate) errors: Vec<FieldError>,
}

impl CampaignPage {
    pub(crate) fn new((pages, visitor): (&Pages, &Visitor), visit: CampaignVisit<'_>, language: Language) -> Self {
        let texts = Texts(language);
        let CampaignVisit { shown, typed, errors, .. } = visit;
        let campaign = &shown.campaign;
        let limits = pages.house.settings.limits;
        let limits = [("min", Arg::Money(limits.min)), ("max", Arg::Money(limits.max))];
        let offered: Vec<_> = shown.presets(&pages.house).collect();
        let (amount, mut fields) = fields(texts, typed, &errors);
        let donor = visitor.account.as_ref().map(|account| {
            fields.retain(|field| !field.required());
            let (name, email) = (account.name.to_string(), account.email.as_str().to_owned());
            texts.fill("giving-as", &[("name", Arg::Text(name)), ("email", Arg::Text(email))])
        });
        let title = campaign.title.get(language).as_str().to_owned();
        Self {
            layout: layout(pages, visit.path, shown, (language, errors.is_empty())).seen_by(visitor, visit.path),
            preview: None,
            slug: campaign.slug.as_str().to_owned(),
            title,
            text: campaign.text.get(language).paragraphs().map(str::to_owned).collect(),
            picture: Picture::of(campaign, language),
            price: texts.fill("price", &[("price", Arg::Money(campaign.price_per_tree))]),
            price_value: campaign.price_per_tree.get(),
            progress: Progress::new(shown, texts),
            latest: visit.latest.iter().map(|gift| LatestGift::new(gift, texts)).collect(),
            closed: closed(shown, texts),
            others: visit.path != "/",
            tree_words: TreeWords::new(texts),
            limits: texts.fill("amount-limits", &limits),
            presets: presets(&offered, campaign, typed, texts),
            amount,
            trees: typed.trees.clone(),
            counted: typed.count.then(|| typed.amount.clone()),
            once: hex::encode(&pages.house.ids.secret()[..16]),
            donor,
            fields,
            anonymous: typed.anonymous,
            errors,
        }
    }

    /// For an operator, whether or not it is public; nothing can be sent from it.
    pub(crate) fn previewed(mut self, back: &str) -> Self {
        self.layout.script = None;
        self.layout.card = None;
        self.preview = Some(self.layout.page(back));
        self
    }

    pub(crate) fn answer(&self, status: StatusCode) -> HttpResponse {
        let forms = if self.closed.is_some() { self.layout.forms() } else { Forms::ToCheckout };
        html(self, status, self.layout.language, forms)
    }

    /// The error summary leads to the first thing that can be changed.
    fn amount_failed(&self) -> bool {
        self.amount.error.is_some()
    }
}

fn layout(pages: &Pages, path: &str, shown: &ShownCampaign, (language, good): (Language, bool)) -> Layout {
    let texts = Texts(language);
    let campaign = &shown.campaign;
    let title = campaign.title.get(language).as_str();
    let window =
        if good { title.to_owned() } else { texts.fill("error-title", &[("title", Arg::Text(title.to_owned()))]) };
    let mut layout = Layout::new(language, &window, path);
    layout.test_mode = pages.house.gateway.mode() == GatewayMode::Test;
    layout.script = (shown.state == CampaignState::Open).then_some(&*DONATE);
    let text = campaign.text.get(language).paragraphs().next().map(str::to_owned);
    let whole = |path: String| format!("{}{path}", pages.backend_url);
    layout.card = Some(ShareCard {
        title: title.to_owned(),
        description: text.unwrap_or_else(|| texts.get("donate-lead")),
        url: whole(format!("/campaigns/{}?lang={}", campaign.slug.as_str(), language.code())),
        picture: Picture::of(campaign, language).map(|picture| whole(picture.src)),
    });
    layout
}

fn closed(shown: &ShownCampaign, texts: Texts) -> Option<Closed> {
    let (heading, text, at) = match shown.state {
        CampaignState::Open => return None,
        CampaignState::Upcoming => ("campaign-upcoming-heading", "campaign-upcoming-text", shown.campaign.starts_at),
        CampaignState::Closed => ("campaign-closed-heading", "campaign-closed-text", shown.campaign.ends_at),
    };
    let date = at.map(|at| day(at, texts.0)).unwrap_or_default();
    let said = [("date", Arg::Text(date)), ("raised", Arg::Money(shown.progress.raised))];
    Some(Closed { heading: texts.get(heading), text: texts.fill(text, &said) })
}
