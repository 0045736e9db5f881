//! Accounts and sessions.

use futures_util::future::join_all;
use uuid::Uuid;

use super::Stores;
use super::samples::{account, at, email};
use crate::ports::{CreateAccount, OpenSession};
use crate::{Account, AccountId, Language, Role, Session, SessionId};

fn session(number: u128, account: &Account) -> Session {
    Session {
        id: SessionId(Uuid::from_u128(number)),
        account: account.id,
        refresh_hash: [u8::try_from(number).expect("a small number"); 32],
        created_at: at(0),
        expires_at: at(60),
    }
}

/// Signs somebody in.
async fn open(stores: Stores<'_>, number: u128, account: &Account) {
    let opened = stores.accounts.open_session(&session(number, account), &account.password).await;
    assert_eq!(opened, Ok(OpenSession::Opened));
}

async fn create(stores: Stores<'_>, account: &Account) -> CreateAccount {
    stores.accounts.create(account, None).await.unwrap()
}

/// By its id and by its address, in every role and language.
pub async fn an_account_is_found_as_it_was_created(stores: Stores<'_>) {
    let roles = Role::ALL.into_iter().cycle();
    for (number, (language, role)) in (1..).zip(Language::ALL.into_iter().zip(roles)) {
        let account = Account { language, role, ..account(number, &format!("Donor.{number}@Example.com")) };
        assert_eq!(create(stores, &account).await, CreateAccount::Created);
        assert_eq!(stores.accounts.find(account.id).await, Ok(Some(account.clone())));
        assert_eq!(stores.accounts.find_by_email(&account.email).await, Ok(Some(account)));
    }
}

/// Neither by an id nor by an address.
pub async fn an_account_that_was_never_created_is_not_found(stores: Stores<'_>) {
    create(stores, &account(1, "one@example.com")).await;
    assert_eq!(stores.accounts.find(AccountId(Uuid::from_u128(2))).await, Ok(None));
    let none = stores.accounts.find_by_email(&email("on@example.com")).await;
    assert_eq!(none, Ok(None));
}

/// Of Latin as of Kazakh letters; the address stays as it was given.
pub async fn the_case_of_an_addresss_letters_makes_no_difference(stores: Stores<'_>) {
    for (number, spelling, another) in
        [(1, "Ivan@Example.com", "iVAN@example.COM"), (2, "Әсел.Іңкәр@пошта.қаз", "ӘСЕЛ.іңкәр@Пошта.ҚАЗ")]
    {
        let first = account(number, spelling);
        assert_eq!(create(stores, &first).await, CreateAccount::Created);
        let second = account(number + 10, another);
        assert_eq!(create(stores, &second).await, CreateAccount::EmailTaken);
        let found = stores.accounts.find_by_email(&email(another)).await;
        assert_eq!(found, Ok(Some(first)));
        assert_eq!(stores.accounts.find(second.id).await, Ok(None));
    }
}

/// The others are told that the address is taken.
pub async fn of_twenty_accounts_of_one_address_at_once_one_is_created(stores: Stores<'_>) {
    let accounts: Vec<_> = (1..=20)
        .map(|number| account(number, if number % 2 == 0 { "one@example.com" } else { "ONE@example.com" }))
        .collect();
    let created = join_all(accounts.iter().map(|account| create(stores, account))).await;
    let winners: Vec<_> = accounts
        .iter()
        .zip(created)
        .filter(|(_, created)| *created == CreateAccount::Created)
        .map(|(account, _)| account.clone())
        .collect();
    assert_eq!(winners.len(), 1);
    let found = stores.accounts.find_by_email(&email("one@example.com")).await;
    assert_eq!(found, Ok(winners.first().cloned()));
}

/// Until the instant at which it ends, exclusive.
pub async fn a_session_leads_to_its_account_until_it_ends(stores: Stores<'_>) {
    let (one, two) = (account(1, "one@example.com"), account(2, "two@example.com"));
    for (number, account) in [(1, &one), (2, &two)] {
        create(stores, account).await;
        open(stores, number, account).await;
    }
    let of = |number, now| {
        let id = SessionId(Uuid::from_u128(number));
        stores.accounts.account_of_session(id, now)
    };
    assert_eq!(of(1, at(0)).await, Ok(Some(one)));
    assert_eq!(of(2, at(59)).await, Ok(Some(two)));
    assert_eq!(of(1, at(60)).await, Ok(None));
    assert_eq!(of(1, at(61)).await, Ok(None));
    assert_eq!(of(3, at(0)).await, Ok(None));
}

/// Otherwise one token would renew two sessions.
pub async fn a_refresh_token_belongs_to_one_session(stores: Stores<'_>) {
    let account = account(1, "one@example.com");
    create(stores, &account).await;
    let first = session(1, &account);
    assert_eq!(stores.accounts.open_session(&first, &account.password).await, Ok(OpenSession::Opened));
    let second = Session { id: SessionId(Uuid::from_u128(2)), ..first };
    assert!(stores.accounts.open_session(&second, &account.password).await.is_err());
    let found = stores.accounts.account_of_session(second.id, at(0)).await;
    assert_eq!(found, Ok(None));
}

/// Nor one of somebody who is gone.
pub async fn nobodys_session_is_not_opened(stores: Stores<'_>) {
    let nobody = account(1, "nobody@example.com");
    let opened = stores.accounts.open_session(&session(1, &nobody), &nobody.password).await;
    assert_eq!(opened, Ok(OpenSession::PasswordChanged));
    assert_eq!(stores.accounts.account_of_session(SessionId(Uuid::from_u128(1)), at(0)).await, Ok(None));
}
