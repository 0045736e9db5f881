//! The books of a period, each table by itself. Another one is asked for the kind of money and for the day alone.

use diesel::dsl::{count_star, min, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};
use domain::books::{BookedCertificate, BookedDonation, BookedPayment, BookedRefund, DayFigures};
use domain::donation::DonationStatus;
use domain::ports::{BookQuery, GatewayMode};
use domain::reconciliation::Day;
use domain::{CertificateNumber, CertificateStatus, DonationId, RefundId, RefundStatus};
use uuid::Uuid;

use super::{Conn, read};
use crate::error::QueryError;
use crate::rows::{BookedCertificateRow, BookedDonationRow, BookedPaymentRow, BookedRefundRow};
use crate::schema::{attempts, certificates, donations, refunds};
use crate::types::{At, DbTimestamp, Id};

diesel::define_sql_function! {
    /// The first of them that is there.
    #[sql_name = "COALESCE"]
    fn earlier_known(one: Nullable<DbTimestamp>, other: Nullable<DbTimestamp>) -> Nullable<DbTimestamp>;
}

diesel::define_sql_function! {
    /// The first of them that is there.
    #[sql_name = "COALESCE"]
    fn known(one: Nullable<DbTimestamp>, other: Nullable<DbTimestamp>, last: DbTimestamp) -> DbTimestamp;
}

/// When a donation was first paid. A macro, since no words of Diesel's for its type are shorter.
macro_rules! first_paid_at {
    () => {
        attempts::table
            .filter(attempts::donation_id.eq(donations::id))
            .filter(attempts::state.eq("paid"))
            .select(min(attempts::paid_at))
            .single_value()
    };
}

const PAID: [DonationStatus; 3] =
    [DonationStatus::Completed, DonationStatus::PartiallyRefunded, DonationStatus::Refunded];

/// The nil UUID comes before every other, and names nothing.
fn after_id(after: Option<Uuid>) -> Id {
    Id(after.unwrap_or(Uuid::nil()))
}

fn is_test(money: GatewayMode) -> bool {
    money == GatewayMode::Test
}

pub(crate) fn payments(
    conn: &mut Conn,
    query: &BookQuery,
    after: Option<(DonationId, u32)>,
) -> Result<Vec<BookedPayment>, QueryError> {
    let (id, number) = (after_id(after.map(|(id, _)| id.0)), after.map_or(0, |(_, number)| i64::from(number)));
    let later = attempts::donation_id.gt(id).or(attempts::donation_id.eq(id).and(attempts::number.gt(number)));
    let rows: Vec<BookedPaymentRow> = read(conn, |conn| {
        attempts::table
            .inner_join(donations::table)
            .filter(attempts::state.eq_any(["paid", "mismatched"]))
            .filter(attempts::paid_at.ge(At(query.span.from)).and(attempts::paid_at.lt(At(query.span.until))))
            .filter(donations::test_mode.eq(is_test(query.money)))
            .filter(attempts::donation_id.ge(id))
            .filter(later)
            .order((attempts::donation_id, attempts::number))
            .limit(query.limit.into())
            .select(BookedPaymentRow::as_select())
            .load(conn)
    })?;
    rows.into_iter().map(BookedPaymentRow::into_booked).collect()
}

pub(crate) fn refunds(
    conn: &mut Conn,
    query: &BookQuery,
    after: Option<RefundId>,
) -> Result<Vec<BookedRefund>, QueryError> {
    let paid = attempts::donation_id
        .eq(refunds::donation_id)
        .and(attempts::number.eq(refunds::attempt_number))
        .and(attempts::state.eq("paid"));
    let at = known(attempts::paid_at.nullable(), None::<At>, refunds::created_at);
    let rows: Vec<BookedRefundRow> = read(conn, |conn| {
        refunds::table
            .inner_join(donations::table)
            .left_join(attempts::table.on(paid))
            .filter(refunds::status.eq(RefundStatus::Succeeded.word()))
            .filter(at.ge(At(query.span.from)).and(at.lt(At(query.span.until))))
            .filter(donations::test_mode.eq(is_test(query.money)))
            .filter(refunds::id.gt(after_id(after.map(|after| after.0))))
            .order(refunds::id)
            .limit(query.limit.into())
            .select(BookedRefundRow::as_select())
            .load(conn)
    })?;
    rows.into_iter().map(BookedRefundRow::into_booked).collect()
}

