//! A letter as HTML: tables and inline styles, because mail programs know little else, and nothing that has to be fetched.

use askama::Template;

use super::Content;
use super::texts::Texts;

#[derive(Template)]
#[template(path = "letter.html")]
struct Document<'a> {
    language: &'static str,
    brand: String,
    /// The first link has a button; this stands above its address in small print.
    if_button_fails: String,
    content: &'a Content,
}

pub(super) fn write(texts: Texts, content: &Content) -> String {
    let document = Document {
        language: texts.0.code(),
        brand: texts.get("brand"),
        if_button_fails: texts.get("if-button-fails"),
        content,
    };
    document.render().expect("our template writes into memory and cannot fail")
}
