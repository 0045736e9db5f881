//! Reading Rust well enough to tell code from comments, texts and tests.

/// Whether string literals are kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Literals {
    Kept,
    Emptied,
}

/// The source without its comments; every line stays where it was.
pub(crate) fn code_of(source: &str, literals: Literals) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let before = out.chars().next_back().unwrap_or(' ');
        let (length, kept) = if let Some(length) = comment(rest) {
            (length, false)
        } else if let Some(length) = text_literal(rest, before) {
            (length, literals == Literals::Kept)
        } else {
            (c.len_utf8(), true)
        };
        let (piece, after) = rest.split_at(length);
        if kept {
            out.push_str(piece);
        } else {
            out.extend(piece.chars().filter(|c| *c == '\n'));
        }
        rest = after;
    }
    out
}

fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if !rest.starts_with("/*") {
        return None;
    }
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        if here.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with(b"*/") {
            depth -= 1;
            at += 2;
        } else {
            at += 1;
        }
        if depth == 0 {
            break;
        }
    }
    Some(at)
}

/// The length of a string or character literal that begins here.
fn text_literal(rest: &str, before: char) -> Option<usize> {
    let in_a_word = before.is_alphanumeric() || before == '_';
    let prefix = ["br", "cr", "r"].iter().find(|prefix| !in_a_word && rest.starts_with(**prefix));
    if let Some(prefix) = prefix {
        let hashes = rest[prefix.len()..].bytes().take_while(|b| *b == b'#').count();
        let begin = prefix.len() + hashes;
        if rest[begin..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let body = begin + 1;
            return Some(rest[body..].find(&end).map_or(rest.len(), |at| body + at + end.len()));
        }
    }
    match rest.as_bytes()[0] {
        b'"' => Some(escaped(rest, b'"')),
        // 'a' and '\n' are characters, 'a is a lifetime.
        b'\'' if rest[1..].starts_with('\\') => Some(escaped(rest, b'\'')),
        b'\'' => {
            let inside = rest[1..].chars().next()?.len_utf8();
            rest[1 + inside..].starts_with('\'').then_some(inside + 2)
        }
        _ => None,
    }
}

fn escaped(rest: &str, quote: u8) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while at < bytes.len() && bytes[at] != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

/// Code (from [`code_of`]) cut into what is shipped and what stands under `#[cfg(test)]`, each with its lines in place.
pub(crate) fn split_tests(code: &str) -> (String, String) {
    let (mut shipped, mut tests, mut rest) = (String::new(), String::new(), code);
    while let Some(at) = rest.find("#[cfg(test)]") {
        let end = at + item_length(&rest[at..]);
        shipped.push_str(&rest[..at]);
        tests.extend(rest[..at].chars().filter(|c| *c == '\n'));
        tests.push_str(&rest[at..end]);
        shipped.extend(rest[at..end].chars().filter(|c| *c == '\n'));
        rest = &rest[end..];
    }
    shipped.push_str(rest);
    (shipped, tests)
}

/// Up to the `;` or the closing brace of the item that begins here.
fn item_length(code: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in code.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth <= 1 => return at + 1,
            '}' => depth -= 1,
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

/// The lines, counted from 1, that hold `word` as a whole word (or path).
pub(crate) fn lines_with(code: &str, word: &str) -> Vec<usize> {
    let part_of_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let whole = |line: &str| {
        line.match_indices(word).any(|(at, _)| {
            let (before, after) = (line[..at].chars().next_back(), line[at + word.len()..].chars().next());
            let starts = !word.starts_with(char::is_alphanumeric) || !part_of_word(before);
            let ends = !word.ends_with(char::is_alphanumeric) || !part_of_word(after);
            starts && ends
        })
    };
    code.lines().zip(1..).filter(|(line, _)| whole(line)).map(|(_, number)| number).collect()
}

#[test]
fn comments_and_texts_are_no_code() {
    let source = "a // b \"\n\"c // d\" e /* f /* g */ h\n */ i r#\"j\"k\"# l 'm' '\\'' 'n: b\"o\" r \"\\\"p\" q";
    assert_eq!(code_of(source, Literals::Emptied), "a \n e \n i  l   'n: b r  q");
    assert_eq!(code_of("f(\"x // y\") // z", Literals::Kept), "f(\"x // y\") ");
}

#[test]
fn tests_are_cut_out_of_what_is_shipped() {
    let code = "fn a() {}\n#[cfg(test)]\nmod tests {\n fn b() { c(); }\n}\nfn d() {}\n#[cfg(test)]\nmod e;\nfn f() {}";
    let (shipped, tests) = split_tests(code);
    assert_eq!(shipped, "fn a() {}\n\n\n\n\nfn d() {}\n\n\nfn f() {}");
    assert_eq!(lines_with(&tests, "c"), [4]);
    assert!(tests.contains("mod e;") && !tests.contains("fn d"));
}

#[test]
fn words_are_found_whole() {
    assert_eq!(lines_with("sleeping\nsleep(1)\na_sleep\ntime::sleep", "sleep"), [2, 4]);
    assert_eq!(lines_with("x.unwrap_or(1)\nx.unwrap()", ".unwrap()"), [2]);
}
