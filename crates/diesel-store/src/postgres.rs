//! What is PostgreSQL's own.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_types::{BigInt, Bool};
use diesel_migrations::{EmbeddedMigrations, embed_migrations};

use crate::error::QueryError;

/// The rows of a query that no other transaction has taken, locked until the end of this one.
macro_rules! that_nobody_holds {
    ($query:expr) => {
        $query.for_update().skip_locked()
    };
}

/// The rows of a query, locked until the end of this transaction; those that another one holds are waited for.
macro_rules! held {
    ($query:expr) => {
        $query.for_update()
    };
}

#[path = "queries/mod.rs"]
#[expect(clippy::duplicate_mod, reason = "each query is compiled once for each database")]
pub(crate) mod queries;

pub(crate) type Conn = PgConnection;
pub(crate) type Db = Pg;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// A server of ours that froze in the middle of a transaction must not hold its locks for ever.
pub(crate) const GREETING: &str = "SET idle_in_transaction_session_timeout = '60s'";

/// Any number will do, as long as nothing else on this database uses it.
const MIGRATION_LOCK: i64 = 0x646f_6e61_7469_6f6e;

/// A transaction that writes. At read committed two may read the same version; the version check in their `UPDATE`s
/// lets the first one through.
fn write<T, E: From<Error>>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
    conn.build_transaction().read_committed().read_write().run(work)
}

/// A transaction that reads: all its queries see one moment.
fn read<T, E: From<Error>>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
    conn.build_transaction().repeatable_read().read_only().run(work)
}

/// What numbers a column's day in Kazakhstan, and what its month: the clocks are 5 hours ahead of UTC. `EXTRACT` is exact here, a
/// `numeric`.
fn day_number(column: &str) -> String {
    format!("CAST(FLOOR((EXTRACT(EPOCH FROM {column}) + 18000) / 86400) AS BIGINT)")
}

fn month_number(column: &str) -> String {
    let part = |part: &str| format!("EXTRACT({part} FROM {column} AT TIME ZONE 'UTC' + INTERVAL '5 hours')");
    format!("CAST({} * 12 + {} AS BIGINT)", part("YEAR"), part("MONTH"))
}

/// Runs what is pending, one server at a time. The lock is the session's and not a transaction's, so that a migration
/// may be one that PostgreSQL does not run inside a transaction; it ends with the connection, which is ours alone.
pub(crate) fn migrate(conn: &mut Conn) -> Result<Vec<String>, QueryError> {
    diesel::sql_query("SELECT pg_advisory_lock($1)").bind::<BigInt, _>(MIGRATION_LOCK).execute(conn)?;
    let ran = queries::migrations::run(conn)?;
    queries::search::index_the_rest(conn)?;
    Ok(ran)
}

fn has_migrations_table(conn: &mut Conn) -> Result<bool, QueryError> {
    let there = diesel::dsl::sql::<Bool>("to_regclass('__diesel_schema_migrations') IS NOT NULL");
    Ok(diesel::select(there).get_result(conn)?)
}

#[cfg(test)]
pub(crate) use plan::{Planner, plan_of};

/// How PostgreSQL answers a query about donations once there are many.
#[cfg(test)]
mod plan {
    use diesel::connection::SimpleConnection as _;
    use diesel::prelude::*;
    use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
    use diesel::sql_types::Text;

    use super::{Conn, Db};
    use crate::testing::TestDatabase;

    /// Every third one is paid.
    const MANY: &str = "
        INSERT INTO donations (
            id, donor_name, donor_email, donor_email_key, amount, trees, price_per_tree, campaign, campaign_title,
            anonymous, language, test_mode, status, completed_at, refunded_amount, created_at, updated_at, version
        )
        SELECT gen_random_uuid(), 'Ivan', n || '@example.com', n || '@example.com', 5000, 10, 500,
            CASE WHEN n % 2 = 0 THEN 'trees' ELSE 'saxaul' END, 'Trees', false, 'ru', false,
            CASE WHEN n % 3 = 0 THEN 'completed' ELSE 'pending' END,
            CASE WHEN n % 3 = 0 THEN now() + n * interval '1 second' END, 0, now(), now(), 0
        FROM generate_series(1, 20000) AS n";

    /// Of one account in a hundred and as many actions.
    const MANY_ENTRIES: &str = "
        INSERT INTO audit_entries (id, at, actor, account_id, role, action, outcome, details)
        SELECT gen_random_uuid(), now() + n * interval '1 second', 'account',
            ('00000000-0000-0000-0000-' || lpad((n % 100)::text, 12, '0'))::uuid, 'admin', 'action-' || n % 97, 'done', '{}'
        FROM generate_series(1, 20000) AS n";

    struct Explain<Q>(Q);

    impl<Q: QueryFragment<Db>> QueryFragment<Db> for Explain<Q> {
        fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Db>) -> QueryResult<()> {
            out.push_sql("EXPLAIN ");
            self.0.walk_ast(out)
        }
    }

    impl<Q> QueryId for Explain<Q> {
        type QueryId = ();
        const HAS_STATIC_QUERY_ID: bool = false;
    }

    impl<Q> Query for Explain<Q> {
        type SqlType = Text;
    }

    impl<Q> RunQueryDsl<Conn> for Explain<Q> {}

    /// A database with so much in it that an index pays.
    pub(crate) struct Planner {
        conn: Conn,
        _database: TestDatabase,
    }

    impl Planner {
        pub(crate) async fn new() -> Self {
            let database = TestDatabase::postgres().await;
            let mut conn = Conn::establish(database.url()).unwrap();
            conn.batch_execute(include_str!("postgres/many.sql")).unwrap();
            conn.batch_execute("VACUUM ANALYZE").unwrap();
            Self { conn, _database: database }
        }

        /// A step a line.
        pub(crate) fn plan_of(&mut self, query: impl QueryFragment<Db>) -> String {
            let steps: Vec<String> = Explain(query).load(&mut self.conn).unwrap();
            steps.into_iter().map(|step| step + "\n").collect()
        }
    }

    pub(crate) async fn plan_of(query: impl QueryFragment<Db>) -> String {
        let database = TestDatabase::postgres().await;
        let mut conn = Conn::establish(database.url()).unwrap();
        conn.batch_execute(MANY).unwrap();
        conn.batch_execute(MANY_ENTRIES).unwrap();
        conn.batch_execute("VACUUM ANALYZE donations, audit_entries").unwrap();
        let steps: Vec<String> = Explain(query).load(&mut conn).unwrap();
        steps.into_iter().map(|step| step + "\n").collect()
    }
}
