//! A port says what must hold; how is the adapter's business. So no method of a port has a body of its own.

use crate::source::{Literals, code_of};
use crate::{File, files, none};

fn bodies(file: &File) -> Vec<String> {
    let code = code_of(&file.text, Literals::Emptied);
    let mut found = Vec::new();
    for (at, _) in code.match_indices("trait ") {
        let starts_word = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if let Some(open) = code[at..].find('{').filter(|_| starts_word) {
            let name: String = code[at + 6..].chars().take_while(|c| c.is_alphanumeric()).collect();
            let methods = bodies_within(&code[at + open + 1..]);
            found.extend(methods.iter().map(|method| format!("{}: {name}::{method} has a body", file.path)));
        }
    }
    found
}

/// The methods with a body of the trait whose inside begins here.
fn bodies_within(inside: &str) -> Vec<String> {
    let (mut found, mut depth, mut signature) = (Vec::new(), 0_usize, String::new());
    for c in inside.chars() {
        match c {
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            '{' => {
                if depth == 0 {
                    found.extend(method_of(&signature));
                }
                depth += 1;
                signature.clear();
            }
            ';' if depth == 0 => signature.clear(),
            c if depth == 0 => signature.push(c),
            _ => {}
        }
    }
    found
}

fn method_of(signature: &str) -> Option<String> {
    let name = signature.split_once("fn ")?.1;
    Some(name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
}

#[test]
fn ports_have_no_default_bodies() {
    let ports = files("crates/domain/src/ports", |path| path.ends_with(".rs"));
    assert!(ports.iter().filter(|file| file.text.contains("pub trait ")).count() >= 10);
    none(ports.iter().flat_map(bodies));
}

#[test]
fn a_default_body_is_found() {
    let file = |text: &str| File { path: "p.rs".to_owned(), text: text.to_owned() };
    let port =
        "pub trait Clock: Send {\n /// { }\n fn now(&self) -> Instant;\n fn later(&self) -> Instant { self.now() }\n}";
    assert_eq!(bodies(&file(port)), ["p.rs: Clock::later has a body"]);
    let port = "trait A { async fn a<'a>(&self, b: &'a [u8; 3]) -> Result<(), E>; fn b(); }\nfn c() { d() }";
    assert_eq!(bodies(&file(port)), [""; 0]);
}
