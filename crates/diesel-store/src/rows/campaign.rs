//! A campaign, its pictures, and what everybody may see of a donation for it.

use diesel::prelude::*;
use domain::ports::PublicDonation;
use domain::{
    Campaign, CampaignPicture, CampaignSlug, DonorEmail, Gift, LineText, Localised, Paragraphs, Picture, PictureKind,
    PictureName, Tenge,
};
use serde_json::Value;

use super::{count, known, line, optional_line, tenge};
use crate::error::QueryError;
use crate::schema::{campaign_pictures, campaigns, donations};
use crate::types::{At, Json};

/// A row of `campaigns`.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = campaigns, treat_none_as_null = true)]
pub(crate) struct CampaignRow {
    slug: String,
    position: i64,
    title_kk: String,
    title_ru: String,
    title_en: String,
    text_kk: String,
    text_ru: String,
    text_en: String,
    picture_kk: Option<String>,
    picture_ru: Option<String>,
    picture_en: Option<String>,
    alt_kk: Option<String>,
    alt_ru: Option<String>,
    alt_en: Option<String>,
    price_per_tree: i64,
    goal: Option<i64>,
    presets: Json,
    starts_at: Option<At>,
    ends_at: Option<At>,
    version: i64,
    draft: bool,
}

impl CampaignRow {
    pub(crate) fn of(campaign: &Campaign) -> Self {
        let title = campaign.title.map(ToString::to_string);
        let text = campaign.text.map(|text| text.as_str().to_owned());
        let name = campaign.picture.as_ref().map(|picture| picture.name.map(|name| name.as_str().to_owned()));
        let alt = campaign.picture.as_ref().map(|picture| picture.alt.map(ToString::to_string));
        let (picture_kk, picture_ru, picture_en) = in_columns(name);
        let (alt_kk, alt_ru, alt_en) = in_columns(alt);
        Self {
            slug: campaign.slug.as_str().to_owned(),
            position: campaign.position.into(),
            title_kk: title.kk,
            title_ru: title.ru,
            title_en: title.en,
            text_kk: text.kk,
            text_ru: text.ru,
            text_en: text.en,
            picture_kk,
            picture_ru,
            picture_en,
            alt_kk,
            alt_ru,
            alt_en,
            price_per_tree: campaign.price_per_tree.get(),
            goal: campaign.goal.map(Tenge::get),
            presets: Json(campaign.presets.iter().map(|amount| Value::from(amount.get())).collect()),
            starts_at: campaign.starts_at.map(At),
            ends_at: campaign.ends_at.map(At),
            version: campaign.version,
            draft: campaign.draft,
        }
    }

    pub(crate) fn into_campaign(self) -> Result<Campaign, QueryError> {
        let picture = self.picture()?;
        Ok(Campaign {
            slug: known("campaigns.slug", &self.slug, CampaignSlug::parse)?,
            position: count("campaigns.position", self.position)?,
            title: Localised {
                kk: line("campaigns.title_kk", &self.title_kk)?,
                ru: line("campaigns.title_ru", &self.title_ru)?,
                en: line("campaigns.title_en", &self.title_en)?,
            },
            text: Localised {
                kk: paragraphs("campaigns.text_kk", &self.text_kk)?,
                ru: paragraphs("campaigns.text_ru", &self.text_ru)?,
                en: paragraphs("campaigns.text_en", &self.text_en)?,
            },
            picture,
            price_per_tree: tenge("campaigns.price_per_tree", self.price_per_tree)?,
            goal: self.goal.map(|goal| tenge("campaigns.goal", goal)).transpose()?,
            presets: presets(&self.presets.0)?,
            starts_at: self.starts_at.map(|at| at.0),
            ends_at: self.ends_at.map(|at| at.0),
            draft: self.draft,
            version: self.version,
        })
    }

