//! Both databases have one schema.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::raw::{self, Raw};
use crate::seed;
use diesel_store::testing::TestDatabase;
use domain::donation::{Actor, Cause, NameCorrection, Work};
use domain::ports::{DonationStore as _, DueJobs, JobStore, Save};
use domain::{DonationId, LineText};
use uuid::Uuid;

/// What of a schema both databases must have alike, one fact a line.
#[derive(Debug, PartialEq, Eq)]
struct Schema {
    columns: BTreeSet<String>,
    indexes: BTreeSet<String>,
    references: BTreeSet<String>,
}

const SQLITE_COLUMNS: &str = r#"
    SELECT t.name || ' ' || (c.cid + 1) || ' ' || c.name || ' ' || c.type
        || CASE c."notnull" WHEN 1 THEN ' NOT NULL' ELSE '' END AS line
    FROM sqlite_schema t JOIN pragma_table_info(t.name) c
    WHERE t.type = 'table' AND t.name NOT LIKE '\_\_%' ESCAPE '\' AND t.name NOT LIKE 'sqlite%'"#;

const POSTGRES_COLUMNS: &str = r"
    SELECT table_name || ' ' || ordinal_position || ' ' || column_name || ' '
        || CASE data_type
            WHEN 'uuid' THEN 'TEXT' WHEN 'text' THEN 'TEXT' WHEN 'jsonb' THEN 'TEXT' WHEN 'bytea' THEN 'BLOB'
            WHEN 'timestamp with time zone' THEN 'INTEGER' WHEN 'boolean' THEN 'INTEGER' WHEN 'bigint' THEN 'INTEGER'
            ELSE data_type END
        || CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END AS line
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\_\_%'";

const SQLITE_INDEXES: &str = r#"
    SELECT CASE i.origin WHEN 'pk' THEN 'primary key' ELSE i.name END || ' ON ' || t.name || ' ('
        || (SELECT group_concat(c.name || CASE c."desc" WHEN 1 THEN ' DESC' ELSE '' END, ', ' ORDER BY c.seqno)
            FROM pragma_index_xinfo(i.name) c WHERE c.key = 1) || ')'
        || CASE i."unique" WHEN 1 THEN ' UNIQUE' ELSE '' END
        || CASE i.partial WHEN 1 THEN ' PARTIAL' ELSE '' END AS line
    FROM sqlite_schema t JOIN pragma_index_list(t.name) i
    WHERE t.type = 'table' AND t.name NOT LIKE '\_\_%' ESCAPE '\'"#;

const POSTGRES_INDEXES: &str = r"
    SELECT CASE WHEN i.indisprimary THEN 'primary key' ELSE n.relname::text END || ' ON ' || t.relname || ' ('
        || (SELECT string_agg(c.attname || CASE k.option & 1 WHEN 1 THEN ' DESC' ELSE '' END, ', ' ORDER BY k.place)
            FROM unnest(i.indkey::int2[], i.indoption::int2[]) WITH ORDINALITY AS k (number, option, place)
            JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum = k.number) || ')'
        || CASE WHEN i.indisunique THEN ' UNIQUE' ELSE '' END
        || CASE WHEN i.indpred IS NOT NULL THEN ' PARTIAL' ELSE '' END AS line
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class n ON n.oid = i.indexrelid
    WHERE t.relnamespace = 'public'::regnamespace AND t.relname NOT LIKE '\_\_%'";

const SQLITE_REFERENCES: &str = r#"
    SELECT t.name || ' (' || group_concat(f."from", ', ' ORDER BY f.seq) || ') -> '
        || f."table" || ' (' || group_concat(f."to", ', ' ORDER BY f.seq) || ')' AS line
    FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table' GROUP BY t.name, f.id"#;

const POSTGRES_REFERENCES: &str = r"
    SELECT conrelid::regclass || ' ('
        || (SELECT string_agg(a.attname, ', ' ORDER BY k.place) FROM unnest(conkey) WITH ORDINALITY AS k (number, place)
            JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = k.number) || ') -> '
        || confrelid::regclass || ' ('
        || (SELECT string_agg(a.attname, ', ' ORDER BY k.place) FROM unnest(confkey) WITH ORDINALITY AS k (number, place)
            JOIN pg_attribute a ON a.attrelid = confrelid AND a.attnum = k.number) || ')' AS line
    FROM pg_constraint WHERE contype = 'f'";

