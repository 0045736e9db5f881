//! The seal in a certificate's file: one word among its keywords, which holds what the certificate says and two signatures.
//!
//! `donation-certificate-v1.<key>.<statement>.<signature>.<signature of the file>`, each part in base64url. The file is
//! signed as it is with the last part full of zeros, wherever the word stands; a PDF has it twice, in its catalogue for
//! readers (`/Keywords`) and in its metadata packet. Both are the same, and no letter of them can be written otherwise, so
//! that no bit of the file is free.

use domain::ports::{CertificateSigner, SealedFile};
use domain::seal::{decoded_bytes, encoded, file_message};
use domain::{CertificateSignature, CertificateStatement};
use sha2::{Digest as _, Sha256};

const MARK: &str = "donation-certificate-v1.";

/// The seal of a file that is not signed yet.
pub(crate) fn unsigned(key_id: &str, statement: &[u8], signature: &CertificateSignature) -> String {
    let zeros = "0".repeat(CertificateSignature::LETTERS);
    format!("{MARK}{key_id}.{}.{signature}.{zeros}", encoded(statement))
}

/// The file with its own signature in the place of the zeros; `None` if it has no seal.
pub(crate) fn sign_file(mut file: Vec<u8>, signer: &dyn CertificateSigner) -> Option<Vec<u8>> {
    let places = places(&file);
    places.first()?;
    let sha256: [u8; 32] = Sha256::digest(&file).into();
    let signature = signer.sign(&file_message(&sha256)).to_string();
    for place in places {
        file.get_mut(place.signature())?.copy_from_slice(signature.as_bytes());
    }
    Some(file)
}

/// What the file carries; `None` if it has no seal, or two that differ, or one that is damaged.
pub(crate) fn read(file: &[u8]) -> Option<SealedFile> {
    let places = places(file);
    let first = places.first()?;
    let seal = file.get(first.range())?;
    if places.iter().any(|place| file.get(place.range()) != Some(seal)) {
        return None;
    }
    let parts: Vec<_> = str::from_utf8(seal).ok()?.strip_prefix(MARK)?.split('.').collect();
    let [key_id, statement, signature, file_signature] = parts.try_into().ok()?;
    let mut unsigned = file.to_vec();
    for place in &places {
        unsigned.get_mut(place.signature())?.fill(b'0');
    }
    Some(SealedFile {
        statement: CertificateStatement::from_bytes(&decoded_bytes(statement)?)?,
        signature: CertificateSignature::parse(signature)?,
        sha256: Sha256::digest(&unsigned).into(),
        file_signature: CertificateSignature::parse(file_signature)?,
        key_id: key_id.to_owned(),
    })
}

/// Where a seal stands.
struct Place {
    start: usize,
    end: usize,
}

impl Place {
    const fn range(&self) -> std::ops::Range<usize> {
        self.start..self.end
    }

    /// Its last part.
    fn signature(&self) -> std::ops::Range<usize> {
        self.end.saturating_sub(CertificateSignature::LETTERS).max(self.start)..self.end
    }
}

fn places(file: &[u8]) -> Vec<Place> {
    let of_a_seal = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let starts = file.windows(MARK.len()).enumerate().filter(|(_, window)| *window == MARK.as_bytes());
    starts
        .map(|(start, _)| {
            let length = file[start..].iter().take_while(|byte| of_a_seal(byte)).count();
            Place { start, end: start + length }
        })
        .collect()
}
