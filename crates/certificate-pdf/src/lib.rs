//! The certificate as a PDF worth framing: A4 landscape, vector, PDF/A-2u.
//!
//! A sheet becomes lines that are measured with the fonts they are set in (`shaping`, `fitting`), the lines and the drawn
//! figures become a page, which is a list of marks in their places (`layout`, `page`, `ornament`, `tree`, `qr`), and the
//! page becomes a document (`pdf`). Only `pdf` and `fonts` know the PDF library, so another painter can draw the same page
//! as a picture. Nothing here reads a clock or rolls real dice: the same sheet gives the same bytes.
//!
//! The same marks, in other places, make a picture for social networks (`card`, `raster`). What the certificate says is
//! signed, and the file is (`seal`); who signs comes in from outside.
//!
//! Deliberately absent: keys, and pages for certificates that were replaced or withdrawn: a paper cannot know of that.

#![allow(clippy::float_arithmetic, reason = "geometry; no sum of money passes through here")]

mod card;
mod fitting;
mod fonts;
mod layout;
mod ornament;
mod page;
mod pdf;
mod qr;
mod raster;
mod seal;
mod shaping;
mod texts;
mod tree;

use domain::ports::{
    CertificateReader, CertificateRenderer, CertificateSheet, CertificateSigner, RenderError, SealedFile,
};

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

    fn render(&self, sheet: &CertificateSheet, signer: &dyn CertificateSigner) -> Result<Vec<u8>, RenderError> {
        let statement = sheet.statement().to_bytes();
        let signature = signer.sign(&statement);
        let signed = CertificateSheet { verify_url: sheet.signed_url(&signature), ..sheet.clone() };
        let page = layout::page(&signed).map_err(explained)?;
        let number = sheet.certificate.number.as_str().to_owned();
        let title = Texts(sheet.language).get("title");
        let about = About {
            title: format!("{title} {number}"),
            number,
            language: sheet.language.code(),
            made: local(sheet.created_at),
            seal: seal::unsigned(&signer.key().id(), &statement, &signature),
        };
        let file = pdf::write(&page, about).map_err(RenderError)?;
        seal::sign_file(file, signer).ok_or_else(|| RenderError("the seal is missing in the file".to_owned()))
    }

    fn card(&self, sheet: &CertificateSheet) -> Result<Vec<u8>, RenderError> {
        let marks = card::marks(sheet).map_err(explained)?;
        raster::png(&marks, card::DOTS, card::SCALE).map_err(RenderError)
    }
}

impl CertificateReader for PdfCertificates {
    fn read(&self, file: &[u8]) -> Option<SealedFile> {
        seal::read(file)
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