impl Schema {
    fn of(raw: &mut Raw) -> Self {
        let [columns, indexes, references] = match raw {
            Raw::Sqlite(_) => [SQLITE_COLUMNS, SQLITE_INDEXES, SQLITE_REFERENCES],
            Raw::Postgres(_) => [POSTGRES_COLUMNS, POSTGRES_INDEXES, POSTGRES_REFERENCES],
        };
        let mut facts = |sql| raw.lines(sql).into_iter().collect();
        Self { columns: facts(columns), indexes: facts(indexes), references: facts(references) }
    }
}

/// A migration folder.
fn folder(database: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(database)
}

fn migration_names(database: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder(database)).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Every CHECK that the migrations of a database write, by name, without those that stand in for a type.
fn checks(database: &str) -> BTreeMap<String, String> {
    let mut checks = BTreeMap::new();
    for name in migration_names(database) {
        let sql = fs::read_to_string(folder(database).join(name).join("up.sql")).unwrap();
        let sql = sql.split_whitespace().collect::<Vec<_>>().join(" ");
        // One that goes is not one that comes.
        let sql = sql.replace("DROP CONSTRAINT ", "DROP ");
        for constraint in sql.split("CONSTRAINT ").skip(1) {
            let (name, rest) = constraint.split_once(" CHECK ").unwrap();
            checks.insert(name.to_owned(), in_brackets(rest).to_owned());
        }
    }
    checks.retain(|name, _| !name.starts_with("native_"));
    checks
}

/// The text up to the bracket that closes the one at its start.
fn in_brackets(text: &str) -> &str {
    let mut depth = 0;
    let end = text.find(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth == 0
    });
    &text[..end.unwrap()]
}

#[tokio::test]
async fn tables_columns_indexes_and_references_are_the_same_on_both() {
    let [sqlite, postgres] = raw::both().await;
    let (sqlite, postgres) = (Schema::of(&mut Raw::of(&sqlite)), Schema::of(&mut Raw::of(&postgres)));
    assert_eq!(sqlite.columns, postgres.columns);
    assert_eq!(sqlite.indexes, postgres.indexes);
    assert_eq!(sqlite.references, postgres.references);
    let all = [&sqlite.columns, &sqlite.indexes, &sqlite.references];
    assert!(all.iter().all(|facts| !facts.is_empty()), "something was compared");
}

#[tokio::test]
async fn every_check_is_the_same_on_both() {
    let sqlite = checks("sqlite");
    assert_eq!(sqlite, checks("postgres"));

    let postgres = TestDatabase::postgres().await;
    let sql = "SELECT conname::text AS line FROM pg_constraint WHERE contype = 'c'
        AND connamespace = 'public'::regnamespace";
    let there: BTreeSet<_> = Raw::of(&postgres).lines(sql).into_iter().collect();
    let written: BTreeSet<_> = sqlite.into_keys().collect();
    assert_eq!(there, written, "every CHECK has its name, and is found");
}

#[tokio::test]
async fn every_table_of_sqlites_is_strict() {
    let sqlite = TestDatabase::sqlite().await;
    let sql = r"SELECT name AS line FROM pragma_table_list
        WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\_\_%' ESCAPE '\'";
    assert_eq!(Raw::of(&sqlite).lines(sql), Vec::<String>::new());
}

#[test]
fn migrations_have_the_same_names_on_both() {
    assert_eq!(migration_names("sqlite"), migration_names("postgres"));
}

#[tokio::test]
async fn migrations_can_be_taken_back_and_run_again() {
    for database in raw::both().await {
        let mut raw = Raw::of(&database);
        let before = Schema::of(&mut raw);
        raw.revert();
        let emptied = Schema::of(&mut raw);
        let leftovers = [&emptied.columns, &emptied.indexes, &emptied.references];
        assert!(leftovers.iter().all(|facts| facts.is_empty()), "{emptied:?}");
        database.store().migrate().await.unwrap();
        assert_eq!(Schema::of(&mut raw), before);
    }
}

#[tokio::test]
async fn orders_left_open_by_an_older_version_are_due_at_once_and_the_others_never() {
    for database in raw::both().await {
        let mut raw = Raw::of(&database);
        seed::fill(database.store()).await;
        raw.revert_down_to("2026-11-24-000007_open_orders");
        database.store().migrate().await.unwrap();
        let sql = "SELECT state || CASE WHEN next_check_at IS NULL THEN ' never'
                WHEN next_check_at = started_at THEN ' due' ELSE ' later' END AS line
            FROM attempts ORDER BY donation_id";
        assert_eq!(raw.lines(sql), ["prepared due", "prepared due", "paid never", "paid never"]);
    }
}

