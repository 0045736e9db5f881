//! Campaigns and their pictures.

use diesel::prelude::*;
use domain::ports::InsertCampaign;
use domain::{Campaign, CampaignSlug, Picture, PictureName};

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
        for picture in pictures {
            // The same picture may have been named for several languages.
            diesel::insert_into(campaign_pictures::table)
                .values(PictureRow::of(&campaign.slug, picture))
                .on_conflict_do_nothing()
                .execute(conn)?;
        }
        Ok(InsertCampaign::Inserted)
    })
}

pub(crate) fn find(conn: &mut Conn, slug: &CampaignSlug) -> Result<Option<Campaign>, QueryError> {
    let found: Option<CampaignRow> = read(conn, |conn| {
        campaigns::table.find(slug.as_str()).select(CampaignRow::as_select()).first(conn).optional()
    })?;
    found.map(CampaignRow::into_campaign).transpose()
}

pub(crate) fn list(conn: &mut Conn) -> Result<Vec<Campaign>, QueryError> {
    let rows: Vec<CampaignRow> = read(conn, |conn| campaigns::table.select(CampaignRow::as_select()).load(conn))?;
    let mut campaigns = rows.into_iter().map(CampaignRow::into_campaign).collect::<Result<Vec<_>, _>>()?;
    // Here, since a database may sort slugs by the rules of some language.
    campaigns.sort_by(|a, b| (a.position, &a.slug).cmp(&(b.position, &b.slug)));
    Ok(campaigns)
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