    fn picture(&self) -> Result<Option<CampaignPicture>, QueryError> {
        let (Some(kk), Some(ru), Some(en)) = (&self.picture_kk, &self.picture_ru, &self.picture_en) else {
            return Ok(None);
        };
        let name = |column, text: &str| known(column, text, PictureName::parse);
        let alt = |column, text: &Option<String>| line(column, text.as_deref().unwrap_or_default());
        Ok(Some(CampaignPicture {
            name: Localised {
                kk: name("campaigns.picture_kk", kk)?,
                ru: name("campaigns.picture_ru", ru)?,
                en: name("campaigns.picture_en", en)?,
            },
            alt: Localised {
                kk: alt("campaigns.alt_kk", &self.alt_kk)?,
                ru: alt("campaigns.alt_ru", &self.alt_ru)?,
                en: alt("campaigns.alt_en", &self.alt_en)?,
            },
        }))
    }
}

fn in_columns(texts: Option<Localised<String>>) -> (Option<String>, Option<String>, Option<String>) {
    texts.map_or((None, None, None), |Localised { kk, ru, en }| (Some(kk), Some(ru), Some(en)))
}

fn paragraphs<const MAX: usize>(column: &str, text: &str) -> Result<Paragraphs<MAX>, QueryError> {
    known(column, text, |text| Paragraphs::parse(text).ok())
}

fn presets(list: &Value) -> Result<Vec<Tenge>, QueryError> {
    let amount = |number: &Value| number.as_i64().and_then(|number| Tenge::from_i64(number).ok());
    let amounts: Option<Vec<_>> = list.as_array().and_then(|list| list.iter().map(amount).collect());
    amounts.ok_or_else(|| QueryError::broken("campaigns.presets holds no list of amounts"))
}

/// A row of `campaign_pictures`.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = campaign_pictures)]
pub(crate) struct PictureRow {
    campaign: String,
    name: String,
    kind: String,
    bytes: Vec<u8>,
}

impl PictureRow {
    pub(crate) fn of(campaign: &CampaignSlug, picture: &Picture) -> Self {
        Self {
            campaign: campaign.as_str().to_owned(),
            name: picture.name.as_str().to_owned(),
            kind: picture.kind.media_type().to_owned(),
            bytes: picture.bytes.clone(),
        }
    }

    pub(crate) fn into_picture(self) -> Result<Picture, QueryError> {
        Ok(Picture {
            name: known("campaign_pictures.name", &self.name, PictureName::parse)?,
            kind: known("campaign_pictures.kind", &self.kind, PictureKind::from_media_type)?,
            bytes: self.bytes,
        })
    }
}

/// What of a row of `donations` becomes public.
#[derive(Queryable, Selectable)]
#[diesel(table_name = donations)]
pub(crate) struct PublicDonationRow {
    donor_name: String,
    donor_email: String,
    certificate_name: Option<String>,
    anonymous: bool,
    message: Option<String>,
    amount: i64,
    refunded_amount: i64,
    trees: i64,
    price_per_tree: i64,
    completed_at: Option<At>,
}

impl PublicDonationRow {
    pub(crate) fn into_donation(self) -> Result<PublicDonation, QueryError> {
        let gift = Gift {
            amount: tenge("donations.amount", self.amount)?,
            trees: count("donations.trees", self.trees)?,
            price_per_tree: tenge("donations.price_per_tree", self.price_per_tree)?,
        };
        let refunded = tenge("donations.refunded_amount", self.refunded_amount)?;
        let forgotten = DonorEmail::restore(&self.donor_email).is_ok_and(|email| email.is_erased());
        let name: LineText<120> =
            line("donations.donor_name", self.certificate_name.as_ref().unwrap_or(&self.donor_name))?;
        let completed_at = self.completed_at.ok_or_else(|| QueryError::broken("donations.completed_at is missing"))?;
        Ok(PublicDonation {
            name: (!self.anonymous && !forgotten).then_some(name),
            amount: gift.amount.saturating_sub(refunded),
            trees: gift.trees_after_refund(refunded),
            message: optional_line("donations.message", self.message.as_deref())?,
            completed_at: completed_at.0,
        })
    }
}
