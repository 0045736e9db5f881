//! What accounts are told by mail, in the account's language.
//!
//! A mail's token is made here, when the mail is written, and only its hash is kept: nothing in the database opens anything. Dying
//! between the two leaves a token that nobody has. A job that is done again makes another token, and the mail that may be on its
//! way already goes on counting, because both are one mail to a mail program, which shows either.
//!
//! No mail repeats the name that was given with the account: until the address is proved it may be anybody's words to a stranger.

use chrono::TimeDelta;
use domain::ports::{Job, Letter, Mail};
use domain::{Account, AccountId, AccountMail, AccountToken};

use super::Failure;
use crate::House;
use crate::accounts::tokens::{hash, new_token};

/// How long the link that proves an address counts.
const CONFIRM_WITHIN_DAYS: u32 = 7;

/// How long the link that lets choose another password counts.
const RESET_WITHIN_HOURS: u32 = 1;

/// Writes the mail and hands it over. The note says why there was nothing to do.
pub(super) async fn send(
    house: &House,
    job: &Job,
    (account, kind): (Option<AccountId>, AccountMail),
) -> Result<Option<String>, Failure> {
    let account = match account {
        Some(id) => house.accounts.find(id).await?,
        None => None,
    };
    let Some(account) = account else {
        return Ok(Some("there is nobody to write to".to_owned()));
    };
    if kind == AccountMail::ConfirmEmail && account.email_confirmed_at.is_some() {
        return Ok(Some("the address has been proved".to_owned()));
    }
    let token = new_token(house);
    let now = house.clock.now();
    let pages = &house.settings.pages;
    let (letter, ttl) = match kind {
        AccountMail::ConfirmEmail => (
            Letter::ConfirmEmail { link: pages.confirm_email(&token), valid_days: CONFIRM_WITHIN_DAYS },
            TimeDelta::days(CONFIRM_WITHIN_DAYS.into()),
        ),
        AccountMail::ResetPassword => (
            Letter::ResetPassword { link: pages.reset_password(&token), valid_hours: RESET_WITHIN_HOURS },
            TimeDelta::hours(RESET_WITHIN_HOURS.into()),
        ),
    };
    let hash = hash(&token);
    let kept = AccountToken { hash, account: account.id, mail: kind, created_at: now, expires_at: now + ttl };
    house.accounts.keep_token(&kept).await?;
    house.mailer.send(&mail(house, job, (&account, &letter))).await?;
    Ok(None)
}

/// Nobody's name stands in it, not even beside the address.
fn mail(house: &House, job: &Job, (account, letter): (&Account, &Letter)) -> Mail {
    let wording = house.letters.write(letter, account.language);
    Mail {
        id: job.id.0,
        to: account.email.clone(),
        to_name: None,
        subject: wording.subject,
        text: wording.text,
        html: wording.html,
        attachments: Vec::new(),
        written_at: job.queued_at,
    }
}
