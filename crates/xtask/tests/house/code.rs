//! How the code has to be, line by line.

use crate::source::{Literals, code_of, lines_with, split_tests};
use crate::{File, none, rust_files};

const LONGEST_FILE: usize = 400;

/// What never stands in what is shipped.
const NOT_SHIPPED: [&str; 3] = [".unwrap()", "todo!", "unimplemented!"];

/// What no test does: waiting is slow and fails on a busy machine, and the real clock makes every run another one.
const NOT_TESTED_WITH: [&str; 4] = ["sleep", "Utc::now", "SystemTime::now", "Local::now"];

/// Shipped only under a feature that tests ask for.
const TESTS_IN_SRC: [&str; 2] = ["crates/domain/src/contract/", "crates/diesel-store/src/testing.rs"];

/// The file's code cut into what is shipped and what is for tests.
fn cut(file: &File) -> (String, String) {
    let code = code_of(&file.text, Literals::Emptied);
    let is_test = file.path.contains("/tests/") || TESTS_IN_SRC.iter().any(|path| file.path.starts_with(path));
    if is_test { (String::new(), code) } else { split_tests(&code) }
}

fn complaints(file: &File) -> Vec<String> {
    let (shipped, tests) = cut(file);
    let mut found = Vec::new();
    let mut look = |code: &str, word: &str, why: &str| {
        let lines = lines_with(code, word);
        found.extend(lines.into_iter().map(|line| format!("{}:{line}: {word} {why}", file.path)));
    };
    for word in NOT_SHIPPED {
        look(&shipped, word, "in what is shipped");
    }
    for word in NOT_TESTED_WITH {
        look(&tests, word, "in a test");
    }
    look(&tests, "todo!", "in a test");
    look(&tests, "#[ignore", "hides a test");
    look(&shipped, "#[ignore", "hides a test");
    let lines = file.text.lines().count();
    if lines > LONGEST_FILE {
        found.push(format!("{}: {lines} lines; {LONGEST_FILE} are the most", file.path));
    }
    found
}

#[test]
fn the_code_keeps_the_rules_of_the_house() {
    none(rust_files().iter().flat_map(complaints));
}

#[test]
fn code_that_breaks_a_rule_is_found() {
    let found = |path: &str, text: &str| {
        let file = File { path: path.to_owned(), text: text.to_owned() };
        complaints(&file).len()
    };
    let (src, test) = ("crates/x/src/a.rs", "crates/x/tests/a.rs");
    assert_eq!(found(src, "fn a() { b.unwrap(); todo!() }"), 2);
    assert_eq!(found(src, "fn a() { b.unwrap_or(1); \"todo!\" } // .unwrap()"), 0);
    assert_eq!(found(src, "#[cfg(test)]\nmod tests { fn a() { b.unwrap(); } }"), 0);
    assert_eq!(found(src, "#[cfg(test)]\nmod tests { #[ignore] fn a() { sleep(1); } }"), 2);
    assert_eq!(found(test, "use std::thread; fn a() { thread::sleep(x); Utc::now().unwrap(); }"), 2);
    assert_eq!(found(test, "#[ignore = \"slow\"]\nfn a() {}"), 1);
    assert_eq!(found("crates/domain/src/contract/a.rs", "fn a() { b.unwrap() }"), 0);
    assert_eq!(found(src, &"\n".repeat(LONGEST_FILE)), 0);
    assert_eq!(found(src, &"\n".repeat(LONGEST_FILE + 1)), 1);
}
