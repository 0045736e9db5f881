//! Campaigns in files: what each key may be, and what is said when it is not.

use std::fs;

use http_api::config::{ConfigErrors, ServerConfig, Sources, load};

/// What comes of a file with this text, beside a picture and files that are none.
fn read(text: &str) -> Result<ServerConfig, ConfigErrors> {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("local.toml", text.as_bytes());
    write("pine.png", b"\x89PNG\r\n\x1a\n of a pine");
    write("pine.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
    write("empty.png", b"");
    let mut large = b"\x89PNG\r\n\x1a\n".to_vec();
    large.resize(1024 * 1024, 0);
    write("largest.png", &large);
    large.push(0);
    write("larger.png", &large);
    load(&Sources { folder: Some(folder.path().to_owned()), ..Sources::default() })
}

fn keys(text: &str) -> Vec<String> {
    read(text).unwrap_err().keys().map(str::to_owned).collect()
}

const TITLE: &str = "title = { kk = \"Орман\", ru = \"Лес\", en = \"Forest\" }\n";
const ALT: &str = "picture_alt = { kk = \"Қарағай\", ru = \"Сосна\", en = \"A pine\" }\n";

/// A campaign that is right but for these lines.
fn forest(lines: &str) -> String {
    format!("[[campaigns]]\nslug = \"forest\"\nprice_per_tree = 900\n{TITLE}{lines}\n")
}

#[test]
fn a_campaign_needs_no_more_than_a_slug_a_title_and_a_price() {
    let config = read(&forest("")).unwrap();
    let campaign = &config.campaigns[0].campaign;
    assert_eq!((campaign.slug.as_str(), campaign.price_per_tree.get(), campaign.goal), ("forest", 900, None));
    assert_eq!((campaign.text.en.as_str(), &campaign.picture), ("", &None));
    assert_eq!(campaign.presets, config.presets, "the amounts that are offered everywhere");
}

#[test]
fn everything_of_a_campaign_can_be_set() {
    let lines = format!(
        "text = {{ kk = \"a\\n\\nb\", ru = \"\", en = \"c\" }}\ngoal = 2000000\npresets = [900, 1800]\n\
         starts_at = 2026-03-01T00:00:00+05:00\nends_at = \"2026-03-01T00:00:00Z\"\npicture = \"largest.png\"\n{ALT}"
    );
    let config = read(&forest(&lines)).unwrap();
    let seed = &config.campaigns[0];
    let campaign = &seed.campaign;
    assert_eq!(campaign.text.kk.paragraphs().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(campaign.goal.map(|goal| goal.get()), Some(2_000_000));
    assert_eq!(campaign.presets.iter().map(|preset| preset.get()).collect::<Vec<_>>(), [900, 1_800]);
    assert_eq!(campaign.starts_at.unwrap().to_rfc3339(), "2026-02-28T19:00:00+00:00");
    assert_eq!(campaign.ends_at.unwrap().to_rfc3339(), "2026-03-01T00:00:00+00:00");
    let picture = campaign.picture.as_ref().unwrap();
    assert_eq!((picture.alt.ru.as_str(), &picture.name.kk), ("Сосна", &seed.pictures[0].name));
    let built_in = read(&forest(&format!("picture = \"built-in:saxaul\"\n{ALT}"))).unwrap();
    assert_ne!(built_in.campaigns[0].pictures[0].name, seed.pictures[0].name);
}

#[test]
fn what_is_wrong_with_a_campaign_is_named() {
    let long = "a".repeat(201);
    for (lines, key) in [
        ("goal = 0".to_owned(), "campaigns.forest.goal"),
        ("goal = 1000.5".to_owned(), "campaigns.forest.goal"),
        ("goal = \"1000\"".to_owned(), "campaigns.forest.goal"),
        ("presets = [1000, 0]".to_owned(), "campaigns.forest.presets"),
        ("presets = 1000".to_owned(), "campaigns.forest.presets"),
        (format!("presets = [{}]", "1000, ".repeat(13)), "campaigns.forest.presets"),
        ("starts_at = \"tomorrow\"".to_owned(), "campaigns.forest.starts_at"),
        ("starts_at = 2026-03-01".to_owned(), "campaigns.forest.starts_at"),
        ("ends_at = 2026-03-01T00:00:00".to_owned(), "campaigns.forest.ends_at"),
        (
            "starts_at = 2026-03-01T00:00:00Z\nends_at = 2026-03-01T05:00:00+05:00".to_owned(),
            "campaigns.forest.ends_at",
        ),
        ("text = \"the same for all\"".to_owned(), "campaigns.forest.text"),
        ("text = { kk = \"a\", ru = \"a\" }".to_owned(), "campaigns.forest.text.en"),
        (format!("text = {{ kk = \"{}\", ru = \"a\", en = \"a\" }}", "a".repeat(4_001)), "campaigns.forest.text.kk"),
        ("text = { kk = \"a\", ru = \"a\", en = \"a\", de = \"a\" }".to_owned(), "campaigns.forest.text.de"),
        (format!("picture = \"none.png\"\n{ALT}"), "campaigns.forest.picture"),
        (format!("picture = \"pine.svg\"\n{ALT}"), "campaigns.forest.picture"),
        (format!("picture = \"empty.png\"\n{ALT}"), "campaigns.forest.picture"),
        (format!("picture = \"larger.png\"\n{ALT}"), "campaigns.forest.picture"),
        (format!("picture = \"built-in:palms\"\n{ALT}"), "campaigns.forest.picture"),
        (
            format!("picture = {{ kk = \"pine.png\", ru = \"pine.png\", en = \"no.png\" }}\n{ALT}"),
            "campaigns.forest.picture.en",
        ),
        ("picture = \"pine.png\"".to_owned(), "campaigns.forest.picture_alt"),
        (
            format!("picture_alt = {{ kk = \"{0}{0}\", ru = \"a\", en = \"a\" }}", long),
            "campaigns.forest.picture_alt.kk",
        ),
        ("gaol = 1000".to_owned(), "campaigns.forest.gaol"),
    ] {
        assert_eq!(keys(&forest(&lines)), [key], "{lines}");
    }
}

#[test]
fn what_a_campaign_must_have_is_missed_by_its_name() {
    let without_title = "[[campaigns]]\nslug = \"forest\"\nprice_per_tree = 900";
    assert_eq!(keys(without_title), ["campaigns.forest.title"]);
    assert_eq!(
        keys("[[campaigns]]\nprice_per_tree = -1"),
        ["campaigns.0.slug", "campaigns.0.title", "campaigns.0.price_per_tree"]
    );
    let blank = forest("").replace("Лес", " ");
    assert_eq!(keys(&(forest("") + &blank)), ["campaigns.forest.title.ru"]);
    assert_eq!(keys(&(forest("") + &forest(""))), ["campaigns"]);
    assert_eq!(keys("campaigns = []"), ["campaigns"]);
    assert_eq!(keys("campaigns = [1]"), ["campaigns"]);
}

#[test]
fn a_message_says_what_to_do_and_quotes_no_value() {
    let message = read(&forest("picture = \"s3cr3t.png\"\ngoal = \"s3cr3t\"")).unwrap_err().to_string();
    assert!(message.contains("campaigns.forest.picture: must be a PNG, JPEG or WebP file"), "{message}");
    assert!(!message.contains("s3cr3t"), "{message}");
}

#[test]
fn what_comes_with_the_program_is_whole() {
    let config = load(&Sources::default()).unwrap();
    assert_eq!(config.campaigns.len(), 2);
    for seed in &config.campaigns {
        let campaign = &seed.campaign;
        assert!(campaign.goal.is_some() && campaign.picture.is_some() && campaign.ends_at.is_none());
        for text in [&campaign.text.kk, &campaign.text.ru, &campaign.text.en] {
            assert_eq!(text.paragraphs().count(), 3, "{}", text.as_str());
        }
        let whole = campaign.presets.iter().filter(|preset| preset.get() % campaign.price_per_tree.get() == 0);
        assert_eq!(whole.count(), campaign.presets.len(), "each amount is a whole number of trees");
    }
}
