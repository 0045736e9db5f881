//! What strangers read: links that lead somewhere, and nothing of the machine that a text was written on.

use std::path::Path;

use crate::{File, files, none, root};

/// Folders of somebody's own machine, and addresses that only an own mirror or an own set-up would need.
const NOT_FOR_STRANGERS: &[&str] = &[
    "/home/",
    "/root/",
    "/work/",
    "/Users/",
    "/tmp/",
    "C:\\",
    "shared/",
    "static.crates.io",
    "index.crates.io",
    "pypi.org",
    "registry.npmjs.org",
    "proxy.golang.org",
    "deb.debian.org",
];

fn forbidden(file: &File) -> Vec<String> {
    let mut found = Vec::new();
    for (line, number) in file.text.lines().zip(1..) {
        let words = NOT_FOR_STRANGERS.iter().filter(|word| line.contains(**word));
        found.extend(words.map(|word| format!("{}:{number}: {word} means nothing to a stranger", file.path)));
    }
    found
}

/// Where the text's links lead within the project, as they are written.
fn links(text: &str) -> Vec<&str> {
    let targets = text.split("](").skip(1).filter_map(|after| after.split([')', ' ']).next());
    let inside = targets.filter(|target| !target.contains("://") && !target.starts_with(['#', '/']));
    inside.filter_map(|target| target.split('#').next()).filter(|target| !target.is_empty()).collect()
}

fn dead_links(file: &File, exists: impl Fn(&Path) -> bool) -> Vec<String> {
    let folder = Path::new(&file.path).parent().unwrap_or(Path::new(""));
    let dead = links(&file.text).into_iter().filter(|target| !exists(&folder.join(target)));
    dead.map(|target| format!("{}: the link to {target} leads nowhere", file.path)).collect()
}

fn read_by_strangers(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.ends_with(".md") || matches!(name, ".env.example" | "Dockerfile" | "docker-compose.yml" | "deny.toml")
}

#[test]
fn texts_are_for_strangers() {
    let texts = files("", read_by_strangers);
    for name in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", ".env.example", "docs/donation-states.md"] {
        assert!(texts.iter().any(|file| file.path == name), "{name} is missing");
    }
    none(texts.iter().flat_map(forbidden));
    none(texts.iter().flat_map(|file| dead_links(file, |path| root().join(path).exists())));
}

#[test]
fn a_text_that_is_not_for_strangers_is_found() {
    let file = |text: &str| File { path: "docs/a.md".to_owned(), text: text.to_owned() };
    assert_eq!(forbidden(&file("fine\nsee /home/me/notes")), ["docs/a.md:2: /home/ means nothing to a stranger"]);
    assert!(forbidden(&file("see `crates/domain`")).is_empty());
    let text = file("[a](b.md#c) [d](../e.md) [f](https://x.kz) [g](#h) `[i]`(j)");
    assert_eq!(links(&text.text), ["b.md", "../e.md"]);
    let dead = dead_links(&text, |path| path == Path::new("docs/b.md"));
    assert_eq!(dead, ["docs/a.md: the link to ../e.md leads nowhere"]);
}
