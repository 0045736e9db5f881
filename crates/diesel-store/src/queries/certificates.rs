//! Looking certificates up.

use diesel::prelude::*;
use domain::ports::FiledCertificate;
use domain::{CertificateNumber, CertificateStatus};

use super::{Conn, read};
use crate::error::QueryError;
use crate::rows::{CertificateRow, FiledRow};
use crate::schema::{certificates, donations};

pub(crate) fn find(conn: &mut Conn, number: &CertificateNumber) -> Result<Option<FiledCertificate>, QueryError> {
    read(conn, |conn| {
        let found: Option<(CertificateRow, FiledRow)> = certificates::table
            .inner_join(donations::table)
            .filter(certificates::number.eq(number.as_str()))
            .select((CertificateRow::as_select(), FiledRow::as_select()))
            .first(conn)
            .optional()?;
        let Some((row, filed)) = found else { return Ok(None) };
        let next = if row.status == CertificateStatus::Replaced.word() { after(conn, &row)? } else { None };
        filed.into_filed(row, next).map(Some)
    })
}

/// The number of the donation's next certificate.
fn after(conn: &mut Conn, row: &CertificateRow) -> QueryResult<Option<String>> {
    certificates::table
        .filter(certificates::donation_id.eq(row.donation_id))
        .filter(certificates::donation_version.gt(row.donation_version))
        .order(certificates::donation_version)
        .select(certificates::number)
        .first(conn)
        .optional()
}
