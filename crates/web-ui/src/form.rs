//! The donate form: what was typed, and what is wrong with it.

use application::{CreateDonation, CreateDonationError, NameOnCertificate, Settings};
use domain::donation::Cause;
use domain::{Account, Campaign, CampaignSlug, Donor, DonorEmail, GiftError, Language, LineText, Tenge, TextError};
use url::form_urlencoded;

use crate::money::{grouped, parse_whole_number};
use crate::texts::{Arg, Texts};

/// What was typed, as it was typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed {
    /// The chosen preset: none as long as nothing was sent, empty if it was sent without a choice.
    pub(crate) preset: Option<String>,
    /// An own amount, which wins over the preset.
    pub(crate) amount: String,
    /// An own number of trees, which stands for the amount that they cost.
    pub(crate) trees: String,
    /// The amount as the page last worked it out, so that what was changed since can be told.
    pub(crate) counted: String,
    /// Whether the donor asks for nothing more than to have amount and trees worked out.
    pub(crate) count: bool,
    /// Which form this is: a form that is sent twice is one donation.
    pub(crate) once: String,
    /// What is given for.
    pub(crate) campaign: Option<String>,
    /// The donor's name.
    pub(crate) donor_name: String,
    /// The donor's address.
    pub(crate) donor_email: String,
    /// What the donor wishes to say.
    pub(crate) message: String,
    /// The name for the certificate.
    pub(crate) certificate_name: String,
    /// Whether the name stays out of public lists.
    pub(crate) anonymous: bool,
    /// The page's language.
    pub(crate) lang: Option<Language>,
}

/// A field and what to change in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldError {
    /// The field's name and id.
    pub(crate) field: &'static str,
    /// The text, in the page's language.
    pub(crate) message: String,
}

impl Typed {
    /// The fields of a urlencoded body. The last of several values of one name counts; names that we do not know do not.
    pub(crate) fn from_body(body: &[u8]) -> Self {
        let mut typed = Self { preset: Some(String::new()), ..Self::default() };
        for (name, value) in form_urlencoded::parse(body) {
            let value = value.into_owned();
            match &*name {
                "preset" => typed.preset = Some(value),
                "amount" => typed.amount = value,
                "trees" => typed.trees = value,
                "counted" => typed.counted = value,
                "count" => typed.count = true,
                "once" => typed.once = value,
                "campaign" => typed.campaign = Some(value),
                "donor_name" => typed.donor_name = value,
                "donor_email" => typed.donor_email = value,
                "message" => typed.message = value,
                "certificate_name" => typed.certificate_name = value,
                "anonymous" => typed.anonymous = matches!(&*value, "on" | "true" | "1"),
                "lang" => typed.lang = Language::from_code(&value),
                _ => {}
            }
        }
        typed
    }

    /// The order to give, for `campaign`, as a guest or as an account, which has its name and address already.
    ///
    /// # Errors
    /// Every field that is wrong, in the order in which they stand on the page.
    pub(crate) fn check(
        &self,
        (campaign, settings): (&Campaign, &Settings),
        account: Option<&Account>,
        language: Language,
        cause: Cause,
    ) -> Result<CreateDonation, Vec<FieldError>> {
        let mut check = Check { texts: Texts(language), errors: Vec::new() };
        let amount = check.amount(self, campaign, settings);
        let donor = match account {
            Some(Account { id, name, email, .. }) => {
                Some(Donor { account: Some(*id), name: name.clone(), email: email.clone() })
            }
            None => {
                let name = check.required("donor_name", &self.donor_name);
                let email = check.email("donor_email", &self.donor_email);
                name.zip(email).map(|(name, email)| Donor { account: None, name, email })
            }
        };
        let certificate_name = check.optional("certificate_name", &self.certificate_name);
        let message = check.optional("message", &one_line(&self.message));
        match (amount, donor) {
            (Some(amount), Some(donor)) if check.errors.is_empty() => Ok(CreateDonation {
                donor,
                amount: Some(amount),
                trees: None,
                campaign: Some(campaign.slug.clone()),
                message,
                certificate_name,
                anonymous: self.anonymous,
                language,
                cause,
            }),
            _ => Err(check.errors),
        }
    }

    /// What is given for; `None` if the form does not say, or says nothing that could be one.
    pub(crate) fn campaign(&self) -> Option<CampaignSlug> {
        CampaignSlug::parse(self.campaign.as_deref()?)
    }

    /// The same with amount and trees worked out from each other.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(crate) fn counted(
        &self,
        (campaign, settings): (&Campaign, &Settings),
        language: Language,
    ) -> Result<Self, Vec<FieldError>> {
        let mut typed = self.clone();
        // Of the two that stood there the one that was changed counts.
        if !self.trees.trim().is_empty() && self.amount == self.counted {
            typed.amount.clear();
        } else if !self.amount.trim().is_empty() {
            typed.trees.clear();
        }
        let mut check = Check { texts: Texts(language), errors: Vec::new() };
        let amount = check.amount(&typed, campaign, settings);
        match amount.and_then(|amount| campaign.gift(Some(amount), None).ok()) {
            Some(gift) if check.errors.is_empty() => {
                typed.amount = grouped(gift.amount.get().unsigned_abs());
                typed.trees = grouped(u64::from(gift.trees));
                Ok(typed)
            }
            _ => Err(check.errors),
        }
    }
}

