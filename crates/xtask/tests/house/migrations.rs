//! Both databases are migrated in the same steps, each of which can be undone.

use std::collections::BTreeSet;

use crate::{files, none};

/// `paths` are those of every file under `migrations/`.
fn complaints(paths: &BTreeSet<String>) -> Vec<String> {
    let steps: BTreeSet<_> = paths.iter().filter_map(|path| Some(path.split('/').nth(2)?.to_owned())).collect();
    let mut found = Vec::new();
    let mut wanted = BTreeSet::new();
    for step in &steps {
        for database in ["postgres", "sqlite"] {
            for file in ["up.sql", "down.sql"] {
                wanted.insert(format!("migrations/{database}/{step}/{file}"));
            }
        }
    }
    found.extend(wanted.difference(paths).map(|path| format!("{path}: is missing")));
    found.extend(paths.difference(&wanted).map(|path| format!("{path}: is no part of a migration")));
    found
}

#[test]
fn both_databases_have_the_same_migrations() {
    let files = files("migrations", |_| true);
    none(files.iter().filter(|file| file.text.trim().is_empty()).map(|file| format!("{}: is empty", file.path)));
    let paths: BTreeSet<_> = files.into_iter().map(|file| file.path).collect();
    assert!(!paths.is_empty());
    none(complaints(&paths));
}

#[test]
fn a_migration_of_one_database_alone_is_found() {
    let all = |path: &str| format!("migrations/{path}");
    let mut paths: BTreeSet<_> =
        ["postgres/1_a/up.sql", "postgres/1_a/down.sql", "sqlite/1_a/up.sql", "sqlite/1_a/down.sql"]
            .map(all)
            .into_iter()
            .collect();
    assert!(complaints(&paths).is_empty());
    paths.insert(all("sqlite/2_b/up.sql"));
    assert_eq!(complaints(&paths).len(), 3);
    paths.remove(&all("sqlite/2_b/up.sql"));
    paths.insert(all("postgres/1_a/notes.txt"));
    assert_eq!(complaints(&paths), ["migrations/postgres/1_a/notes.txt: is no part of a migration"]);
}