pub(crate) fn donations(
    conn: &mut Conn,
    query: &BookQuery,
    after: Option<DonationId>,
) -> Result<Vec<BookedDonation>, QueryError> {
    let at = || earlier_known(first_paid_at!(), donations::completed_at);
    let rows: Vec<BookedDonationRow> = read(conn, |conn| {
        donations::table
            .filter(donations::status.eq_any(PAID.map(DonationStatus::word)))
            .filter(at().ge(At(query.span.from)).and(at().lt(At(query.span.until))))
            .filter(donations::test_mode.eq(is_test(query.money)))
            .filter(donations::id.gt(after_id(after.map(|after| after.0))))
            .order(donations::id)
            .limit(query.limit.into())
            .select(BookedDonationRow::as_select())
            .load(conn)
    })?;
    rows.into_iter().map(BookedDonationRow::into_booked).collect()
}

pub(crate) fn certificates(
    conn: &mut Conn,
    query: &BookQuery,
    after: Option<&CertificateNumber>,
) -> Result<Vec<BookedCertificate>, QueryError> {
    let at = || known(first_paid_at!(), donations::completed_at, certificates::issued_at);
    let rows: Vec<(BookedCertificateRow, BookedDonationRow)> = read(conn, |conn| {
        certificates::table
            .inner_join(donations::table)
            .filter(certificates::status.eq(CertificateStatus::Valid.word()))
            .filter(at().ge(At(query.span.from)).and(at().lt(At(query.span.until))))
            .filter(donations::test_mode.eq(is_test(query.money)))
            .filter(certificates::number.gt(after.map_or("", CertificateNumber::as_str)))
            .order(certificates::number)
            .limit(query.limit.into())
            .select((BookedCertificateRow::as_select(), BookedDonationRow::as_select()))
            .load(conn)
    })?;
    rows.into_iter().map(|(row, donation)| row.into_booked(donation)).collect()
}

pub(crate) fn day_figures(conn: &mut Conn, days: &[Day], money: GatewayMode) -> Result<Vec<DayFigures>, QueryError> {
    read(conn, |conn| days.iter().map(|day| figures_of(conn, *day, money)).collect())
}

fn figures_of(conn: &mut Conn, day: Day, money: GatewayMode) -> Result<DayFigures, QueryError> {
    let span = day.span();
    let of_the_day = || donations::completed_at.ge(At(span.from)).and(donations::completed_at.lt(At(span.until)));
    let kept = "COUNT(CASE WHEN donations.refunded_amount < donations.amount THEN 1 END)";
    let net = "CAST(COALESCE(SUM(donations.amount - donations.refunded_amount), 0) AS BIGINT)";
    let (paid, kept, net): (i64, i64, i64) = donations::table
        .filter(of_the_day())
        .filter(donations::test_mode.eq(is_test(money)))
        .select((count_star(), sql::<BigInt>(kept), sql::<BigInt>(net)))
        .first(conn)?;
    let valid = "COUNT(CASE WHEN certificates.status = 'valid' THEN 1 END)";
    let (issued, valid): (i64, i64) = certificates::table
        .inner_join(donations::table)
        .filter(of_the_day())
        .filter(donations::test_mode.eq(is_test(money)))
        .select((count_star(), sql::<BigInt>(valid)))
        .first(conn)?;
    // A database counts from 0 upwards.
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    let net = crate::rows::tenge("donations.amount", net)?;
    Ok(DayFigures { paid: count(paid), kept: count(kept), net, issued: count(issued), valid: count(valid) })
}