/// What is wrong with a line of text; `blank` is the key of what is said of an empty one.
pub(crate) fn line_error(texts: Texts, error: TextError, blank: &str) -> String {
    match error {
        TextError::Blank => texts.get(blank),
        TextError::ControlCharacter => texts.get("error-control-character"),
        TextError::TooLong(max) => {
            let max = u64::try_from(max).unwrap_or(u64::MAX);
            texts.fill("error-too-long", &[("max", Arg::Count(max))])
        }
    }
}

/// What the house itself has against a donation that passed [`Typed::check`]; `None` if the fault is not the donor's.
pub(crate) fn refusal(
    error: &CreateDonationError,
    account: Option<&Account>,
    language: Language,
) -> Option<FieldError> {
    let texts = Texts(language);
    let mut field = "amount";
    let message = match error {
        CreateDonationError::Unprintable { name, characters } => {
            field = match name {
                NameOnCertificate::DonorsOwn if account.is_none() => "donor_name",
                // The account's name is not asked for; another one can be given for the certificate.
                NameOnCertificate::Given | NameOnCertificate::DonorsOwn => "certificate_name",
            };
            texts.fill("error-unprintable", &[("characters", Arg::Text(characters.iter().collect()))])
        }
        CreateDonationError::Gift(GiftError::Empty | GiftError::Disagree { .. }) => texts.get("error-amount-required"),
        CreateDonationError::Gift(GiftError::TooMuch) => texts.get("error-amount-number"),
        CreateDonationError::TooSmall(min) => texts.fill("error-amount-min", &[("min", Arg::Money(*min))]),
        CreateDonationError::TooLarge(max) => texts.fill("error-amount-max", &[("max", Arg::Money(*max))]),
        CreateDonationError::UnknownCampaign
        | CreateDonationError::CampaignNotStarted
        | CreateDonationError::CampaignClosed
        | CreateDonationError::Store(_) => return None,
    };
    Some(FieldError { field, message })
}

/// A message may be typed in several lines; it is kept as one.
fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

struct Check {
    texts: Texts,
    errors: Vec<FieldError>,
}

impl Check {
    fn wrong(&mut self, field: &'static str, message: String) {
        self.errors.push(FieldError { field, message });
    }

    /// The limits are checked here too, so that one answer names all that is wrong; the house checks them again.
    fn amount(&mut self, typed: &Typed, campaign: &Campaign, settings: &Settings) -> Option<Tenge> {
        let (own, trees) = (typed.amount.trim(), typed.trees.trim());
        let amount = if own.is_empty() && !trees.is_empty() {
            self.cost(trees, campaign)?
        } else {
            let text = if own.is_empty() { typed.preset.as_deref().unwrap_or_default().trim() } else { own };
            self.tenge(text)?
        };
        if !own.is_empty() && !trees.is_empty() {
            self.agree(amount, trees, campaign)?;
        }
        let limits = settings.limits;
        if amount < limits.min {
            self.wrong("amount", self.texts.fill("error-amount-min", &[("min", Arg::Money(limits.min))]));
        } else if amount > limits.max {
            self.wrong("amount", self.texts.fill("error-amount-max", &[("max", Arg::Money(limits.max))]));
        }
        Some(amount)
    }

    fn tenge(&mut self, text: &str) -> Option<Tenge> {
        if text.is_empty() {
            self.wrong("amount", self.texts.get("error-amount-required"));
            return None;
        }
        let amount = parse_whole_number(text).and_then(|number| Tenge::from_i64(number).ok());
        if amount.is_none() {
            self.wrong("amount", self.texts.get("error-amount-number"));
        }
        amount
    }

    /// What so many trees cost.
    fn cost(&mut self, trees: &str, campaign: &Campaign) -> Option<Tenge> {
        let number = parse_whole_number(trees).and_then(|number| u32::try_from(number).ok());
        let cost = number.filter(|number| *number > 0).and_then(|number| campaign.price_per_tree.checked_mul(number));
        if cost.is_none() {
            self.wrong("amount", self.texts.get("error-trees-number"));
        }
        cost
    }

    /// Trees that stand beside an amount are those that it pays for in full.
    fn agree(&mut self, amount: Tenge, trees: &str, campaign: &Campaign) -> Option<()> {
        let paid_for = campaign.gift(Some(amount), None).ok()?.trees;
        if parse_whole_number(trees) == Some(i64::from(paid_for)) {
            return Some(());
        }
        let said = [("amount", Arg::Money(amount)), ("trees", Arg::Count(u64::from(paid_for)))];
        self.wrong("amount", self.texts.fill("error-trees-disagree", &said));
        None
    }

    fn required<const MAX: usize>(&mut self, field: &'static str, text: &str) -> Option<LineText<MAX>> {
        let parsed = LineText::parse(text);
        parsed.inspect_err(|error| self.wrong(field, self.line_message(field, *error))).ok()
    }

    fn optional<const MAX: usize>(&mut self, field: &'static str, text: &str) -> Option<LineText<MAX>> {
        if text.trim().is_empty() { None } else { self.required(field, text) }
    }

    fn line_message(&self, field: &'static str, error: TextError) -> String {
        let blank = if field == "donor_name" { "error-name-required" } else { "error-blank" };
        line_error(self.texts, error, blank)
    }

    fn email(&mut self, field: &'static str, text: &str) -> Option<DonorEmail> {
        if text.trim().is_empty() {
            self.wrong(field, self.texts.get("error-email-required"));
            return None;
        }
        let email = DonorEmail::parse(text).ok();
        if email.is_none() {
            self.wrong(field, self.texts.get("error-email"));
        }
        email
    }
}
