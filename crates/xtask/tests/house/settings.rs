//! Every setting is explained where people look for it: once in `.env.example`, and in `docs/configuration.md`.

use std::fs;

use crate::{none, root};

/// The names in `const KEYS` of the configuration's source.
fn keys(source: &str) -> Vec<&str> {
    let list = source.split_once("const KEYS: &[&str] = &[").expect("the list of settings").1;
    let list = list.split_once("];").expect("the list's end").0;
    list.split('"').skip(1).step_by(2).collect()
}

/// The names that an `.env` file sets, switched off (`# NAME=`) or not.
fn names_in_env(env: &str) -> Vec<&str> {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    let names = env.lines().filter_map(|line| line.trim_start_matches("# ").split_once('=').map(|(name, _)| name));
    names.filter(|name| is_name(name)).collect()
}

fn complaints(keys: &[&str], env: &str, page: &str) -> Vec<String> {
    let names = names_in_env(env);
    let mut found = Vec::new();
    for key in keys {
        match names.iter().filter(|name| *name == key).count() {
            1 => {}
            times => found.push(format!(".env.example: has {key} {times} times, not once")),
        }
        if !page.contains(&format!("`{key}`")) {
            found.push(format!("docs/configuration.md: does not explain {key}"));
        }
    }
    let strangers = names.iter().filter(|name| !keys.contains(name));
    found.extend(strangers.map(|name| format!(".env.example: {name} is no setting")));
    found
}

#[test]
fn every_setting_is_explained() {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    let source = read("crates/http-api/src/config/sources.rs");
    let keys = keys(&source);
    assert!(keys.len() > 20, "{keys:?}");
    none(complaints(&keys, &read(".env.example"), &read("docs/configuration.md")));
}

#[test]
fn a_setting_that_is_not_explained_is_found() {
    assert_eq!(keys("pub const KEYS: &[&str] = &[\n \"HOST\",\n \"PORT\",\n];"), ["HOST", "PORT"]);
    let env = "# Where to listen: a=b\nHOST=x\n# PORT=5000\nPORT=1\nTYPO=1\n";
    let expected = [
        ".env.example: has PORT 2 times, not once",
        "docs/configuration.md: does not explain PORT",
        ".env.example: has JWT_SECRET 0 times, not once",
        ".env.example: TYPO is no setting",
    ];
    assert_eq!(complaints(&["HOST", "PORT", "JWT_SECRET"], env, "`HOST` `JWT_SECRET`"), expected);
}
