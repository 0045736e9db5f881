//! Two signatures in the file: of what it says, and of itself.

use certificate_pdf::PdfCertificates;
use domain::ports::{CertificateReader as _, CertificateRenderer as _, CertificateSigner as _, SealedFile};
use domain::seal::file_message;
use domain::{CertificateKey, Language};

use crate::support::{Pen, render, sheet, verifies, with_one_field_changed};

const MARK: &[u8] = b"donation-certificate-v1.";

fn read(file: &[u8]) -> Option<SealedFile> {
    PdfCertificates::new().read(file)
}

/// Whether somebody who has only the file and the key believes it.
fn is_believed(file: &[u8], key: &CertificateKey) -> bool {
    read(file).is_some_and(|sealed| {
        verifies(key, &sealed.statement.to_bytes(), &sealed.signature)
            && verifies(key, &file_message(&sealed.sha256), &sealed.file_signature)
    })
}

/// Where seals stand in a file.
fn seals(file: &[u8]) -> Vec<std::ops::Range<usize>> {
    let starts = (0..file.len()).filter(|start| file[*start..].starts_with(MARK));
    let of_a_seal = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    starts.map(|start| start..start + file[start..].iter().take_while(of_a_seal).count()).collect()
}

#[test]
fn a_file_says_what_it_shows_and_is_believed_with_its_key_alone() {
    let sheet = sheet("Айгүл Серікқызы", Language::Kk);
    let file = render(&sheet);
    let sealed = read(&file).unwrap();
    assert_eq!(sealed.statement, sheet.statement());
    assert_eq!(sealed.key_id, Pen::new(1).key().id());
    assert!(is_believed(&file, &Pen::new(1).key()));
    assert!(!is_believed(&file, &Pen::new(2).key()), "another key");
    assert!(!is_believed(&PdfCertificates::new().render(&sheet, &Pen::new(2)).unwrap(), &Pen::new(1).key()));
}

#[test]
fn the_same_sheet_and_key_give_the_same_bytes_and_another_key_others() {
    let sheet = sheet("Айгүл", Language::Ru);
    assert_eq!(render(&sheet), render(&sheet));
    assert_ne!(render(&sheet), PdfCertificates::new().render(&sheet, &Pen::new(2)).unwrap());
}

#[test]
fn a_signature_fails_when_any_one_shown_field_is_another() {
    let original = sheet("Айгүл", Language::Ru);
    let signature = Pen::new(1).sign(&original.statement().to_bytes());
    assert!(verifies(&Pen::new(1).key(), &original.statement().to_bytes(), &signature));
    for (field, changed) in with_one_field_changed(&original) {
        assert!(!verifies(&Pen::new(1).key(), &changed.statement().to_bytes(), &signature), "{field}");
    }
}

#[test]
fn a_file_that_shows_something_else_is_not_believed_though_its_seal_is_whole() {
    let original = sheet("Айгүл", Language::Ru);
    let genuine = render(&original);
    let seal = genuine[seals(&genuine)[0].clone()].to_vec();
    for (field, changed) in with_one_field_changed(&original) {
        // What it shows, where it leads and what it is called are forged; the seal is the genuine one.
        let mut forged = render(&changed);
        for place in seals(&forged).into_iter().rev() {
            forged.splice(place, seal.iter().copied());
        }
        let sealed = read(&forged).unwrap();
        assert_eq!(sealed.statement, original.statement());
        assert!(verifies(&Pen::new(1).key(), &sealed.statement.to_bytes(), &sealed.signature), "{field}");
        assert!(!is_believed(&forged, &Pen::new(1).key()), "{field}");
    }
}

#[test]
fn the_seal_of_another_certificate_does_not_fit() {
    let (one, other) = (render(&sheet("Айгүл", Language::Ru)), render(&sheet("Айгүл Ли", Language::Ru)));
    let signature = read(&one).unwrap().file_signature.to_string();
    let mut mixed = other.clone();
    for place in seals(&other) {
        mixed[place.end - signature.len()..place.end].copy_from_slice(signature.as_bytes());
    }
    assert!(read(&mixed).is_some() && !is_believed(&mixed, &Pen::new(1).key()));
}

#[test]
fn no_byte_of_the_file_is_free() {
    let file = render(&sheet("Айгүл", Language::Ru));
    let key = Pen::new(1).key();
    let places = seals(&file);
    assert_eq!(places.len(), 2, "in the catalogue for readers and in the metadata packet");
    let elsewhere = (0..file.len()).step_by(1_501);
    for place in places.iter().cloned().flatten().step_by(5).chain(elsewhere) {
        for bit in [1, 0x20] {
            let mut changed = file.clone();
            changed[place] ^= bit;
            assert!(!is_believed(&changed, &key), "byte {place}, bit {bit}");
        }
    }
    assert!(!is_believed(&[file.as_slice(), b"\n"].concat(), &key), "something behind it");
    assert!(!is_believed(&[b"%PDF-1.7\n", file.as_slice()].concat(), &key), "something before it");
}

#[test]
fn what_is_no_certificate_has_no_seal() {
    for file in [b"".as_slice(), b"%PDF-1.7", MARK, b"donation-certificate-v1....", b"donation-certificate-v1.a.b.c.d"]
    {
        assert_eq!(read(file), None);
    }
    let file = render(&sheet("Айгүл", Language::Ru));
    assert_eq!(read(&file[..file.len() / 2]).is_some(), seals(&file[..file.len() / 2]).len() == 1);
    let mut doubled = file.clone();
    doubled.extend_from_slice(b"donation-certificate-v1.x");
    assert_eq!(read(&doubled), None, "two seals that differ");
}
