//! The keys that sign certificates.

use diesel::prelude::*;
use domain::ports::OwnKey;
use domain::{CertificateKey, CertificateSeed, Instant};

use super::{Conn, write};
use crate::error::QueryError;
use crate::schema::certificate_keys as keys;
use crate::types::At;

/// The word of the database's own key.
const OWN: &str = "own";
/// The word of those that came from the settings.
const GIVEN: &str = "given";

pub(crate) fn all(conn: &mut Conn) -> Result<Vec<CertificateKey>, QueryError> {
    let found: Vec<Vec<u8>> =
        keys::table.order((keys::created_at, keys::public_key)).select(keys::public_key).load(conn)?;
    found.into_iter().map(|bytes| Ok(CertificateKey(of_32(bytes)?))).collect()
}

pub(crate) fn remember(conn: &mut Conn, key: &CertificateKey, now: Instant) -> Result<(), QueryError> {
    write(conn, |conn| {
        diesel::insert_into(keys::table)
            .values((keys::public_key.eq(key.0.to_vec()), keys::origin.eq(GIVEN), keys::created_at.eq(At(now))))
            .on_conflict_do_nothing()
            .execute(conn)?;
        Ok(())
    })
}

/// Whoever comes second does not insert, and reads what the first one has kept: at read committed, too, because the index
/// lets the insert wait for the other transaction's end, and the next statement sees what it left.
pub(crate) fn own(conn: &mut Conn, fresh: &OwnKey, now: Instant) -> Result<OwnKey, QueryError> {
    write(conn, |conn| {
        diesel::insert_into(keys::table)
            .values((
                keys::public_key.eq(fresh.key.0.to_vec()),
                keys::origin.eq(OWN),
                keys::seed.eq(Some(fresh.seed.0.to_vec())),
                keys::created_at.eq(At(now)),
            ))
            .on_conflict_do_nothing()
            .execute(conn)?;
        let (key, seed): (Vec<u8>, Option<Vec<u8>>) =
            keys::table.filter(keys::origin.eq(OWN)).select((keys::public_key, keys::seed)).first(conn)?;
        let seed = seed.ok_or_else(|| QueryError::broken("certificate_keys.seed is missing"))?;
        Ok(OwnKey { key: CertificateKey(of_32(key)?), seed: CertificateSeed(of_32(seed)?) })
    })
}

fn of_32(bytes: Vec<u8>) -> Result<[u8; 32], QueryError> {
    bytes.try_into().map_err(|_| QueryError::broken("certificate_keys holds no 32 bytes"))
}
