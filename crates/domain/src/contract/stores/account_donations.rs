//! Whose donations are: guests' that join an account, and those of accounts that go.

use futures_util::future::join;
use uuid::Uuid;

use super::Stores;
use super::samples::{account, at, capture, donation_of, edited, email, found, kept, refund, saved, started, text};
use crate::donation::{Actor, Cause, TimelineKind};
use crate::ports::{CreateAccount, DonationFilter, DonationQuery, DonationScope, JobQuery, Save, ShownToken, Stamp};
use crate::{
    Account, AccountId, AccountMail, AccountToken, Donation, DonationId, DonationStatus, Donor, JobId, Session,
    SessionId,
};

fn stamp(minute: i64) -> Stamp {
    Stamp { at: at(minute), request_id: Some("request-2".to_owned()) }
}

async fn created(stores: Stores<'_>, number: u128, address: &str) -> Account {
    let account = account(number, address);
    stores.accounts.create(&account, Some(JobId(account.id.0))).await.unwrap();
    account
}

/// A donation that is not kept yet.
fn given(number: u128, account: Option<AccountId>, address: &str) -> Donation {
    let mut record = donation_of(number, account, at(0)).into_record();
    record.donor.email = email(address);
    record.message = Some(text("Рахмет"));
    record.certificate_name = Some(text("Әсел"));
    Donation::restore(record)
}

/// The account's address is proved; says which donations have joined.
async fn prove(stores: Stores<'_>, account: &Account, minute: i64) -> Vec<u128> {
    let hash = [u8::try_from(account.id.0.as_u128()).expect("a small number"); 32];
    let mail = AccountMail::ConfirmEmail;
    let token = AccountToken { hash, account: account.id, mail, created_at: at(0), expires_at: at(600) };
    stores.accounts.keep_token(&token).await.unwrap();
    let proved = stores.accounts.confirm_email(&hash, &stamp(minute)).await.unwrap().unwrap();
    proved.joined.iter().map(|step| step.before.id.0.as_u128()).collect()
}

async fn own(stores: Stores<'_>, account: &Account) -> Vec<u128> {
    let query = DonationQuery {
        scope: DonationScope::Account(account.id),
        filter: DonationFilter::default(),
        after: None,
        limit: 100,
    };
    let mut own: Vec<_> =
        stores.donations.list(&query).await.unwrap().iter().map(|donation| donation.id.0.as_u128()).collect();
    own.sort_unstable();
    own
}

/// Whatever the case of its letters, in any state; letters that mean something in SQL's patterns mean nothing here.
pub async fn guests_donations_join_when_the_address_is_proved(stores: Stores<'_>) {
    let asel = created(stores, 1, "Әсел_1@пошта.қаз").await;
    let ivan = created(stores, 2, "ivan@example.com").await;
    let of_guests = [
        (1, "әсел_1@ПОШТА.ҚАЗ"),
        (2, "ӘСЕЛ_1@пошта.қаз"),
        (3, "Әсел11@пошта.қаз"),
        (4, "IVAN@example.com"),
        (5, "ivan@example.com.kz"),
        (6, "%@example.com"),
    ];
    for (number, address) in of_guests {
        kept(stores, given(number, None, address)).await;
    }
    let paid = saved(stores, &capture(&started(stores, given(7, None, "Әсел_1@пошта.қаз")).await)).await;
    kept(stores, given(8, Some(ivan.id), "әсел_1@пошта.қаз")).await;

    assert_eq!(prove(stores, &asel, 5).await, [1, 2, 7]);
    assert_eq!(own(stores, &asel).await, [1, 2, 7]);
    assert_eq!(own(stores, &ivan).await, [8], "registering somebody's address brings nothing");
    let joined = found(stores, paid.id).await;
    assert_eq!((joined.version, joined.updated_at), (paid.version + 1, at(5)));
    assert_eq!((joined.status(), &joined.certificate), (DonationStatus::Completed, &paid.certificate));
    let timeline = stores.donations.timeline(paid.id).await.unwrap();
    let last = timeline.last().unwrap();
    assert_eq!((last.kind, last.at), (TimelineKind::DonationJoined, at(5)));
    let cause = Cause { actor: Actor::Account(asel.id), request_id: Some("request-2".to_owned()) };
    assert_eq!(last.cause, cause);
}

