//! What is SQLite's own.

use std::time::Duration;

use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_types::Bool;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, embed_migrations};

use crate::error::QueryError;

/// The rows of a query that no other transaction has taken: all of them, for only one at a time can write.
macro_rules! that_nobody_holds {
    ($query:expr) => {
        $query
    };
}

/// The rows of a query, which nobody else can change before the end of this transaction.
macro_rules! held {
    ($query:expr) => {
        $query
    };
}

#[path = "queries/mod.rs"]
#[expect(clippy::duplicate_mod, reason = "each query is compiled once for each database")]
pub(crate) mod queries;

pub(crate) type Conn = SqliteConnection;
pub(crate) type Db = Sqlite;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");

/// `busy_timeout` comes first, since setting the journal may have to wait for another process. It is money: `FULL`
/// waits for the disk at every commit, which WAL alone does not.
pub(crate) fn writer_greeting(wait: Duration) -> String {
    format!(
        "PRAGMA busy_timeout = {}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
        wait.as_millis()
    )
}

/// A reader cannot write, whatever the code says.
pub(crate) fn reader_greeting(wait: Duration) -> String {
    format!("{} PRAGMA query_only = ON;", writer_greeting(wait))
}

/// A transaction that writes, and says so when it begins: one that reads first and writes later fails whenever another
/// wrote in between.
fn write<T, E: From<Error>>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
    conn.immediate_transaction(work)
}

/// A transaction that reads: all its queries see one moment.
fn read<T, E: From<Error>>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
    conn.transaction(work)
}

/// What numbers a column's day in Kazakhstan, and what its month. Instants are microseconds, the clocks are 5 hours ahead of UTC, and
/// no instant is before 1970.
fn day_number(column: &str) -> String {
    format!("(({column} + 18000000000) / 86400000000)")
}

fn month_number(column: &str) -> String {
    let part =
        |part: &str| format!("CAST(strftime('{part}', ({column} + 18000000000) / 1000000, 'unixepoch') AS INTEGER)");
    format!("({} * 12 + {})", part("%Y"), part("%m"))
}

/// Runs what is pending. SQLite lets one process write at a time, so all of it is one writing transaction: the others
/// wait for it, and find nothing left.
pub(crate) fn migrate(conn: &mut Conn) -> Result<Vec<String>, QueryError> {
    let ran = write(conn, queries::migrations::run)?;
    queries::search::index_the_rest(conn)?;
    Ok(ran)
}

fn has_migrations_table(conn: &mut Conn) -> Result<bool, QueryError> {
    let there =
        diesel::dsl::sql::<Bool>("EXISTS (SELECT 1 FROM sqlite_master WHERE name = '__diesel_schema_migrations')");
    Ok(diesel::select(there).get_result(conn)?)
}

#[cfg(test)]
pub(crate) use plan::{Planner, plan_of};

/// How SQLite would answer a query.
#[cfg(test)]
mod plan {
    use diesel::prelude::*;
    use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
    use diesel::sql_types::{Integer, Text};

    use super::{Conn, Db};
    use crate::testing::TestDatabase;

    struct Explain<Q>(Q);

    impl<Q: QueryFragment<Db>> QueryFragment<Db> for Explain<Q> {
        fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Db>) -> QueryResult<()> {
            out.push_sql("EXPLAIN QUERY PLAN ");
            self.0.walk_ast(out)
        }
    }

    impl<Q> QueryId for Explain<Q> {
        type QueryId = ();
        const HAS_STATIC_QUERY_ID: bool = false;
    }

    impl<Q> Query for Explain<Q> {
        type SqlType = (Integer, Integer, Integer, Text);
    }

    impl<Q> RunQueryDsl<Conn> for Explain<Q> {}

    /// Nothing is in it: SQLite plans by the schema alone, as long as nobody has run ANALYZE, which nobody does.
    pub(crate) struct Planner {
        conn: Conn,
        _database: TestDatabase,
    }

    impl Planner {
        pub(crate) async fn new() -> Self {
            let database = TestDatabase::sqlite().await;
            let conn = Conn::establish(database.url().trim_start_matches("sqlite://")).unwrap();
            Self { conn, _database: database }
        }

        /// A step a line.
        pub(crate) fn plan_of(&mut self, query: impl QueryFragment<Db>) -> String {
            let steps: Vec<(i32, i32, i32, String)> = Explain(query).load(&mut self.conn).unwrap();
            steps.into_iter().map(|(_, _, _, step)| step + "\n").collect()
        }
    }

    pub(crate) async fn plan_of(query: impl QueryFragment<Db>) -> String {
        Planner::new().await.plan_of(query)
    }
}

#[cfg(test)]
mod tests {
    use diesel::dsl::sql;
    use diesel::prelude::*;
    use diesel::sql_types::{BigInt, Text};
    use domain::ports::StoreError;

    use super::write;
    use crate::error::QueryError;
    use crate::pool::Pool;
    use crate::store::Database;
    use crate::testing::TestDatabase;

    async fn pragmas(pool: &Pool<SqliteConnection>) -> (String, [i64; 4]) {
        pool.run(|conn| {
            let mut number = |pragma: &str| diesel::select(sql::<BigInt>(pragma)).get_result(conn);
            let numbers = [
                number("timeout FROM pragma_busy_timeout")?,
                number("synchronous FROM pragma_synchronous")?,
                number("foreign_keys FROM pragma_foreign_keys")?,
                number("query_only FROM pragma_query_only")?,
            ];
            let journal = diesel::select(sql::<Text>("journal_mode FROM pragma_journal_mode")).get_result(conn)?;
            Ok((journal, numbers))
        })
        .await
        .unwrap()
    }

    #[tokio::test]
    async fn every_connection_has_its_pragmas() {
        let database = TestDatabase::sqlite().await;
        let Database::Sqlite { writer, readers } = &*database.store().database else {
            panic!("a SQLite database is one");
        };
        const FULL: i64 = 2;
        assert_eq!(pragmas(writer).await, ("wal".to_owned(), [60_000, FULL, 1, 0]));
        assert_eq!(pragmas(readers).await, ("wal".to_owned(), [60_000, FULL, 1, 1]));
    }

    #[tokio::test]
    async fn a_reader_cannot_write() {
        let database = TestDatabase::sqlite().await;
        let Database::Sqlite { readers, .. } = &*database.store().database else {
            panic!("a SQLite database is one");
        };
        let written = readers.run(|conn| Ok(diesel::sql_query("DELETE FROM jobs").execute(conn)?)).await;
        assert!(matches!(written, Err(StoreError::Failed(_))), "{written:?}");
    }

    #[test]
    fn a_file_that_another_process_writes_to_is_not_available() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("donations.db");
        let connect = || SqliteConnection::establish(path.to_str().unwrap()).unwrap();
        let (mut one, mut other) = (connect(), connect());
        let refused = write(&mut one, |_| write(&mut other, |_| Ok::<_, QueryError>(())));
        let refused = refused.map_err(StoreError::from);
        assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    }
}
