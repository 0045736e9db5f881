//! A letter as plain text.

use super::Content;
use super::texts::Texts;

/// Each address stands on a line of its own, so that no program takes a full stop for a part of it.
pub(super) fn write(texts: Texts, content: &Content) -> String {
    let mut blocks = Vec::new();
    blocks.extend(content.test.clone());
    blocks.push(content.greeting.clone());
    blocks.extend(content.paragraphs.iter().cloned());
    if !content.facts.is_empty() {
        let lines = content.facts.iter().map(|(name, value)| format!("{name}: {value}"));
        blocks.push(lines.collect::<Vec<_>>().join("\n"));
    }
    blocks.extend(content.links.iter().map(|(words, address)| format!("{words}:\n{address}")));
    blocks.extend(content.notes.iter().cloned());
    // "-- " begins a signature (RFC 3676, 4.3).
    blocks.push(format!("-- \n{}\n{}", texts.get("brand"), content.why));
    blocks.join("\n\n") + "\n"
}