#[tokio::test]
async fn donations_and_jobs_of_an_older_version_are_found_by_their_donors_address() {
    for database in raw::both().await {
        let mut raw = Raw::of(&database);
        seed::fill(database.store()).await;
        raw.execute("UPDATE donations SET donor_email = 'Ivan@Example.com'").unwrap();
        let jobs = "SELECT kind || ' ' || donation_version AS line FROM jobs WHERE donation_id IS NOT NULL ORDER BY id";
        let timeline = "SELECT kind || ' ' || donation_id || ' ' || step AS line FROM timeline_entries
            ORDER BY donation_id, donation_version, step";
        let before = [raw.lines(jobs), raw.lines(timeline)];
        raw.revert_down_to("2026-11-24-000011_sessions_and_tokens");
        database.store().migrate().await.unwrap();
        let keys = raw.lines("SELECT DISTINCT donor_email_key AS line FROM donations");
        assert_eq!(keys, ["ivan@example.com"]);
        assert_eq!([raw.lines(jobs), raw.lines(timeline)], before);
        assert!(before.iter().all(|lines| !lines.is_empty()));
    }
}

/// All of a job and of a step, those of accounts among them; what an older version does not know is gone with it.
#[tokio::test]
async fn jobs_and_steps_of_the_version_without_receipts_are_kept() {
    for database in raw::both().await {
        let mut raw = Raw::of(&database);
        seed::fill(database.store()).await;
        let jobs = "SELECT kind || ' ' || coalesce(donation_version, -1) || ' ' || coalesce(CAST(account_id AS text), '-') || ' '
            || coalesce(CAST(refund_id AS text), '-') || ' ' || status || ' ' || attempts AS line FROM jobs
            WHERE kind <> 'tell_operators' ORDER BY id";
        let timeline = "SELECT kind || ' ' || donation_id || ' ' || step || ' ' || actor AS line FROM timeline_entries
            ORDER BY donation_id, donation_version, step";
        let before = [raw.lines(jobs), raw.lines(timeline)];
        assert!(before[0].iter().any(|line| line.starts_with("confirm_email -1 ")), "{before:?}");
        let paid = database.store().find(DonationId(Uuid::from_u128(5))).await.unwrap().unwrap();
        let cause = Cause { actor: Actor::System, request_id: None };
        let change = paid.plan_receipt(seed::at(50), &cause).unwrap();
        assert!(matches!(database.store().save(&change).await.unwrap(), Save::Saved(_)));
        assert_ne!([raw.lines(jobs), raw.lines(timeline)], before);
        raw.revert_down_to("2026-11-24-000014_receipts");
        database.store().migrate().await.unwrap();
        assert_eq!([raw.lines(jobs), raw.lines(timeline)], before);
    }
}

/// A corrected name is a step that an older version does not know; what is no draft there is not open either.
#[tokio::test]
async fn steps_and_campaigns_of_the_version_without_managed_campaigns_are_kept() {
    for database in raw::both().await {
        let mut raw = Raw::of(&database);
        seed::fill(database.store()).await;
        let timeline = "SELECT kind || ' ' || donation_id || ' ' || step || ' ' || actor AS line FROM timeline_entries
            ORDER BY donation_id, donation_version, step";
        let before = raw.lines(timeline);
        let paid = database.store().find(DonationId(Uuid::from_u128(5))).await.unwrap().unwrap();
        let cause = Cause { actor: Actor::System, request_id: None };
        let correction = NameCorrection {
            name: LineText::parse("Айгүл").unwrap(),
            reason: LineText::parse("misspelt").unwrap(),
        };
        let change = paid.correct_name(&correction, (seed::at(50), &cause)).change.unwrap();
        assert!(matches!(database.store().save(&change).await.unwrap(), Save::Saved(_)));
        assert_eq!(raw.lines(timeline).len(), before.len() + 1);
        let (yes, ever) = match raw {
            Raw::Sqlite(_) => ("1", "0"),
            Raw::Postgres(_) => ("true", "'epoch'"),
        };
        let draft = format!(
            "INSERT INTO campaigns (slug, position, title_kk, title_ru, title_en, text_kk, text_ru, text_en,
                price_per_tree, presets, version, draft)
            SELECT 'draft', 0, title_kk, title_ru, title_en, '', '', '', 1, presets, 0, {yes} FROM campaigns"
        );
        raw.execute(&draft).unwrap();

        raw.revert_down_to("2026-11-24-000020_campaigns_managed");
        let over = format!("SELECT slug AS line FROM campaigns WHERE ends_at = {ever}");
        assert_eq!(raw.lines(&over), ["draft"]);
        database.store().migrate().await.unwrap();
        assert_eq!(raw.lines(timeline), before);
        let under = format!("SELECT slug AS line FROM campaigns WHERE donated_under = {yes}");
        assert_eq!(raw.lines(&under), ["trees"], "an older version's donations fix the price");
    }
}

