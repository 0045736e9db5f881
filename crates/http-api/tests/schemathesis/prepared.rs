//! The document as it is served, in which paths' parameters also have values under which there is something, and donations also amounts
//! that are taken. Nothing else is changed: what may be answered is what the document says.

use std::fs;
use std::path::Path;

use http_api::openapi::DOCUMENT;
use serde_json::{Value, json};

/// A campaign that no donation of the people is for.
pub const CAMPAIGN: &str = "birch";

/// What there is to find.
pub struct Known {
    /// The donor's own donations.
    pub donations: Vec<String>,
    pub guest_donations: Vec<String>,
    pub jobs: Vec<String>,
    /// Webhooks that came.
    pub deliveries: Vec<String>,
    /// Certificates' numbers.
    pub certificates: Vec<String>,
}

impl Known {
    /// What the parameter of this path names; nothing if it has none.
    fn at(&self, path: &str) -> Vec<String> {
        match path.split('{').next().unwrap() {
            "/api/donations/" => self.donations.clone(),
            "/api/guest-donations/" => self.guest_donations.clone(),
            "/api/admin/donations/" => [&self.donations[..], &self.guest_donations].concat(),
            "/api/admin/jobs/" => self.jobs.clone(),
            "/api/admin/webhooks/" => self.deliveries.clone(),
            // Another one, which may be closed.
            "/api/admin/campaigns/" => vec![CAMPAIGN.to_owned()],
            "/api/certificates/" => self.certificates.clone(),
            "/api/campaigns/" | "/campaigns/" => vec!["trees".to_owned()],
            other => panic!("what is there at {other}?"),
        }
    }
}

/// Writes it into a file.
pub fn write(file: &Path, known: &Known) {
    let mut document = DOCUMENT.clone();
    for (path, methods) in document["paths"].as_object_mut().unwrap() {
        let operations = methods.as_object_mut().unwrap().values_mut();
        for parameter in operations.flat_map(|operation| operation["parameters"].as_array_mut().unwrap()) {
            if parameter["in"] == "path" && parameter["name"] != "name" {
                prepare(parameter, &known.at(path));
            }
        }
    }
    let schemas = &mut document["components"]["schemas"];
    for (name, gift) in [
        ("NewDonation", json!({"amount": sum()})),
        (
            "NewGuestDonation",
            json!({"amount": sum(), "donor_name": {"const": "Иван"}, "donor_email": {"const": "i@example.com"}}),
        ),
    ] {
        let names: Vec<_> = gift.as_object().unwrap().keys().cloned().collect();
        let good = json!({"type": "object", "properties": gift, "required": names, "additionalProperties": false});
        let any = schemas[name].take();
        schemas[name] = json!({"anyOf": [good, any]});
    }
    fs::write(file, document.to_string()).unwrap();
}

/// What can be given: the settings say so, not the document.
fn sum() -> Value {
    json!({"type": "integer", "minimum": 100, "maximum": 5_000_000})
}

fn prepare(parameter: &mut Value, known: &[String]) {
    assert!(!known.is_empty(), "{parameter}");
    let any = parameter["schema"].take();
    parameter["schema"] = json!({"anyOf": [{"enum": known}, any]});
    let examples = known.iter().enumerate().map(|(n, value)| (n.to_string(), json!({"value": value})));
    parameter["examples"] = examples.collect::<serde_json::Map<_, _>>().into();
}
