//! What accounts are told by mail, in plain text and in the account's language.
//!
//! A mail's token is made here, when the mail is written, and only its hash is kept: nothing in the database opens anything. Dying
//! between the two leaves a token that nobody has. A job that is done again makes another token, and the mail that may be on its
//! way already goes on counting, because both are one mail to a mail program, which shows either.
//!
//! No mail repeats the name that was given with the account: until the address is proved it may be anybody's words to a stranger.

use chrono::TimeDelta;
use domain::ports::{Job, Mail};
use domain::{Account, AccountId, AccountMail, AccountToken, Language};

use super::Failure;
use crate::House;
use crate::accounts::tokens::{hash, new_token};

/// How long the link that proves an address counts.
const CONFIRM_WITHIN: TimeDelta = TimeDelta::days(7);

/// How long the link that lets choose another password counts.
const RESET_WITHIN: TimeDelta = TimeDelta::hours(1);

/// Writes the mail and hands it over. The note says why there was nothing to do.
pub(super) async fn send(
    house: &House,
    job: &Job,
    (account, mail): (Option<AccountId>, AccountMail),
) -> Result<Option<String>, Failure> {
    let account = match account {
        Some(id) => house.accounts.find(id).await?,
        None => None,
    };
    let Some(account) = account else {
        return Ok(Some("there is nobody to write to".to_owned()));
    };
    if mail == AccountMail::ConfirmEmail && account.email_confirmed_at.is_some() {
        return Ok(Some("the address has been proved".to_owned()));
    }
    let token = new_token(house);
    let now = house.clock.now();
    let (link, ttl) = match mail {
        AccountMail::ConfirmEmail => (house.settings.pages.confirm_email(&token), CONFIRM_WITHIN),
        AccountMail::ResetPassword => (house.settings.pages.reset_password(&token), RESET_WITHIN),
    };
    let kept = AccountToken { hash: hash(&token), account: account.id, mail, created_at: now, expires_at: now + ttl };
    house.accounts.keep_token(&kept).await?;
    house.mailer.send(&letter(job, &account, (mail, &link))).await?;
    Ok(None)
}

fn letter(job: &Job, account: &Account, (mail, link): (AccountMail, &str)) -> Mail {
    let (subject, text) = match mail {
        AccountMail::ConfirmEmail => confirm_email(account.language, link),
        AccountMail::ResetPassword => reset_password(account.language, link),
    };
    Mail {
        id: job.id.0,
        to: account.email.clone(),
        to_name: None,
        subject: subject.to_owned(),
        text,
        attachments: Vec::new(),
        written_at: job.queued_at,
    }
}

fn confirm_email(language: Language, link: &str) -> (&'static str, String) {
    match language {
        Language::Kk => (
            "Мекенжайыңызды растаңыз",
            format!(
                "Сәлеметсіз бе!\n\nСайтымызда осы мекенжаймен тіркелу жасалды. Мекенжай сіздікі екенін растау үшін \
                 сілтемені ашыңыз:\n{link}\n\nСілтеме 7 күн жарамды. Тіркелген сіз болмасаңыз, оны ашпаңыз: әйтпесе \
                 қайырмалдықтарыңызды бөгде адам көреді.\n"
            ),
        ),
        Language::Ru => (
            "Подтвердите адрес",
            format!(
                "Здравствуйте!\n\nНа нашем сайте зарегистрировались с этим адресом. Чтобы подтвердить, что адрес ваш, \
                 откройте ссылку:\n{link}\n\nСсылка действует 7 дней. Если регистрировались не вы, не открывайте её: \
                 иначе ваши пожертвования увидит чужой человек.\n"
            ),
        ),
        Language::En => (
            "Confirm your address",
            format!(
                "Hello,\n\nSomebody has registered on our site with this address. To confirm that it is yours, open this \
                 link:\n{link}\n\nIt counts for 7 days. If it was not you, do not open it: a stranger would see your \
                 donations.\n"
            ),
        ),
    }
}

fn reset_password(language: Language, link: &str) -> (&'static str, String) {
    match language {
        Language::Kk => (
            "Жаңа құпиясөз",
            format!(
                "Сәлеметсіз бе!\n\nОсы мекенжайдағы тіркелгіге жаңа құпиясөз сұралды. Оны таңдау үшін сілтемені \
                 ашыңыз:\n{link}\n\nСілтеме бір сағат жарамды және бір рет қана қолданылады. Сұраған сіз болмасаңыз, \
                 ештеңе істемеңіз: құпиясөз өзгермейді.\n"
            ),
        ),
        Language::Ru => (
            "Новый пароль",
            format!(
                "Здравствуйте!\n\nДля учётной записи с этим адресом попросили новый пароль. Чтобы выбрать его, откройте \
                 ссылку:\n{link}\n\nСсылка действует один час и только один раз. Если просили не вы, ничего не делайте: \
                 пароль останется прежним.\n"
            ),
        ),
        Language::En => (
            "A new password",
            format!(
                "Hello,\n\nA new password was asked for the account with this address. To choose one, open this \
                 link:\n{link}\n\nIt counts for one hour, and once. If it was not you, do nothing: the password stays as \
                 it is.\n"
            ),
        ),
    }
}
