//! `donations admin create`.

use std::io::{IsTerminal as _, stdin};

use application::accounts::{Register, RegisterError, create_operator};
use domain::{DonorEmail, DonorName, Language, Role};

use crate::app::{Adapters, state};
use crate::cli::is_own_file;
use crate::config::ServerConfig;

/// Makes an administrator's account, or that of somebody who may look. The password is read from standard input, or asked for without being shown.
///
/// # Errors
/// A message for the operator.
#[expect(clippy::print_stdout, reason = "what a person at the command line reads")]
pub async fn create(config: &ServerConfig, (email, name): (&str, &str), role: Role) -> Result<(), String> {
    let email = DonorEmail::parse(email).map_err(|_| "--email: this is no e-mail address".to_owned())?;
    let name = DonorName::parse(name).map_err(|error| format!("--name: {error}"))?;
    let password = password()?;
    let adapters = Adapters::from_config(config).await.map_err(|error| error.to_string())?;
    if is_own_file(config) {
        adapters.store.migrate().await.map_err(|error| format!("the database could not be migrated: {error}"))?;
    }
    let command = Register { email, password, name, language: Language::Ru };
    let account =
        create_operator(&state(config, &adapters).house, command, role).await.map_err(|error| match error {
            RegisterError::EmailTaken => "--email: an account has this address already".to_owned(),
            RegisterError::Store(error) => error.to_string(),
        })?;
    let title = match role {
        Role::Admin => "administrator",
        Role::Viewer => "viewer",
        Role::Donor => "donor",
    };
    println!("✓ {title} {} can sign in: POST /api/auth/login", account.email.as_str());
    Ok(())
}

fn password() -> Result<String, String> {
    let password = if stdin().is_terminal() {
        rpassword::prompt_password("Password (10 to 128 characters): ").map_err(|error| error.to_string())?
    } else {
        let mut line = String::new();
        stdin().read_line(&mut line).map_err(|error| error.to_string())?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    };
    match password.chars().count() {
        10..=128 if !password.contains('\0') => Ok(password),
        _ => Err("the password must have 10 to 128 characters; it is read from standard input".to_owned()),
    }
}
