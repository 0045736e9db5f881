//! What donations are found by, where the store did not write it with them; and words that nearly all have.

use diesel_store::Store;
use domain::SearchText;
use domain::ports::{DonationFilter, DonationQuery, DonationScope, DonationStore as _};

use crate::raw::{self, Raw};
use crate::seed;

async fn found(store: &Store, text: &str) -> usize {
    let filter = DonationFilter { text: SearchText::parse(text), ..DonationFilter::default() };
    let query = DonationQuery { scope: DonationScope::All, filter, after: None, limit: 1_000 };
    store.list(&query).await.unwrap().len()
}

fn terms(raw: &mut Raw) -> Vec<String> {
    raw.lines("SELECT CAST(donation_id AS text) || ' ' || term AS line FROM donation_terms ORDER BY donation_id, term")
}

#[tokio::test]
async fn donations_of_before_there_was_a_search_are_found() {
    for database in raw::both().await {
        let store = database.store();
        seed::fill(store).await;
        let mut raw = Raw::of(&database);
        let (kept, all) = (terms(&mut raw), found(store, "ivan").await);
        assert!(all > 0 && kept.len() > all);
        raw.revert_down_to("2026-11-24-000018_search");
        assert!(store.migrate().await.unwrap().contains(&"2026-11-24-000018_search".to_owned()));
        assert_eq!(terms(&mut raw), kept);
        assert_eq!(found(store, "ivan").await, all);
        assert_eq!(raw.lines("SELECT CAST(id AS text) AS line FROM donations WHERE NOT indexed"), [""; 0]);
    }
}

#[tokio::test]
async fn donations_that_somebody_else_has_put_there_are_found_after_the_next_start() {
    for database in raw::both().await {
        let store = database.store();
        seed::fill(store).await;
        let mut raw = Raw::of(&database);
        let kept = terms(&mut raw);
        raw.execute("DELETE FROM donation_terms").unwrap();
        assert_eq!(store.migrate().await, Ok(vec![]));
        assert_eq!(terms(&mut raw), [""; 0], "they are said to be indexed");
        raw.execute("UPDATE donations SET indexed = NOT indexed").unwrap();
        assert_eq!(store.migrate().await, Ok(vec![]));
        assert_eq!(terms(&mut raw), kept);
    }
}

/// Which is another way through the tables.
#[tokio::test]
async fn a_word_that_nearly_all_have_is_found_in_the_lists_order() {
    for database in raw::both().await {
        let store = database.store();
        seed::fill(store).await;
        let mut raw = Raw::of(&database);
        let of_all = |raw: &mut Raw, text: &str| {
            let (number, pad) = match raw {
                Raw::Sqlite(_) => (
                    "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 5100)",
                    "printf('%05d', n)",
                ),
                Raw::Postgres(_) => ("WITH n(n) AS (SELECT generate_series(1, 5100))", "lpad(n::text, 5, '0')"),
            };
            // All of one donation: it is the number of rows that counts.
            raw.execute(&format!(
                "INSERT INTO donation_terms (donation_id, term)
                {number} SELECT (SELECT id FROM donations ORDER BY created_at, id LIMIT 1), '{text}' || {pad} FROM n"
            ))
            .unwrap();
        };
        let (ivans, few) = (found(store, "ivan").await, found(store, "example.com ivan").await);
        of_all(&mut raw, "ivanko");
        assert_eq!(found(store, "ivan").await, ivans);
        of_all(&mut raw, "example");
        assert_eq!(found(store, "example ivan").await, few);
        assert_eq!(found(store, "ivanko00001").await, 1);
        assert_eq!(found(store, "ivan nobody").await, 0);
    }
}
