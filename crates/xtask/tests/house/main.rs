//! The house rules that neither the compiler, nor clippy, nor `deny.toml` can see.
//!
//! Every check is a function from texts to complaints, so that each can also be shown a text that breaks its rule: a
//! check that cannot fail protects nothing.
#![expect(clippy::unwrap_used, reason = "a test reports by panicking")]

mod adapters;
mod arrows;
mod code;
mod migrations;
mod ports;
mod settings;
mod source;
mod texts;

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// A file of the project.
struct File {
    /// From the project's root, with `/`.
    path: String,
    text: String,
}

fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    root.expect("this crate is two folders below the root").to_owned()
}

/// The files under a folder of the project that `wanted` says yes to by their path; generated ones are never among them.
fn files(folder: &str, wanted: impl Fn(&str) -> bool) -> Vec<File> {
    let root = root();
    let generated = |name: &str| matches!(name, "target" | ".git" | "data" | "node_modules");
    let entries = WalkDir::new(root.join(folder)).sort_by_file_name();
    let entries = entries.into_iter().filter_entry(|entry| !entry.file_name().to_str().is_some_and(generated));
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        if entry.file_type().is_file() && wanted(&path) {
            found.push(File { path, text: fs::read_to_string(entry.path()).unwrap() });
        }
    }
    found
}

/// Every Rust file of ours.
fn rust_files() -> Vec<File> {
    let found = files("crates", |path| path.ends_with(".rs"));
    assert!(found.len() > 100, "the house is larger than {} files: is this the project's root?", found.len());
    found
}

/// Fails with all complaints, not only the first.
#[track_caller]
fn none(complaints: impl IntoIterator<Item = String>) {
    let complaints: Vec<_> = complaints.into_iter().collect();
    assert!(complaints.is_empty(), "\n  {}\n", complaints.join("\n  "));
}
