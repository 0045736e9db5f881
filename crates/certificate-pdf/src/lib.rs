//! The certificate as a PDF worth framing: A4 landscape, vector, PDF/A-2u.
//!
//! A sheet becomes lines that are measured with the fonts they are set in (`shaping`, `fitting`), the lines and the drawn
//! figures become a page, which is a list of marks in their places (`layout`, `page`, `ornament`, `tree`, `qr`), and the
//! page becomes a document (`pdf`). Only `pdf` and `fonts` know the PDF library, so another painter can draw the same page
//! as a picture. Nothing here reads a clock or rolls real dice: the same sheet gives the same bytes.
//!
//! Deliberately absent: signatures, pictures, and pages for certificates that were replaced or withdrawn.

#![allow(clippy::float_arithmetic, reason = "geometry; no sum of money passes through here")]

mod fitting;
mod fonts;
mod layout;
mod ornament;
mod page;
mod pdf;
mod qr;
mod shaping;
mod texts;
mod tree;

use domain::ports::{CertificateRenderer, CertificateSheet, RenderError};

use crate::fonts::Fonts;
use crate::layout::LayoutError;
use crate::pdf::About;
use crate::texts::{Texts, local};

/// The characters of `text` that no certificate can show, each once, in the order in which they come: those that none of
/// the vendored fonts has (they set Latin, Cyrillic, Greek and Arabic script), control characters and marks that turn the
/// direction of text, and more marks than three on one letter. Whoever takes a name in should refuse it if there are any.
pub fn unprintable(text: &str) -> Vec<char> {
    Fonts::get().unprintable(text)
}

/// Draws certificates with the vendored fonts.
#[derive(Debug, Clone, Copy)]
pub struct PdfCertificates(());

impl PdfCertificates {
    /// Reads the fonts, unless the process already has.
    pub fn new() -> Self {
        Fonts::get();
        Self(())
    }
}

impl Default for PdfCertificates {
    fn default() -> Self {
        Self::new()
    }
}

impl CertificateRenderer for PdfCertificates {
    fn unprintable(&self, text: &str) -> Vec<char> {
        unprintable(text)
    }

    fn render(&self, sheet: &CertificateSheet) -> Result<Vec<u8>, RenderError> {
        let page = layout::page(sheet).map_err(explained)?;
        let number = sheet.certificate.number.as_str().to_owned();
        let title = Texts(sheet.language).get("title");
        let about = About {
            title: format!("{title} {number}"),
            number,
            language: sheet.language.code(),
            made: local(sheet.created_at),
        };
        pdf::write(&page, about).map_err(RenderError)
    }
}

fn explained(error: LayoutError) -> RenderError {
    RenderError(match error {
        LayoutError::NoGlyph(part, letters) => {
            let named: Vec<_> =
                letters.iter().map(|letter| format!("{letter:?} (U+{:04X})", u32::from(*letter))).collect();
            format!("no vendored font has {} in {part}", named.join(", "))
        }
        LayoutError::AddressTooLong => "the address does not fit into a QR code".to_owned(),
    })
}
