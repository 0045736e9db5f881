//! Who gives: some with an account, most without, many of them again.

use chrono::TimeDelta;
use domain::{Account, AccountId, DonorEmail, DonorName, Instant, Language, LineText, PasswordHash, Role};

use crate::calendar::DAYS;
use crate::dice::Dice;
use crate::words::{DOMAINS, MAILBOXES, names};
use crate::{ADMIN, DONOR, Passwords, VIEWER};

/// Somebody who gives.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) account: Option<AccountId>,
    pub(crate) name: DonorName,
    pub(crate) email: DonorEmail,
    pub(crate) language: Language,
}

/// Everybody.
#[derive(Debug)]
pub(crate) struct People {
    seed: u64,
    guests: u32,
    /// By the time of their registration.
    pub(crate) donors: Vec<Account>,
    pub(crate) admin: Account,
    pub(crate) viewer: Account,
}

impl People {
    pub(crate) fn of(seed: u64, donations: u32, now: Instant, passwords: &Passwords) -> Self {
        let begin = now - TimeDelta::days(i64::try_from(DAYS).unwrap_or(0));
        let count = (donations / 30).max(5);
        let span = (now - begin).num_seconds();
        let donors = (0..count).map(|index| {
            let mut dice = Dice::of(seed ^ 0xACC0, index.into());
            let at = begin + TimeDelta::seconds(span * i64::from(index) / i64::from(count));
            let person = person(&mut dice, (index, "account"));
            // One in ten has never followed the link in the mail.
            let confirmed = (index == 0 || dice.chance(900)).then(|| at + TimeDelta::minutes(7));
            let email = if index == 0 { address(DONOR) } else { person.email };
            Account {
                id: AccountId(dice.id(at)),
                email,
                name: person.name,
                language: person.language,
                role: Role::Donor,
                password: passwords.donors.clone(),
                created_at: at,
                email_confirmed_at: confirmed,
            }
        });
        let operator = |email, name: &str, role, password: &PasswordHash| Account {
            id: AccountId(Dice::of(seed, 0x0BE4 + role as u64).id(begin)),
            email: address(email),
            name: LineText::parse(name).expect("a plain line"),
            language: Language::Ru,
            role,
            password: password.clone(),
            created_at: begin,
            email_confirmed_at: Some(begin),
        };
        Self {
            seed,
            guests: (donations / 3).max(5),
            donors: donors.collect(),
            admin: operator(ADMIN, "Айман Серікқызы", Role::Admin, &passwords.admin),
            viewer: operator(VIEWER, "Ерлан Маратович", Role::Viewer, &passwords.viewer),
        }
    }

    /// Somebody who gives at this time. Whoever registered early gives more often.
    pub(crate) fn anybody(&self, at: Instant, dice: &mut Dice) -> Person {
        let registered = self.donors.partition_point(|account| account.created_at <= at);
        if registered > 0 && dice.chance(350) {
            let end = u32::try_from(registered).unwrap_or(1);
            let account = &self.donors[dice.below(end).min(dice.below(end)) as usize];
            // Not everybody signs in before giving.
            let signed_in = dice.chance(930);
            return Person {
                account: signed_in.then_some(account.id),
                name: account.name.clone(),
                email: account.email.clone(),
                language: account.language,
            };
        }
        let index = dice.below(self.guests);
        person(&mut Dice::of(self.seed ^ 0x6E57, index.into()), (index, "g"))
    }
}

fn person(dice: &mut Dice, (index, kind): (u32, &str)) -> Person {
    let language = dice.weighted(&[(45, Language::Kk), (45, Language::Ru), (10, Language::En)]);
    let (first, last) = names(language);
    let name = match dice.below(40) {
        0 => format!("{} {} (ТОО «Дала»)", dice.pick(first), dice.pick(last)),
        _ => format!("{} {}", dice.pick(first), dice.pick(last)),
    };
    let mailbox = dice.pick(&MAILBOXES);
    let domain = dice.weighted(&DOMAINS);
    // Some write their own address with capitals.
    let mailbox = if dice.chance(60) { mailbox.to_uppercase() } else { mailbox.to_owned() };
    Person {
        account: None,
        name: LineText::parse(&name).expect("a plain line"),
        email: address(&format!("{mailbox}.{kind}{index}@{domain}")),
        language,
    }
}

fn address(text: &str) -> DonorEmail {
    DonorEmail::parse(text).expect("a plain address")
}