/// Until it is; from then on whenever somebody asks for it.
pub async fn what_is_given_later_joins_only_a_proved_address(stores: Stores<'_>) {
    let account = created(stores, 1, "ivan@example.com").await;
    kept(stores, given(1, None, "ivan@example.com")).await;
    assert_eq!(stores.accounts.join_donations(account.id, &stamp(1)).await, Ok(Vec::new()));
    assert_eq!(own(stores, &account).await, Vec::<u128>::new());
    assert_eq!(prove(stores, &account, 2).await, [1]);
    kept(stores, given(2, None, "Ivan@example.com")).await;
    assert_eq!(own(stores, &account).await, [1], "not by itself");
    let steps = stores.accounts.join_donations(account.id, &stamp(3)).await.unwrap();
    assert_eq!(steps.len(), 1);
    assert_eq!(own(stores, &account).await, [1, 2]);
    assert_eq!(stores.accounts.join_donations(account.id, &stamp(4)).await, Ok(Vec::new()), "once");
}

/// Whoever decided before the donation joined decides again, so that it does not leave the account by that.
pub async fn a_change_of_before_the_joining_is_a_conflict(stores: Stores<'_>) {
    let account = created(stores, 1, "ivan@example.com").await;
    let begun = started(stores, given(1, None, "ivan@example.com")).await;
    let late = capture(&begun);
    prove(stores, &account, 2).await;
    assert_eq!(stores.donations.save(&late).await, Ok(Save::Conflict));
    let current = saved(stores, &capture(&found(stores, begun.id).await)).await;
    assert_eq!((current.donor.account, current.status()), (Some(account.id), DonationStatus::Completed));
}

/// Name, address, message and the names on the certificates; all that the books need is as it was.
pub async fn an_account_that_goes_leaves_its_donations_to_the_books(stores: Stores<'_>) {
    let account = created(stores, 1, "ivan@example.com").await;
    kept(stores, given(1, Some(account.id), "ivan@example.com")).await;
    let paid = saved(stores, &capture(&started(stores, given(2, Some(account.id), "ivan@example.com")).await)).await;
    let part = saved(stores, &refund(&paid, "r", 1_000)).await;
    let guests = kept(stores, given(3, None, "ivan@example.com")).await;

    let steps = stores.accounts.erase(account.id, &stamp(9)).await.unwrap();
    assert_eq!(steps.len(), 2);
    let erased = found(stores, part.id).await;
    let mut expected = part.clone().into_record();
    expected.donor = Donor::erased();
    (expected.message, expected.certificate_name, expected.anonymous) = (None, None, true);
    (expected.version, expected.updated_at) = (part.version + 1, at(9));
    let name = Donor::erased().name.to_string();
    expected.certificate.as_mut().unwrap().draft.name.clone_from(&name);
    assert_eq!(erased, Donation::restore(expected));
    assert!(found(stores, DonationId(Uuid::from_u128(1))).await.donor.is_erased());
    let numbers = [&paid, &part].map(|donation| donation.certificate.as_ref().unwrap().number.clone());
    for number in numbers {
        let certificate = stores.certificates.find(&number).await.unwrap().unwrap().certificate;
        assert_eq!((certificate.number, certificate.draft.name), (number, name.clone()));
    }
    let timeline = stores.donations.timeline(erased.id).await.unwrap();
    assert_eq!(timeline.last().unwrap().kind, TimelineKind::DonationErased);
    assert!(timeline.len() > 3, "the story stays");
    assert_eq!(found(stores, guests.id).await, guests, "nobody has proved that it was the same person");

    let again = saved(stores, &refund(&erased, "s", 4_000)).await;
    assert_eq!(again.status(), DonationStatus::Refunded, "and goes on");
}

