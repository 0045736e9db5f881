//! Pictures of campaigns.

use std::fmt;

use crate::{LineText, Localised};

/// What a campaign looks like, and what it shows, for those who do not see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignPicture {
    /// Which picture; often the same one in every language.
    pub name: Localised<PictureName>,
    /// What is on it.
    pub alt: Localised<LineText<300>>,
}

/// A picture's name: 32 hexadecimal digits of the hash of its bytes. So another picture has another name, and one under a
/// name never changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureName(String);

impl PictureName {
    /// The name of this exact text; `None` if it can be none.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        (text.len() == 32 && digits).then(|| Self(text.to_owned()))
    }

    /// The name's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A picture's file.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its name.
    pub name: PictureName,
    /// What the bytes are.
    pub kind: PictureKind,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

/// Without the bytes.
impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, kind, bytes } = self;
        write!(f, "Picture({} {} {} bytes)", name.as_str(), kind.media_type(), bytes.len())
    }
}

/// What a picture's bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
    /// SVG. It can carry scripts, so it is only taken from those who built the program.
    Svg,
}

impl PictureKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Png, Self::Jpeg, Self::Webp, Self::Svg];

    /// Its media type (RFC 2083, RFC 2045, RFC 9649, SVG 1.1).
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Svg => "image/svg+xml",
        }
    }

    /// The kind of a media type; `None` for any other text.
    pub fn from_media_type(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.media_type() == text)
    }

    /// What bytes from a stranger are, by how they begin; `None` for everything but PNG, JPEG and WebP.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_what_they_begin_with() {
        assert_eq!(PictureKind::of_bytes(b"\x89PNG\r\n\x1a\n..."), Some(PictureKind::Png));
        assert_eq!(PictureKind::of_bytes(b"\xff\xd8\xff\xe0..."), Some(PictureKind::Jpeg));
        assert_eq!(PictureKind::of_bytes(b"RIFF\0\0\0\0WEBPVP8 "), Some(PictureKind::Webp));
        for other in
            [&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], b"GIF89a", b"<script>", b"RIFF\0\0\0\0WAVE", b""]
        {
            assert_eq!(PictureKind::of_bytes(other), None, "{other:?}");
        }
    }

    #[test]
    fn names_are_digits_of_a_hash() {
        assert!(PictureName::parse("0123456789abcdef0123456789abcdef").is_some());
        for text in ["", "0123456789ABCDEF0123456789ABCDEF", "../../../../../../../../../../../", "0"] {
            assert_eq!(PictureName::parse(text), None, "{text}");
        }
    }
}
