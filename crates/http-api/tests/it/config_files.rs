//! Settings in files, and the example that lists them all.

use std::collections::BTreeSet;
use std::fs;

use http_api::config::{KEYS, Sources, load};
use tempfile::TempDir;

/// A folder `config/` with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn sources(folder: &TempDir, environment: &[(&str, &str)]) -> Sources {
    Sources { folder: Some(folder.path().to_owned()), ..Sources::of(environment) }
}

#[test]
fn a_folder_need_not_be_there() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Sources { folder: Some(folder.path().join("none")), ..Sources::default() };
    assert_eq!(load(&missing).unwrap().port, 5000);
}

#[test]
fn files_change_what_is_built_in_and_the_environment_wins() {
    let folder = folder(&[
        ("default.toml", "port = 6001\nhost = \"0.0.0.0\"\ndonation_min = 200"),
        ("development.toml", "port = 6002\ndonation_min = 300"),
        ("production.toml", "port = 6009"),
        ("local.toml", "port = 6003"),
    ]);
    let config = load(&sources(&folder, &[])).unwrap();
    assert_eq!((config.port, config.host.as_str(), config.limits.min.get()), (6003, "0.0.0.0", 300));
    let config = load(&sources(&folder, &[("PORT", "6004"), ("DONATION_MIN", "400")])).unwrap();
    assert_eq!((config.port, config.limits.min.get()), (6004, 400));
    // An empty line in .env takes nothing away.
    assert_eq!(load(&sources(&folder, &[("PORT", "")])).unwrap().port, 6003);
}

#[test]
fn a_file_may_say_which_environment_it_is() {
    let folder = folder(&[("default.toml", "app_env = \"production\"")]);
    let errors = load(&sources(&folder, &[])).unwrap_err();
    assert!(errors.keys().any(|key| key == "JWT_SECRET"), "{errors}");
    assert!(load(&sources(&folder, &[("APP_ENV", "development")])).is_ok());
}

#[test]
fn campaigns_and_presets_can_be_set_in_files() {
    let text = r#"
        donation_presets = [700, 1400]
        [[campaigns]]
        slug = "saxaul"
        price_per_tree = 700
        title = { kk = "Сексеуіл", ru = "Саксаул", en = "Saxaul" }
    "#;
    let config = load(&sources(&folder(&[("local.toml", text)]), &[])).unwrap();
    assert_eq!(config.campaigns.len(), 1);
    assert_eq!(
        (config.campaigns[0].campaign.slug.as_str(), config.campaigns[0].campaign.price_per_tree.get()),
        ("saxaul", 700)
    );
    assert_eq!(config.presets.iter().map(|preset| preset.get()).collect::<Vec<_>>(), [700, 1400]);
}

#[test]
fn what_is_wrong_in_a_file_is_named() {
    let campaign = |slug: &str, price: u32| {
        format!(
            "[[campaigns]]\nslug = \"{slug}\"\nprice_per_tree = {price}\ntitle = {{ kk = \"a\", ru = \"a\", en = \"a\" }}\n"
        )
    };
    for (text, key) in [
        ("port = 70000".to_owned(), "PORT"),
        ("donation_presets = [\"many\"]".to_owned(), "donation_presets"),
        ("campaigns = 7".to_owned(), "campaigns"),
        ("campaigns = []".to_owned(), "campaigns"),
        (campaign("trees", 0), "campaigns.trees.price_per_tree"),
        (campaign("TREES", 500), "campaigns.0.slug"),
        (format!("{0}{0}", campaign("trees", 500)), "campaigns"),
        ("prot = 5000".to_owned(), "prot"),
        ("[ioka]\napi_key = \"s3cr3t-1n-a-table\"".to_owned(), "ioka"),
    ] {
        let errors = load(&sources(&folder(&[("local.toml", &text)]), &[])).unwrap_err();
        assert!(errors.keys().any(|named| named == key), "{text}: {errors}");
        assert!(!errors.to_string().contains("s3cr3t"), "{errors}");
    }
}

#[test]
fn a_file_that_is_no_toml_is_named_and_not_quoted() {
    let folder = folder(&[("local.toml", "jwt_secret = s3cr3t-w1thout-quotes")]);
    let errors = load(&sources(&folder, &[])).unwrap_err().to_string();
    assert!(errors.contains("local.toml"), "{errors}");
    assert!(!errors.contains("s3cr3t"), "{errors}");
}

/// The names in `.env.example`, each with its value, commented out or not.
fn example() -> Vec<(String, String)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../.env.example");
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().map(|line| line.trim_start_matches('#').trim());
    let settings = lines.filter_map(|line| line.split_once('='));
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    settings.filter(|(name, _)| is_name(name)).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[test]
fn the_example_lists_every_setting_and_no_other() {
    let listed: BTreeSet<String> = example().into_iter().map(|(name, _)| name).collect();
    let known: BTreeSet<String> = KEYS.iter().map(|key| (*key).to_owned()).collect();
    assert_eq!(listed, known);
}

#[test]
fn the_example_is_a_file_that_serves() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../.env.example");
    let lines: Result<Vec<_>, _> = dotenvy::from_path_iter(path).unwrap().collect();
    let environment = lines.unwrap().into_iter().collect();
    load(&Sources { environment, folder: None }).unwrap();
}
