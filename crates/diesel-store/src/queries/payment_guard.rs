//! Who began to pay, how payments ended, and the brake.

use diesel::dsl::{count_star, max};
use diesel::prelude::*;
use domain::donation::Actor;
use domain::ports::{Brake, BrakePosition, Payer, PaymentEnded, PaymentOutcome};
use domain::{Instant, LineText, Record, Tally};

use super::{Conn, read, write};
use crate::error::QueryError;
use crate::schema::{payment_brake as brakes, payment_clients as clients, payment_outcomes as outcomes};
use crate::types::{At, Id};

/// The only row's name.
const THE_ONE: &str = "payments";

/// How the outcomes of one scope add up. A macro, because every scope is another type of query.
macro_rules! adding_up {
    ($of_scope:expr) => {
        $of_scope.group_by(outcomes::outcome).select((outcomes::outcome, count_star(), max(outcomes::heard_at)))
    };
}

macro_rules! tally {
    ($conn:expr, $of_scope:expr) => {{
        let rows: Vec<(String, i64, Option<At>)> = adding_up!($of_scope).load($conn)?;
        summed(rows)
    }};
}

pub(crate) fn record(conn: &mut Conn, payer: &Payer, since: Instant) -> Result<(Record, Option<Brake>), QueryError> {
    read(conn, |conn| {
        let lately = || outcomes::table.filter(outcomes::heard_at.gt(At(since)));
        let record = Record {
            client: tally!(conn, lately().filter(outcomes::client.eq(payer.client.0.to_vec()))),
            email: tally!(conn, lately().filter(outcomes::email.eq(payer.email.0.to_vec()))),
            donation: tally!(conn, lately().filter(outcomes::donation_id.eq(Id(payer.donation.0)))),
            site: tally!(conn, lately()),
        };
        Ok((record, brake_here(conn)?))
    })
}

fn summed(rows: Vec<(String, i64, Option<At>)>) -> Tally {
    let mut tally = Tally::default();
    for (outcome, number, last) in rows {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        if outcome == PaymentOutcome::Declined.word() {
            tally.declined = number;
            tally.last_declined_at = last.map(|at| at.0);
        } else {
            tally.captured = number;
        }
    }
    tally
}

pub(crate) fn remember(conn: &mut Conn, payer: &Payer, now: Instant) -> Result<(), QueryError> {
    write(conn, |conn| {
        let marks = (
            clients::client.eq(payer.client.0.to_vec()),
            clients::email.eq(payer.email.0.to_vec()),
            clients::seen_at.eq(At(now)),
        );
        diesel::insert_into(clients::table)
            .values((clients::donation_id.eq(Id(payer.donation.0)), marks.clone()))
            .on_conflict(clients::donation_id)
            .do_update()
            .set(marks)
            .execute(conn)?;
        Ok(())
    })
}

pub(crate) fn count(conn: &mut Conn, ended: &PaymentEnded) -> Result<(), QueryError> {
    write(conn, |conn| {
        let donation = Id(ended.donation.0);
        let known: Option<(Vec<u8>, Vec<u8>)> = clients::table
            .filter(clients::donation_id.eq(donation))
            .select((clients::client, clients::email))
            .first(conn)
            .optional()?;
        let (client, email) = known.unzip();
        diesel::insert_into(outcomes::table)
            .values((
                outcomes::delivery_id.eq(Id(ended.delivery.0)),
                outcomes::donation_id.eq(donation),
                outcomes::outcome.eq(ended.outcome.word()),
                outcomes::heard_at.eq(At(ended.heard_at)),
                outcomes::client.eq(client),
                outcomes::email.eq(email),
            ))
            .on_conflict(outcomes::delivery_id)
            .do_nothing()
            .execute(conn)?;
        Ok(())
    })
}

pub(crate) fn forget(conn: &mut Conn, before: Instant) -> Result<u64, QueryError> {
    write(conn, |conn| {
        let began = diesel::delete(clients::table.filter(clients::seen_at.le(At(before)))).execute(conn)?;
        let ended = diesel::delete(outcomes::table.filter(outcomes::heard_at.le(At(before)))).execute(conn)?;
        Ok(u64::try_from(began + ended).unwrap_or(u64::MAX))
    })
}

pub(crate) fn brake(conn: &mut Conn) -> Result<Option<Brake>, QueryError> {
    read(conn, brake_here)
}

fn brake_here(conn: &mut Conn) -> Result<Option<Brake>, QueryError> {
    let row: Option<(bool, Option<String>, At, String)> = brakes::table
        .select((brakes::pulled, brakes::reason, brakes::changed_at, brakes::changed_by))
        .first(conn)
        .optional()?;
    let Some((pulled, reason, changed_at, changed_by)) = row else { return Ok(None) };
    let damaged = |column| QueryError::broken(format!("payment_brake.{column} holds what no brake can have"));
    Ok(Some(Brake {
        position: if pulled { BrakePosition::Pulled } else { BrakePosition::Released },
        reason: reason.map(|text| LineText::parse(&text)).transpose().map_err(|_| damaged("reason"))?,
        changed_at: changed_at.0,
        changed_by: Actor::from_word(&changed_by).ok_or_else(|| damaged("changed_by"))?,
    }))
}

pub(crate) fn set_brake(conn: &mut Conn, brake: &Brake) -> Result<(), QueryError> {
    write(conn, |conn| {
        let set = (
            brakes::pulled.eq(brake.is_pulled()),
            brakes::reason.eq(brake.reason.as_ref().map(ToString::to_string)),
            brakes::changed_at.eq(At(brake.changed_at)),
            brakes::changed_by.eq(brake.changed_by.word()),
        );
        diesel::insert_into(brakes::table)
            .values((brakes::name.eq(THE_ONE), set.clone()))
            .on_conflict(brakes::name)
            .do_update()
            .set(set)
            .execute(conn)?;
        Ok(())
    })
}

/// How the database finds what is added up and what is forgotten, and the index that it should take.
#[cfg(test)]
pub(super) fn plans(planner: &mut super::super::Planner) -> Vec<(String, &'static str)> {
    let since = At(chrono::DateTime::from_timestamp(1_800_000_000, 0).expect("an instant"));
    let lately = || outcomes::table.filter(outcomes::heard_at.gt(since));
    let (mark, donation) = (vec![7_u8; 16], Id(uuid::Uuid::from_u128(7)));
    let of_client = adding_up!(lately().filter(outcomes::client.eq(mark.clone())));
    let of_email = adding_up!(lately().filter(outcomes::email.eq(mark)));
    let of_donation = adding_up!(lately().filter(outcomes::donation_id.eq(donation)));
    let old = At(Instant::UNIX_EPOCH);
    vec![
        (planner.plan_of(of_client), "outcomes_by_client"),
        (planner.plan_of(of_email), "outcomes_by_email"),
        (planner.plan_of(of_donation), "outcomes_by_donation"),
        (planner.plan_of(adding_up!(lately())), "outcomes_of_all"),
        (planner.plan_of(diesel::delete(clients::table.filter(clients::seen_at.le(old)))), "clients_by_age"),
        (planner.plan_of(diesel::delete(outcomes::table.filter(outcomes::heard_at.le(old)))), "outcomes_of_all"),
    ]
}
