//! Pictures of campaigns: files, and those that are built in.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use application::campaigns::{MOST_PICTURE_BYTES, named_picture};
use domain::{Localised, Picture, PictureKind};

use super::table::Table;

/// Our own drawings. No file of anybody else's may be SVG, which can carry scripts; that these do not, a test sees to.
pub(super) const BUILT_IN: [(&str, &[u8]); 2] = [
    ("built-in:trees", include_bytes!("../../assets/trees.svg")),
    ("built-in:saxaul", include_bytes!("../../assets/saxaul.svg")),
];

/// Of a file that is too large no more is read than shows it.
const ONE_TOO_MANY: u64 = MOST_PICTURE_BYTES as u64 + 1;

const MUST_BE: &str = "a PNG, JPEG or WebP file of at most 1 MiB, its path counted from the folder config, or \
                       built-in:trees or built-in:saxaul";

/// The pictures that the field `picture` names: one for every language, or one for all; `None` if there is none, or
/// something was wrong.
pub(super) fn files(table: &mut Table<'_>, folder: &Path) -> Option<Localised<Picture>> {
    if table.is_table("picture") {
        return table.localised("picture", MUST_BE, |name| picture(folder, name));
    }
    table.optional("picture", MUST_BE, |value| picture(folder, &value.text()?)).map(Localised::all)
}

fn picture(folder: &Path, name: &str) -> Option<Picture> {
    if let Some((_, bytes)) = BUILT_IN.iter().find(|(known, _)| *known == name) {
        return named_picture(PictureKind::Svg, bytes.to_vec());
    }
    let mut bytes = Vec::new();
    File::open(folder.join(name)).ok()?.take(ONE_TOO_MANY).read_to_end(&mut bytes).ok()?;
    named_picture(PictureKind::of_bytes(&bytes)?, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_in_runs_and_loads_nothing() {
        for (name, bytes) in BUILT_IN {
            let text = std::str::from_utf8(bytes).unwrap();
            assert!(text.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""), "{name}");
            assert!(bytes.len() < 32 * 1024, "{name} is small");
            let rest = text.replace("http://www.w3.org/2000/svg", "").to_lowercase();
            for danger in ["script", "foreignobject", " on", "href", "http", "<!", "<?", "style=", "<style", "@import"]
            {
                assert!(!rest.contains(danger), "{name} has {danger}");
            }
        }
    }
}
