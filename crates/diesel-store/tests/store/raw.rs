//! A database as its own client sees it, past the store.

use std::path::Path;

use diesel::migration::MigrationVersion;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_migrations::{FileBasedMigrations, MigrationHarness as _};
use diesel_store::testing::TestDatabase;

/// A connection to either database.
pub enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// One on each.
pub async fn both() -> [TestDatabase; 2] {
    [TestDatabase::sqlite().await, TestDatabase::postgres().await]
}

fn migrations(database: &str) -> FileBasedMigrations {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(database);
    FileBasedMigrations::from_path(folder).unwrap()
}

impl Raw {
    pub fn of(database: &TestDatabase) -> Self {
        let url = database.url();
        match url.strip_prefix("sqlite://") {
            Some(path) => Self::Sqlite(SqliteConnection::establish(path).unwrap()),
            None => Self::Postgres(PgConnection::establish(url).unwrap()),
        }
    }

    pub fn execute(&mut self, sql: &str) -> QueryResult<usize> {
        match self {
            Self::Sqlite(conn) => diesel::sql_query(sql).execute(conn),
            Self::Postgres(conn) => diesel::sql_query(sql).execute(conn),
        }
    }

    /// The answers to a query whose one column is a text called `line`.
    pub fn lines(&mut self, sql: &str) -> Vec<String> {
        let lines: QueryResult<Vec<Line>> = match self {
            Self::Sqlite(conn) => diesel::sql_query(sql).load(conn),
            Self::Postgres(conn) => diesel::sql_query(sql).load(conn),
        };
        lines.unwrap().into_iter().map(|line| line.line).collect()
    }

    /// Takes back the migrations down to the one of this name, and that one too.
    pub fn revert_down_to(&mut self, name: &str) {
        loop {
            let reverted: MigrationVersion<'_> = match self {
                Self::Sqlite(conn) => conn.revert_last_migration(migrations("sqlite")).unwrap(),
                Self::Postgres(conn) => conn.revert_last_migration(migrations("postgres")).unwrap(),
            };
            if name.replace('-', "").starts_with(&reverted.to_string()) {
                return;
            }
        }
    }

    /// Takes every migration back, the last one first.
    pub fn revert(&mut self) {
        let reverted: Vec<MigrationVersion<'_>> = match self {
            Self::Sqlite(conn) => conn.revert_all_migrations(migrations("sqlite")).unwrap(),
            Self::Postgres(conn) => conn.revert_all_migrations(migrations("postgres")).unwrap(),
        };
        assert!(!reverted.is_empty());
    }
}
