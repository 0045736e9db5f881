//! Campaigns as those see them who look after them, and numbers over time.

use domain::PictureKind;
use domain::donation::DeclineReason;
use domain::reconciliation::Bucket;
use serde_json::{Value, json};

use super::admin::{change, look};
use super::donations::languages;
use super::operation::Operation;
use super::public::{campaign, with_latest};
use super::schema::{
    date, described, extended, flag, line, list_of, number, object, one_of, or_null, page_of, reference, strict_input,
    tenge, text,
};
use crate::problem::Code;

pub(super) fn operations() -> Vec<Operation> {
    let one = "/api/admin/campaigns/{slug}";
    let shown = |operation: Operation, status, about| {
        operation.answers(status, about, "ManagedCampaign").with_header(status, "ETag")
    };
    let changed =
        |operation: Operation| shown(operation.problems(&[Code::ChangedMeanwhile]), 200, "The campaign as it is now.");
    let created = change("/api/admin/campaigns", "createCampaign")
        .does("Makes a campaign.")
        .body("NewCampaign")
        .problems(&[Code::SlugTaken]);
    let closed = change("/api/admin/campaigns/{slug}/close", "closeCampaign")
        .does("Ends a campaign now.")
        .problems(&[Code::CampaignNotStarted]);
    vec![
        look("/api/admin/campaigns", "listManagedCampaigns").does("Every campaign, drafts among them.").answers(
            200,
            "All on one page.",
            "ManagedCampaignPage",
        ),
        shown(created, 201, "The campaign.").with_header(201, "Location"),
        shown(look(one, "readManagedCampaign").does("A campaign."), 200, "The campaign."),
        changed(
            change(one, "changeCampaign")
                .by("patch")
                .does("Changes what is named, and leaves the rest.")
                .note("Null takes a goal, a start or an end away. The price stays once donations have been made at it.")
                .versioned()
                .body("CampaignChange")
                .problems(&[Code::PriceFixed]),
        ),
        look("/api/admin/campaigns/{slug}/preview", "previewCampaign")
            .does("What everybody would see of a campaign.")
            .query("lang", "In which language its page reads.", languages())
            .answers(200, "The campaign.", "CampaignPreview"),
        changed(closed),
        changed(picture()),
        changed(
            change("/api/admin/campaigns/{slug}/picture", "removeCampaignPicture")
                .by("delete")
                .does("Takes the picture away.")
                .versioned(),
        ),
        look("/api/admin/stats", "readSeries")
            .does("Numbers over time, for charts.")
            .query("from", "The first day, in Kazakhstan; thirty days before `to` if it is left out.", date())
            .query("to", "The day after the last one; tomorrow if it is left out.", date())
            .query("bucket", "What is counted together.", one_of(Bucket::ALL.map(Bucket::word)))
            .answers(200, "The numbers.", "Series"),
    ]
}

fn picture() -> Operation {
    let taken = PictureKind::ALL.into_iter().filter(|kind| *kind != PictureKind::Svg).map(PictureKind::media_type);
    let alt =
        |operation: Operation, name| operation.required_query(name, "What is on it, in this language.", line(1, 300));
    let set = change("/api/admin/campaigns/{slug}/picture", "setCampaignPicture")
        .by("put")
        .does("Gives a campaign a picture: the body is the file, of at most 1 MiB.")
        .versioned()
        .file(&taken.collect::<Vec<_>>());
    ["alt_kk", "alt_ru", "alt_en"].into_iter().fold(set, alt)
}

pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let page = json!({
        "language": languages(), "title": text(), "paragraphs": list_of(&text()), "picture_url": or_null(text()),
        "picture_alt": or_null(text()),
    });
    vec![
        ("ManagedCampaign", managed()),
        ("ManagedCampaignPage", page_of("ManagedCampaign")),
        ("CampaignPreview", extended(&with_latest(), json!({"page": object(page)}))),
        ("NewCampaign", new_campaign()),
        ("CampaignChange", campaign_change()),
        ("LocalisedTitle", in_each_language(&line(1, 200))),
        ("LocalisedText", in_each_language(&json!({"type": "string", "maxLength": 4000}))),
        ("LocalisedAlt", in_each_language(&line(1, 300))),
        ("Figures", figures()),
        ("Series", series()),
    ]
}

fn managed() -> Value {
    let more = json!({
        "position": number(0), "draft": flag(), "state": one_of(["draft", "upcoming", "open", "closed"]),
        "donated_under": described(flag(), "Whether donations have been made at its price, which then stays."),
        "donations": number(0), "version": number(0),
    });
    extended(&campaign(), more)
}

fn in_each_language(one: &Value) -> Value {
    strict_input(json!({"kk": one, "ru": one, "en": one}), json!({}))
}

fn presets() -> Value {
    json!({"type": "array", "items": tenge(1), "maxItems": 12})
}

fn place() -> Value {
    json!({"type": "integer", "minimum": 0, "maximum": u32::MAX})
}

fn time() -> Value {
    json!({"type": "string", "format": "date-time"})
}

fn new_campaign() -> Value {
    let slug = json!({"type": "string", "pattern": "^[a-z0-9-]{1,64}$"});
    strict_input(
        json!({"slug": slug, "title": reference("LocalisedTitle"), "price_per_tree": tenge(1)}),
        json!({
            "text": reference("LocalisedText"), "goal": tenge(1), "presets": presets(), "starts_at": time(), "ends_at": time(),
            "position": place(), "draft": flag(),
        }),
    )
}

fn campaign_change() -> Value {
    strict_input(
        json!({}),
        json!({
            "title": reference("LocalisedTitle"), "text": reference("LocalisedText"), "picture_alt": reference("LocalisedAlt"),
            "price_per_tree": tenge(1), "goal": tenge(1), "presets": presets(), "starts_at": time(), "ends_at": time(),
            "position": place(), "draft": flag(), "version": described(number(0), "The version that the caller has seen."),
        }),
    )
}

fn figures() -> Value {
    object(json!({
        "started": number(0), "converted": number(0),
        "conversion_percent": or_null(json!({"type": "integer", "minimum": 0, "maximum": 100})), "paid": number(0),
        "amount": tenge(0), "refunded": tenge(0), "net": described(json!({"type": "integer"}), "Whole tenge."),
        "trees": number(0), "donors": number(0),
    }))
}

fn series() -> Value {
    let bucket = extended(&figures(), json!({"from": date(), "to": date()}));
    let reason = json!({"reason": one_of(DeclineReason::ALL.map(DeclineReason::word)), "count": number(0)});
    object(json!({
        "from": date(), "to": date(), "bucket": one_of(Bucket::ALL.map(Bucket::word)), "totals": reference("Figures"),
        "buckets": list_of(&bucket), "decline_reasons": list_of(&object(reason)),
    }))
}
