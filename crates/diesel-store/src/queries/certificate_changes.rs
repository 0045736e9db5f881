//! What becomes of a donation's certificate, and the numbers that certificates get.

use diesel::prelude::*;
use domain::{CertificateChange, CertificateDraft, CertificateStatus, Donation};

use super::Conn;
use crate::error::QueryError;
use crate::rows::CertificateRow;
use crate::schema::{certificate_sequences, certificates};
use crate::types::Id;

pub(super) fn change_certificate(
    conn: &mut Conn,
    donation: &Donation,
    change: &CertificateChange,
) -> Result<(), QueryError> {
    match change {
        CertificateChange::Issue(draft) => issue(conn, donation, draft),
        CertificateChange::Replace(draft) => {
            end_valid(conn, donation, CertificateStatus::Replaced)?;
            issue(conn, donation, draft)
        }
        CertificateChange::Withdraw => end_valid(conn, donation, CertificateStatus::Withdrawn),
        CertificateChange::Rename(name) => {
            let all = certificates::table.filter(certificates::donation_id.eq(Id(donation.id.0)));
            diesel::update(all).set(certificates::name.eq(name)).execute(conn)?;
            Ok(())
        }
    }
}

fn issue(conn: &mut Conn, donation: &Donation, draft: &CertificateDraft) -> Result<(), QueryError> {
    let year = draft.year();
    let sequence = next_number(conn, draft.series(), year)?;
    diesel::insert_into(certificates::table)
        .values(CertificateRow::issued(donation, draft, (year, sequence)))
        .execute(conn)?;
    Ok(())
}

/// The next number of a series and year. Its row stays locked until the transaction ends, so that a number is given
/// again if the transaction that took it is rolled back: there are no gaps.
fn next_number(conn: &mut Conn, series: &str, year: i32) -> Result<i64, QueryError> {
    use certificate_sequences as sequences;
    let number = diesel::insert_into(sequences::table)
        .values((sequences::series.eq(series), sequences::year.eq(i64::from(year)), sequences::last.eq(1_i64)))
        .on_conflict((sequences::series, sequences::year))
        .do_update()
        .set(sequences::last.eq(sequences::last + 1_i64))
        .returning(sequences::last)
        .get_result(conn)?;
    Ok(number)
}

fn end_valid(conn: &mut Conn, donation: &Donation, status: CertificateStatus) -> Result<(), QueryError> {
    let valid = certificates::table
        .filter(certificates::donation_id.eq(Id(donation.id.0)))
        .filter(certificates::status.eq(CertificateStatus::Valid.word()));
    let ended = diesel::update(valid).set(certificates::status.eq(status.word())).execute(conn)?;
    match ended {
        1 => Ok(()),
        _ => Err(QueryError::broken("the donation has no valid certificate to end")),
    }
}