/// Its address is free, and leads to nothing that was.
pub async fn nothing_of_an_account_that_went_opens_anything(stores: Stores<'_>) {
    let account = created(stores, 1, "ivan@example.com").await;
    kept(stores, given(1, Some(account.id), "ivan@example.com")).await;
    prove(stores, &account, 1).await;
    let session = Session {
        id: SessionId(Uuid::from_u128(1)),
        account: account.id,
        refresh_hash: [1; 32],
        created_at: at(0),
        expires_at: at(600),
    };
    stores.accounts.open_session(&session, &account.password).await.unwrap();
    let mail = AccountMail::ResetPassword;
    let token = AccountToken { hash: [7; 32], account: account.id, mail, created_at: at(0), expires_at: at(600) };
    stores.accounts.keep_token(&token).await.unwrap();

    stores.accounts.erase(account.id, &stamp(9)).await.unwrap();
    assert_eq!(stores.accounts.find(account.id).await, Ok(None));
    assert_eq!(stores.accounts.find_by_email(&account.email).await, Ok(None));
    assert_eq!(stores.accounts.account_of_session(session.id, at(9)).await, Ok(None));
    assert_eq!(stores.accounts.end_session(&[1; 32]).await, Ok(None));
    let shown = ShownToken { hash: [7; 32], mail, now: at(9) };
    assert_eq!(stores.accounts.account_of_token(&shown).await, Ok(None));
    let jobs = stores.jobs.list(&JobQuery { donation: None, status: None, after: None, limit: 10 }).await.unwrap();
    assert_eq!(jobs.iter().map(|job| job.task.account()).collect::<Vec<_>>(), [None], "mail to nobody");
    assert_eq!(stores.accounts.erase(account.id, &stamp(10)).await, Ok(Vec::new()), "a second time");

    let next = super::samples::account(2, "ivan@example.com");
    assert_eq!(stores.accounts.create(&next, None).await, Ok(CreateAccount::Created));
    assert_eq!(prove(stores, &next, 11).await, Vec::<u128>::new(), "the forgotten donor is nobody");
}

/// Whichever comes first, both are true afterwards.
pub async fn a_payment_while_the_account_goes_harms_neither(stores: Stores<'_>) {
    for number in 1..=10 {
        let account = created(stores, number, &format!("ivan{number}@example.com")).await;
        let begun = started(stores, given(number, Some(account.id), "ivan@example.com")).await;
        let pay = async {
            loop {
                let change = capture(&found(stores, begun.id).await);
                if let Save::Saved(_) = stores.donations.save(&change).await.unwrap() {
                    return;
                }
            }
        };
        let gone = stamp(9);
        let (erased, ()) = join(stores.accounts.erase(account.id, &gone), pay).await;
        assert_eq!(erased.unwrap().len(), 1);
        let donation = found(stores, begun.id).await;
        assert!(donation.donor.is_erased() && donation.status() == DonationStatus::Completed);
        let name = donation.certificate.as_ref().map(|certificate| certificate.draft.name.clone());
        assert_eq!(name.as_deref(), Some(donation.donor.name.as_str()));
    }
}

/// As the domain would; only that no other donation is touched.
pub async fn whoever_is_forgotten_takes_nobody_along(stores: Stores<'_>) {
    let (one, two) = (created(stores, 1, "ivan@example.com").await, created(stores, 2, "oleg@example.com").await);
    kept(stores, given(1, Some(one.id), "ivan@example.com")).await;
    let others = kept(stores, given(2, Some(two.id), "ivan@example.com")).await;
    let others = saved(stores, &edited(&others, |record| record.anonymous = true)).await;
    stores.accounts.erase(one.id, &stamp(9)).await.unwrap();
    assert_eq!(found(stores, others.id).await, others);
    assert_eq!(stores.accounts.find(two.id).await, Ok(Some(two)));
}
