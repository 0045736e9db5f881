//! Databases for tests, each with the current schema and nothing else in it.
#![expect(clippy::panic, reason = "a test that lacks its database has to fail")]

use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Bool, Nullable, Text};
use tempfile::TempDir;

use crate::{Store, StoreOptions, postgres};

/// Long enough for the slowest machine: a test must not fail because others are running.
const WAIT: Duration = Duration::from_secs(60);

/// Any number will do, as long as nothing else on the test server uses it.
const TEMPLATE_LOCK: i64 = 0x7465_6d70_6c61_7465;

/// A migrated database of its own, gone when this is dropped.
#[derive(Debug)]
pub struct TestDatabase {
    store: Option<Store>,
    url: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    /// Removes itself.
    Directory { _kept: TempDir },
    /// A database on the test server.
    Server { admin_url: String, name: String },
}

impl TestDatabase {
    /// A temporary SQLite file.
    ///
    /// # Panics
    /// If it cannot be made.
    pub async fn sqlite() -> Self {
        let directory = TempDir::new().unwrap_or_else(|error| panic!("no temporary directory: {error}"));
        let url = format!("sqlite://{}", directory.path().join("donations.db").display());
        let store = open(&url).await;
        if let Err(error) = store.migrate().await {
            panic!("the test database cannot be migrated: {error}");
        }
        let place = Place::Directory { _kept: directory };
        Self { store: Some(store), url, place }
    }

    /// A database on the server that `TEST_POSTGRES_URL` names, copied from a template that the first test makes.
    ///
    /// # Panics
    /// If the variable is not set, or the server cannot be used.
    pub async fn postgres() -> Self {
        let admin_url = server_url();
        let name = copy_of_template(&admin_url)
            .unwrap_or_else(|error| panic!("no test database can be made on the server of TEST_POSTGRES_URL: {error}"));
        let url = with_database(&admin_url, &name);
        Self { store: Some(open(&url).await), url, place: Place::Server { admin_url, name } }
    }

