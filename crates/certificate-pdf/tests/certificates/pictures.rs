//! What is seen: by a camera that looks at the document and the card, and by somebody else's PDF reader.

use certificate_pdf::PdfCertificates;
use domain::Language;
use domain::ports::{CertificateRenderer as _, CertificateSheet, CertificateSigner as _};
use hayro::hayro_syntax::Pdf;
use hayro::{PixmapSettings, RenderCache, RenderSettings};

use crate::support::{Pen, render, sheet};

/// A picture in shades of grey.
struct Seen {
    size: [usize; 2],
    greys: Vec<u8>,
}

impl Seen {
    fn of(size: [usize; 2], rgba: &[u8]) -> Self {
        let grey = |dot: &[u8]| u8::try_from((u32::from(dot[0]) + u32::from(dot[1]) + u32::from(dot[2])) / 3).unwrap();
        Self { size, greys: rgba.chunks_exact(4).map(grey).collect() }
    }

    /// The document's page, drawn by a PDF reader that shares nothing with the writer, `scale` dots a point.
    fn page(document: Vec<u8>, scale: f32) -> Self {
        let pdf = Pdf::new(document).unwrap();
        let settings = PixmapSettings { x_scale: scale, y_scale: scale, ..PixmapSettings::default() };
        let page = &pdf.pages()[0];
        let dots = hayro::render(page, &RenderCache::new(), &Default::default(), &RenderSettings::default(), &settings);
        Self::of([dots.width().into(), dots.height().into()], dots.data_as_u8_slice())
    }

    fn card(png: &[u8]) -> Self {
        let dots = tiny_skia::Pixmap::decode_png(png).unwrap();
        Self::of([dots.width() as usize, dots.height() as usize], dots.data())
    }

    /// What the one QR code in the picture says.
    fn qr(&self) -> String {
        let [width, height] = self.size;
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| self.greys[y * width + x]);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    }

    /// How many dots differ by more than a shade.
    fn differs(&self, other: &Self) -> usize {
        assert_eq!(self.size, other.size);
        self.greys.iter().zip(&other.greys).filter(|(one, other)| one.abs_diff(**other) > 8).count()
    }
}

fn card(sheet: &CertificateSheet) -> Vec<u8> {
    PdfCertificates::new().card(sheet).unwrap()
}

fn of_test(mut sheet: CertificateSheet) -> CertificateSheet {
    sheet.certificate.draft.test_mode = true;
    sheet
}

#[test]
fn a_camera_reads_the_signed_address_from_the_document_in_each_language_and_through_the_test_mark() {
    let long = format!("https://{}.example.kz/certificates/TREE-2027-000042", "ormandy-qalpyna-keltiremiz".repeat(2));
    for language in Language::ALL {
        let mut long_one = sheet(&"Ә".repeat(120), language);
        long_one.verify_url.clone_from(&long);
        for sheet in [sheet("Ада", language), of_test(sheet("Ада", language)), long_one] {
            let signature = Pen::new(1).sign(&sheet.statement().to_bytes());
            let expected = format!("{}?s={signature}", sheet.verify_url);
            // 144 dots an inch: a screen, or a bad printer.
            assert_eq!(Seen::page(render(&sheet), 2.0).qr(), expected);
        }
    }
}

#[test]
fn a_camera_reads_the_address_from_the_card() {
    for language in Language::ALL {
        for sheet in [sheet("Ада", language), of_test(sheet("Ада", language))] {
            assert_eq!(Seen::card(&card(&sheet)).qr(), sheet.verify_url);
        }
    }
}

#[test]
fn the_card_is_as_large_as_social_networks_want_it_and_always_the_same() {
    let sheet = sheet("Айгүл Серікқызы", Language::Kk);
    let png = card(&sheet);
    assert_eq!(Seen::card(&png).size, [1200, 630]);
    assert!(png.len() < 300_000, "{}", png.len());
    assert_eq!(card(&sheet), png);
}

#[test]
fn only_a_test_certificate_says_so_across_document_and_card() {
    let (real, test) = (sheet("Ада", Language::En), of_test(sheet("Ада", Language::En)));
    // The series in the number and the code are others, too; the mark covers far more than these.
    let pages = [&real, &test].map(|sheet| Seen::page(render(sheet), 1.0));
    assert!(pages[0].differs(&pages[1]) > 20_000, "{}", pages[0].differs(&pages[1]));
    let cards = [&real, &test].map(|sheet| Seen::card(&card(sheet)));
    assert!(cards[0].differs(&cards[1]) > 20_000, "{}", cards[0].differs(&cards[1]));
}

#[test]
fn what_the_document_shows_is_seen_by_another_reader() {
    let original = sheet("Ада", Language::Kk);
    let seen = Seen::page(render(&original), 2.0);
    for (field, changed) in crate::support::with_one_field_changed(&original) {
        let other = Seen::page(render(&changed), 2.0);
        assert!(seen.differs(&other) > 20, "{field} is to be seen");
    }
}
