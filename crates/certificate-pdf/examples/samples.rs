//! Writes sample certificates into a folder, to look at: `cargo run -p certificate-pdf --example samples -- FOLDER`.

use std::path::PathBuf;
use std::{env, fs};

use certificate_pdf::PdfCertificates;
use domain::ports::{CertificateRenderer as _, CertificateSheet};
use domain::{Certificate, CertificateDraft, CertificateNumber, CertificateStatus, DonationId, Language};

const LONG: &str = "Құдайберген Нұрмұхаммедұлы Әбдіғаппар-Жүсіпбекұлы мен Гүлбаршын Шәріпқызы Қожахметова және олардың \
                    бес баласы мен он төрт";

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
    let sheets = [
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
    ];
    for (place, sheet) in sheets.iter().enumerate() {
        let document = PdfCertificates::new().render(sheet).expect("the sample can be drawn");
        fs::write(folder.join(format!("{place:02}.pdf")), document).expect("the file can be written");
    }
}