    /// The store.
    ///
    /// # Panics
    /// Never: only dropping takes it away.
    pub fn store(&self) -> &Store {
        match &self.store {
            Some(store) => store,
            None => panic!("the store is there until the test database is dropped"),
        }
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Every value in every row of every table, a line each, so that a test can look for what must not be there. What is no text is
    /// shown as near to text as it comes.
    ///
    /// # Panics
    /// If the database cannot be read.
    pub fn everything(&self) -> String {
        self.everything_but("")
    }

    /// The same without this table.
    ///
    /// # Panics
    /// If the database cannot be read.
    pub fn everything_but(&self, table: &str) -> String {
        let left_out =
            |query: &Query| !table.is_empty() && query.sql.replace('"', "").ends_with(&format!(" FROM {table}"));
        let everything = match self.url.strip_prefix("sqlite://") {
            Some(path) => SqliteConnection::establish(path)
                .map_err(Into::into)
                .and_then(|mut conn| dump_sqlite(&mut conn, &left_out)),
            None => PgConnection::establish(&self.url)
                .map_err(Into::into)
                .and_then(|mut conn| dump_postgres(&mut conn, &left_out)),
        };
        everything.unwrap_or_else(|error| panic!("the test database cannot be read: {error}"))
    }
}

impl TestDatabase {
    /// Runs statements past the store, as somebody with a client of their own could.
    ///
    /// # Panics
    /// If the database refuses them.
    pub fn execute(&self, statements: &str) {
        let done = match self.url.strip_prefix("sqlite://") {
            Some(path) => SqliteConnection::establish(path)
                .map_err(|error| error.to_string())
                .and_then(|mut conn| conn.batch_execute(statements).map_err(|error| error.to_string())),
            None => PgConnection::establish(&self.url)
                .map_err(|error| error.to_string())
                .and_then(|mut conn| conn.batch_execute(statements).map_err(|error| error.to_string())),
        };
        if let Err(error) = done {
            panic!("the test database refuses it: {error}");
        }
    }
}

type Anything<T> = Result<T, Box<dyn std::error::Error>>;

fn dump_sqlite(conn: &mut SqliteConnection, left_out: &dyn Fn(&Query) -> bool) -> Anything<String> {
    let columns = "SELECT 'SELECT CAST(\"' || c.name || '\" AS BLOB) AS value FROM \"' || t.name || '\"' AS sql
        FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'";
    let queries: Vec<Query> = diesel::sql_query(columns).load(conn)?;
    let mut lines = String::new();
    for Query { sql } in queries.into_iter().filter(|query| !left_out(query)) {
        let values: Vec<Value> = diesel::sql_query(sql).load(conn)?;
        lines.extend(values.into_iter().map(Value::into_line));
    }
    Ok(lines)
}

fn dump_postgres(conn: &mut PgConnection, left_out: &dyn Fn(&Query) -> bool) -> Anything<String> {
    let columns = "SELECT 'SELECT ' || CASE data_type WHEN 'bytea' THEN quote_ident(column_name)
            ELSE 'convert_to(' || quote_ident(column_name) || '::text, ''UTF8'')' END
        || ' AS value FROM ' || quote_ident(table_name) AS sql
        FROM information_schema.columns WHERE table_schema = 'public'";
    let queries: Vec<Query> = diesel::sql_query(columns).load(conn)?;
    let mut lines = String::new();
    for Query { sql } in queries.into_iter().filter(|query| !left_out(query)) {
        let values: Vec<Value> = diesel::sql_query(sql).load(conn)?;
        lines.extend(values.into_iter().map(Value::into_line));
    }
    Ok(lines)
}

#[derive(QueryableByName)]
struct Query {
    #[diesel(sql_type = Text)]
    sql: String,
}

#[derive(QueryableByName)]
struct Value {
    #[diesel(sql_type = Nullable<Binary>)]
    value: Option<Vec<u8>>,
}

impl Value {
    fn into_line(self) -> String {
        String::from_utf8_lossy(&self.value.unwrap_or_default()).into_owned() + "\n"
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // First its connections, so that nothing keeps the database.
        self.store = None;
        if let Place::Server { admin_url, name } = &self.place
            && let Ok(mut admin) = PgConnection::establish(admin_url)
        {
            // The server is thrown away anyway: what stays behind harms nobody.
            let _ = admin.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

async fn open(url: &str) -> Store {
    let options = StoreOptions { url: url.into(), pool_size: 8, wait: WAIT };
    match Store::open(&options).await {
        Ok(store) => store,
        Err(error) => panic!("the test database cannot be opened: {error}"),
    }
}

#[expect(clippy::disallowed_methods, reason = "where the test server is, is no setting of the product")]
fn server_url() -> String {
    std::env::var("TEST_POSTGRES_URL").unwrap_or_else(|_| {
        panic!("TEST_POSTGRES_URL is not set: run `cargo xtask test`, which starts a throw-away PostgreSQL")
    })
}

/// Makes a database as a copy of the template, and says its name.
fn copy_of_template(admin_url: &str) -> Result<String, Box<dyn std::error::Error>> {
    let mut admin = PgConnection::establish(admin_url)?;
    let template = template(&mut admin, admin_url)?;
    // The server's randomness: tests of several processes share it.
    let random: String =
        diesel::select(diesel::dsl::sql::<Text>("replace(gen_random_uuid()::text, '-', '')")).get_result(&mut admin)?;
    let name = format!("donations_test_{random}");
    admin.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}"))?;
    Ok(name)
}

/// The name of the template, which is made unless it is there. One at a time, by a lock that ends with the connection;
/// it gets its name when it is whole, so that a process that dies halfway leaves no broken one.
fn template(admin: &mut PgConnection, admin_url: &str) -> Result<String, Box<dyn std::error::Error>> {
    let name = concat!("donations_template_", env!("POSTGRES_MIGRATIONS_HASH"));
    diesel::sql_query("SELECT pg_advisory_lock($1)").bind::<BigInt, _>(TEMPLATE_LOCK).execute(admin)?;
    let count =
        diesel::dsl::sql::<Bool>("EXISTS (SELECT 1 FROM pg_database WHERE datname = ").bind::<Text, _>(name).sql(")");
    let is_there: bool = diesel::select(count).get_result(admin)?;
    if !is_there {
        let unfinished = format!("{name}_unfinished");
        admin.batch_execute(&format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)"))?;
        admin.batch_execute(&format!("CREATE DATABASE {unfinished}"))?;
        let mut connection = PgConnection::establish(&with_database(admin_url, &unfinished))?;
        postgres::migrate(&mut connection).map_err(|error| format!("{error:?}"))?;
        drop(connection);
        admin.batch_execute(&format!("ALTER DATABASE {unfinished} RENAME TO {name}"))?;
    }
    diesel::sql_query("SELECT pg_advisory_unlock($1)").bind::<BigInt, _>(TEMPLATE_LOCK).execute(admin)?;
    Ok(name.to_owned())
}

/// The same server's other database.
fn with_database(url: &str, name: &str) -> String {
    let (address, parameters) = url.split_once('?').map_or((url, None), |(a, p)| (a, Some(p)));
    let authority = address.find("://").map_or(0, |at| at + 3);
    let end = address[authority..].find('/').map_or(address.len(), |at| authority + at);
    let parameters = parameters.map(|parameters| format!("?{parameters}")).unwrap_or_default();
    format!("{}/{name}{parameters}", &address[..end])
}
