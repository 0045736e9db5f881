//! Campaigns and their pictures.

use diesel::prelude::*;
use domain::ports::{InsertCampaign, KeptCampaign, SaveCampaign};
use domain::{Campaign, CampaignSlug, Donation, Language, Picture, PictureName};

use super::{Conn, read, write};
use crate::error::QueryError;
use crate::rows::{CampaignRow, PictureRow};
use crate::schema::{campaign_pictures, campaigns};

pub(crate) fn insert_if_absent(
    conn: &mut Conn,
    campaign: &Campaign,
    pictures: &[Picture],
) -> Result<InsertCampaign, QueryError> {
    write(conn, |conn| {
        let inserted = diesel::insert_into(campaigns::table)
            .values(CampaignRow::of(campaign))
            .on_conflict_do_nothing()
            .execute(conn)?;
        if inserted == 0 {
            return Ok(InsertCampaign::AlreadyThere);
        }
        keep_pictures(conn, &campaign.slug, pictures)?;
        Ok(InsertCampaign::Inserted)
    })
}

/// The same picture may have been named for several languages, or be there.
fn keep_pictures(conn: &mut Conn, slug: &CampaignSlug, pictures: &[Picture]) -> Result<(), QueryError> {
    for picture in pictures {
        diesel::insert_into(campaign_pictures::table)
            .values(PictureRow::of(slug, picture))
            .on_conflict_do_nothing()
            .execute(conn)?;
    }
    Ok(())
}

/// Holds the campaign's row before it looks: a donation that is being made under it at this instant is waited for, and one that comes
/// later waits.
pub(crate) fn update(conn: &mut Conn, campaign: &Campaign, pictures: &[Picture]) -> Result<SaveCampaign, QueryError> {
    write(conn, |conn| {
        let stored = campaigns::table.filter(campaigns::slug.eq(campaign.slug.as_str()));
        let stored = stored.filter(campaigns::version.eq(campaign.version - 1));
        let fixed = stored.select((campaigns::donated_under, campaigns::price_per_tree));
        let fixed: Option<(bool, i64)> = held!(fixed).first(conn).optional()?;
        let Some((donated_under, price)) = fixed else { return Ok(SaveCampaign::Conflict) };
        if donated_under && (campaign.draft || campaign.price_per_tree.get() != price) {
            return Ok(SaveCampaign::DonatedUnder);
        }
        diesel::update(campaigns::table.find(campaign.slug.as_str())).set(CampaignRow::of(campaign)).execute(conn)?;
        keep_pictures(conn, &campaign.slug, pictures)?;
        let named =
            campaign.picture.iter().flat_map(|picture| Language::ALL.map(|language| picture.name.get(language)));
        let named: Vec<_> = named.map(PictureName::as_str).collect();
        let others = campaign_pictures::table.filter(campaign_pictures::campaign.eq(campaign.slug.as_str()));
        diesel::delete(others.filter(campaign_pictures::name.ne_all(named))).execute(conn)?;
        Ok(SaveCampaign::Saved)
    })
}

/// Whether the donation's campaign has its price, and is public; so is one that is not kept here.
pub(super) fn stands_for(conn: &mut Conn, donation: &Donation) -> QueryResult<bool> {
    let kept = campaigns::table.find(donation.campaign.as_str()).select((campaigns::price_per_tree, campaigns::draft));
    let kept: Option<(i64, bool)> = kept.first(conn).optional()?;
    Ok(kept.is_none_or(|(price, draft)| price == donation.gift.price_per_tree.get() && !draft))
}

pub(crate) fn find(conn: &mut Conn, slug: &CampaignSlug) -> Result<Option<Campaign>, QueryError> {
    Ok(find_any(conn, slug)?.map(|kept| kept.campaign).filter(|campaign| !campaign.draft))
}

pub(crate) fn find_any(conn: &mut Conn, slug: &CampaignSlug) -> Result<Option<KeptCampaign>, QueryError> {
    let found: Option<(CampaignRow, bool)> = read(conn, |conn| {
        let columns = (CampaignRow::as_select(), campaigns::donated_under);
        campaigns::table.find(slug.as_str()).select(columns).first(conn).optional()
    })?;
    found.map(into_kept).transpose()
}

pub(crate) fn list(conn: &mut Conn) -> Result<Vec<Campaign>, QueryError> {
    let all = list_all(conn)?.into_iter().map(|kept| kept.campaign);
    Ok(all.filter(|campaign| !campaign.draft).collect())
}

pub(crate) fn list_all(conn: &mut Conn) -> Result<Vec<KeptCampaign>, QueryError> {
    let rows: Vec<(CampaignRow, bool)> =
        read(conn, |conn| campaigns::table.select((CampaignRow::as_select(), campaigns::donated_under)).load(conn))?;
    let mut all = rows.into_iter().map(into_kept).collect::<Result<Vec<_>, _>>()?;
    // Here, since a database may sort slugs by the rules of some language.
    all.sort_by(|KeptCampaign { campaign: a, .. }, KeptCampaign { campaign: b, .. }| {
        (a.position, &a.slug).cmp(&(b.position, &b.slug))
    });
    Ok(all)
}

fn into_kept((row, donated_under): (CampaignRow, bool)) -> Result<KeptCampaign, QueryError> {
    Ok(KeptCampaign { campaign: row.into_campaign()?, donated_under })
}

pub(crate) fn picture(conn: &mut Conn, slug: &CampaignSlug, name: &PictureName) -> Result<Option<Picture>, QueryError> {
    let found: Option<PictureRow> = read(conn, |conn| {
        campaign_pictures::table
            .find((slug.as_str(), name.as_str()))
            .select(PictureRow::as_select())
            .first(conn)
            .optional()
    })?;
    found.map(PictureRow::into_picture).transpose()
}
