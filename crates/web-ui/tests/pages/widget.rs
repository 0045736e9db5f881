//! The widget's own text. What it does is tried in a browser, in `http-api`.

use std::collections::BTreeSet;

use crate::support::TestSite;

const GUIDE: &str = include_str!("../../../../docs/frontend.md");

async fn text() -> String {
    TestSite::new().get("/widget.js").await.html
}

/// What stands between `before` and `after`, each time.
fn between<'text>(text: &'text str, before: &str, after: char) -> BTreeSet<&'text str> {
    text.split(before).skip(1).filter_map(|rest| rest.split(after).next()).collect()
}

#[actix_web::test]
async fn it_is_small_and_makes_no_markup_and_keeps_nothing() {
    let text = text().await;
    assert!(text.len() < 25 * 1024, "{} bytes", text.len());
    for word in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "eval(",
        "cookie =",
        "localStorage",
        "sessionStorage",
        "//fonts",
    ] {
        assert!(!text.contains(word), "{word}");
    }
}

#[actix_web::test]
async fn it_says_everything_in_three_languages() {
    let text = text().await;
    let table = text.split("const TEXTS = {\n").nth(1).unwrap().split("\n};").next().unwrap();
    let rows: Vec<_> = table.lines().collect();
    assert!(rows.len() > 30, "{}", rows.len());
    for row in rows {
        let texts: Vec<_> = row.split('"').skip(1).step_by(2).collect();
        assert!(texts.len() == 3 && texts.iter().all(|text| !text.is_empty()), "{row}");
        let names = |text: &str| between(text, "{", '}').into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
        assert!(names(texts[0]) == names(texts[1]) && names(texts[1]) == names(texts[2]), "{row}");
    }
}

#[actix_web::test]
async fn what_a_page_can_set_stands_in_the_guide() {
    let text = text().await;
    let parts = between(&text, "el(\"", '"').into_iter().filter_map(|name| name.split_once('.').map(|(_, part)| part));
    let colours = text.split("const COLOURS = {").nth(1).unwrap().split("\n};").next().unwrap();
    let colours = colours.split("],").filter_map(|row| row.split(':').next());
    let colours = colours.map(|name| name.trim().trim_matches('"')).filter(|name| !name.is_empty());
    let colours = colours.map(|name| format!("--donate-{name}"));
    let others = between(&text, "var(--donate-", ',').into_iter().filter(|name| !name.contains('$'));
    let others = others.map(|name| format!("--donate-{name}"));
    let attributes = text.split("return [\"").nth(1).unwrap().split(']').next().unwrap();
    let attributes = attributes.split(", ").map(|name| name.trim_matches('"'));
    let names: BTreeSet<_> = parts.chain(attributes).map(str::to_owned).chain(colours).chain(others).collect();
    assert!(names.len() > 35, "{names:?}");
    for name in &names {
        assert!(GUIDE.contains(&format!("`{name}`")), "docs/frontend.md does not name {name}");
    }
}