/// With all that refers to them; whoever could only look has no say in a version that does not know the role.
#[tokio::test]
async fn accounts_of_the_version_without_viewers_are_kept() {
    for database in raw::both().await {
        let mut raw = Raw::of(&database);
        seed::fill(database.store()).await;
        raw.execute("UPDATE accounts SET role = 'viewer', email_confirmed_at = created_at").unwrap();
        raw.execute("UPDATE donations SET account_id = (SELECT id FROM accounts)").unwrap();
        let accounts =
            "SELECT email || ' ' || email_key || ' ' || name || ' ' || language || ' ' || role || ' ' || password_hash
            || ' ' || CASE WHEN email_confirmed_at = created_at THEN 'proved' ELSE '' END AS line FROM accounts";
        let references = "SELECT CAST(d.account_id AS text) || CAST(s.account_id AS text) AS line
            FROM donations d, sessions s ORDER BY d.id";
        let before = [raw.lines(accounts), raw.lines(references)];
        raw.revert_down_to("2026-11-24-000017_audit");
        assert_eq!(raw.lines("SELECT role AS line FROM accounts"), ["donor"]);
        database.store().migrate().await.unwrap();
        raw.execute("UPDATE accounts SET role = 'viewer'").unwrap();
        assert_eq!([raw.lines(accounts), raw.lines(references)], before);
        assert!(raw.execute("UPDATE sessions SET account_id = '00000000-0000-0000-0000-000000000099'").is_err());
    }
}

#[tokio::test]
async fn donations_of_an_older_version_have_the_title_that_is_known_of_their_campaign() {
    for database in raw::both().await {
        let mut raw = Raw::of(&database);
        seed::fill(database.store()).await;
        raw.revert_down_to("2026-11-24-000012_campaigns");
        raw.execute("UPDATE donations SET campaign = 'forest' WHERE status = 'pending'").unwrap();
        raw.execute("UPDATE donations SET language = 'en' WHERE status = 'failed'").unwrap();
        database.store().migrate().await.unwrap();
        let titles = raw.lines("SELECT DISTINCT status || ' ' || campaign_title AS line FROM donations ORDER BY line");
        let expected =
            ["completed Ағаш отырғызу", "failed Planting trees", "partially_refunded Ағаш отырғызу", "pending forest"];
        assert_eq!(titles, expected);
    }
}

#[tokio::test]
async fn refunds_reviews_and_jobs_of_an_older_version_are_kept() {
    for database in raw::both().await {
        let mut raw = Raw::of(&database);
        seed::fill(database.store()).await;
        let paid = DonationId(Uuid::from_u128(5));
        let before = database.store().find(paid).await.unwrap().unwrap();
        raw.revert_down_to("2026-11-24-000008_refunds_and_reviews");
        database.store().migrate().await.unwrap();

        let after = database.store().find(paid).await.unwrap().unwrap();
        assert_eq!(after.refunds.len(), 1);
        assert_eq!(after.refunds[0].gateway_id, before.refunds[0].gateway_id);
        assert_eq!((after.status(), after.open_reviews()), (before.status(), before.open_reviews()));
        let due = DueJobs { now: seed::at(60), lease_until: seed::at(70), limit: 100 };
        let jobs = JobStore::take_due(database.store(), &due).await.unwrap();
        let mut of_paid: Vec<_> = jobs.into_iter().filter(|job| job.task.donation() == Some(paid)).collect();
        of_paid.sort_by_key(|job| job.task);
        let number = before.certificate.as_ref().map(|certificate| certificate.number.clone());
        assert!(of_paid.iter().any(|job| job.task.work() == Some(Work::SendCertificate) && job.certificate == number));
        assert_eq!(of_paid.last().unwrap().task.work(), Some(Work::TellOfRefund(after.refunds[0].id)));
    }
}
