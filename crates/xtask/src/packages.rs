//! The Debian packages that the tests need.

use std::path::Path;
use std::process::Command;

use crate::shell::{is_root, run};

/// A package, and a file that is there once it is installed.
struct Package {
    name: &'static str,
    brings: &'static str,
}

const PACKAGES: [Package; 6] = [
    Package { name: "postgresql", brings: "/usr/lib/postgresql" },
    Package { name: "chromium", brings: "/usr/bin/chromium" },
    Package { name: "chromium-driver", brings: "/usr/bin/chromedriver" },
    // Letters of all three languages, and ₸, in the screenshots.
    Package { name: "fonts-noto-core", brings: "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf" },
    // For its promtool, which checks docs/monitoring.
    Package { name: "prometheus", brings: "/usr/bin/promtool" },
    // For schemathesis. It has no file of its own but its documentation, which small images leave out: dpkg's list of it.
    Package { name: "python3-venv", brings: "/var/lib/dpkg/info/python3-venv.list" },
];

/// Installs what is missing.
///
/// # Errors
/// If this is no Debian-like machine, or nobody may install packages here; the text says what to install by hand.
pub fn install() -> Result<(), String> {
    let missing: Vec<_> = PACKAGES.iter().filter(|package| !Path::new(package.brings).exists()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = missing.iter().map(|package| package.name).collect();
    let by_hand = format!("install by hand: apt-get install {}", names.join(" "));
    let apt = |arguments: &[&str]| {
        let mut command = if is_root() { Command::new("apt-get") } else { Command::new("sudo") };
        if !is_root() {
            command.args(["-n", "apt-get"]);
        }
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        run(&mut command).map_err(|error| format!("{error}; {by_hand}"))
    };
    apt(&["update", "--quiet"])?;
    let install = ["install", "--quiet", "--yes", "--no-install-recommends"];
    apt(&[&install[..], &names[..]].concat())
}
