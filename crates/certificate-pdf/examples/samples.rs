//! Writes sample certificates into a folder, to look at: `cargo run -p certificate-pdf --example samples -- FOLDER`.

use std::path::PathBuf;
use std::{env, fs};

use certificate_pdf::PdfCertificates;
use domain::ports::{CertificateRenderer as _, CertificateSheet, CertificateSigner};
use domain::{
    Certificate, CertificateDraft, CertificateKey, CertificateNumber, CertificateSignature, CertificateStatus,
    DonationId, Language,
};

const LONG: &str = "Құдайберген Нұрмұхаммедұлы Әбдіғаппар-Жүсіпбекұлы мен Гүлбаршын Шәріпқызы Қожахметова және олардың \
                    бес баласы мен он төрт";

/// Signs nothing: a sample only looks like a certificate.
struct Pen;

impl CertificateSigner for Pen {
    fn key(&self) -> CertificateKey {
        CertificateKey([0; 32])
    }

    fn sign(&self, message: &[u8]) -> CertificateSignature {
        // As unlike each other as signatures are, for the QR codes' sake.
        let mut state =
            message.iter().fold(7_u64, |state, byte| (state ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3));
        CertificateSignature(std::array::from_fn(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        }))
    }
}

/// As long as a campaign's title may be.
fn long_title(language: Language) -> String {
    let words = match language {
        Language::Kk => "Қарағанды облысының Ұлытау өңірінде өртенген қарағайлы орманды қалпына келтіреміз ",
        Language::Ru => "Восстанавливаем сгоревший сосновый лес в Семей орманы и высаживаем саженцы вместе ",
        Language::En => "Bringing back the burnt pine forest of Semey ormany, seedling by seedling, together ",
    };
    words.repeat(3).chars().take(199).collect::<String>().trim().to_owned()
}

fn sheet(sequence: i64, language: Language, name: &str, trees: u32) -> CertificateSheet {
    let issued_at = "2026-11-09T06:30:00Z".parse().expect("an instant");
    let test_mode = sequence % 5 == 0;
    let draft = CertificateDraft { name: name.to_owned(), trees, test_mode, issued_at };
    let number = CertificateNumber::new(draft.series(), draft.year(), sequence);
    let campaign = match language {
        Language::Kk => "Қазақстанда ағаш егейік",
        Language::Ru => "Посадим деревья в Казахстане",
        Language::En => "Let us plant trees in Kazakhstan",
    };
    CertificateSheet {
        language,
        campaign: campaign.to_owned(),
        verify_url: format!("https://trees.example.kz/certificates/{number}"),
        created_at: issued_at,
        certificate: Certificate {
            number,
            donation: DonationId(uuid::Uuid::nil()),
            draft,
            status: CertificateStatus::Valid,
        },
    }
}

fn main() {
    let folder = PathBuf::from(env::args_os().nth(1).unwrap_or_else(|| "certificates".into()));
    fs::create_dir_all(&folder).expect("the folder can be made");
    let mut sheets = vec![
        sheet(1, Language::Kk, "Айгүл Серікқызы", 10),
        sheet(2, Language::Ru, "Константин Константинович Константинопольский", 3),
        sheet(3, Language::En, "Ada Lovelace", 1),
        sheet(4, Language::Kk, LONG, 1_234),
        sheet(5, Language::En, "Test Donor", 21),
        sheet(6, Language::Ru, "Ия", 0),
        sheet(7, Language::Kk, "نۇرسۇلتان ابىشۇلى", 42),
        sheet(8, Language::En, &"Wolfeschlegelsteinhausenbergerdorff".repeat(4)[..120], 4_294_967_295),
        sheet(10, Language::Kk, "Нұрсұлтан Әбдірахманұлы Қожахметов", 5),
        sheet(15, Language::Ru, "ТОО «Зелёный Экибастуз»", 100),
        sheet(16, Language::Kk, "Ә", 1),
        sheet(17, Language::Kk, &"Ж".repeat(120), 9),
        sheet(18, Language::Ru, &"Достопримечательный Константин ".chars().cycle().take(120).collect::<String>(), 9),
        sheet(19, Language::Kk, &"نۇرسۇلتان ابىشۇلى ".chars().cycle().take(120).collect::<String>(), 12),
        sheet(21, Language::En, "<b>Tom & \"Jerry\"</b>", 2),
    ];
    for (sequence, language) in (22..).zip(Language::ALL) {
        let mut sheet = sheet(sequence, language, LONG, 12_345);
        sheet.campaign = long_title(language);
        sheets.push(sheet);
    }
    for (place, sheet) in sheets.iter().enumerate() {
        let document = PdfCertificates::new().render(sheet, &Pen).expect("the sample can be drawn");
        fs::write(folder.join(format!("{place:02}.pdf")), document).expect("the file can be written");
        let card = PdfCertificates::new().card(sheet).expect("the sample can be drawn");
        fs::write(folder.join(format!("{place:02}.png")), card).expect("the file can be written");
    }
}
