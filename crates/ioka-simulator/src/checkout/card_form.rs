//! The card form: what was typed, and what is wrong with it.

use serde::Deserialize;

use super::format::spaced_pan;
use super::words::Words;

/// The fields of the form. `save` is a checkbox: present or absent.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct CardFields {
    #[serde(default)]
    pub(super) pan: String,
    #[serde(default)]
    pub(super) exp: String,
    #[serde(default)]
    pub(super) cvc: String,
    #[serde(default)]
    pub(super) holder: String,
    pub(super) save: Option<String>,
    /// A saved card that is used instead of a number.
    pub(super) card_id: Option<String>,
}

/// The form as the page shows it. The CVC is never given back.
#[derive(Clone, Debug, Default)]
pub(super) struct CardForm {
    pub(super) pan: String,
    pub(super) exp: String,
    pub(super) holder: String,
    pub(super) save: bool,
    pub(super) pan_error: Option<&'static str>,
    pub(super) exp_error: Option<&'static str>,
    pub(super) cvc_error: Option<&'static str>,
}

impl CardFields {
    /// Brings spaces and the slash into shape: `4242 4242…` and `1229`, `12 / 2029` are fine.
    pub(super) fn tidy(&mut self) {
        self.pan = digits(&self.pan);
        self.cvc = digits(&self.cvc);
        let expiry = digits(&self.exp);
        self.exp = match expiry.len() {
            4 => format!("{}/{}", &expiry[..2], &expiry[2..]),
            6 => format!("{}/{}", &expiry[..2], &expiry[4..]),
            _ => expiry,
        };
    }

    /// The form with what is wrong with it; `None` if nothing is.
    pub(super) fn faults(&self, words: &'static Words) -> Option<CardForm> {
        let is_saved = self.card_id.is_some();
        let month = self.exp.get(..2).and_then(|month| month.parse::<u8>().ok()).unwrap_or(0);
        let wrong = |is_wrong: bool, text: &'static str| is_wrong.then_some(text);
        let form = CardForm {
            pan: spaced_pan(&self.pan),
            exp: self.exp.clone(),
            holder: self.holder.clone(),
            save: self.save.is_some(),
            pan_error: wrong(!is_saved && !(12..=19).contains(&self.pan.len()), words.bad_pan),
            exp_error: wrong(!is_saved && (self.exp.len() != 5 || !(1..=12).contains(&month)), words.bad_exp),
            cvc_error: wrong(!(3..=4).contains(&self.cvc.len()), words.bad_cvc),
        };
        let is_wrong = form.pan_error.is_some() || form.exp_error.is_some() || form.cvc_error.is_some();
        is_wrong.then_some(form)
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::super::words::Language;
    use super::*;

    fn typed(pan: &str, exp: &str, cvc: &str) -> CardFields {
        let mut fields = CardFields { pan: pan.into(), exp: exp.into(), cvc: cvc.into(), ..CardFields::default() };
        fields.tidy();
        fields
    }

    #[test]
    fn people_type_cards_in_many_ways() {
        for exp in ["12/29", "1229", "12 / 29", "12/2029"] {
            let fields = typed("4242 4242-4242 4242", exp, "123");
            assert_eq!((fields.pan.as_str(), fields.exp.as_str()), ("4242424242424242", "12/29"));
            assert!(fields.faults(Language::English.words()).is_none());
        }
        let form = typed("4242", "13/29", "1").faults(Language::English.words()).unwrap();
        assert!(form.pan_error.is_some() && form.exp_error.is_some() && form.cvc_error.is_some());
    }
}
