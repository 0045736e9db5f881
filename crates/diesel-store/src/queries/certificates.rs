//! Looking certificates up.

use diesel::prelude::*;
use domain::{CampaignSlug, Certificate, CertificateNumber};

use super::{Conn, read};
use crate::error::QueryError;
use crate::rows::CertificateRow;
use crate::schema::{certificates, donations};

pub(crate) fn find(
    conn: &mut Conn,
    number: &CertificateNumber,
) -> Result<Option<(Certificate, CampaignSlug)>, QueryError> {
    let found: Option<(CertificateRow, String)> = read(conn, |conn| {
        certificates::table
            .inner_join(donations::table)
            .filter(certificates::number.eq(number.as_str()))
            .select((CertificateRow::as_select(), donations::campaign))
            .first(conn)
            .optional()
    })?;
    found
        .map(|(row, campaign)| {
            let campaign = CampaignSlug::parse(&campaign);
            let campaign = campaign.ok_or_else(|| QueryError::broken("donations.campaign holds no slug"))?;
            Ok((row.into_certificate()?, campaign))
        })
        .transpose()
}
