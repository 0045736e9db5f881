//! What a database's URL means. Nothing here repeats any part of it: it may hold a password.

use std::path::PathBuf;

/// What a URL points to.
#[derive(PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) enum DatabaseUrl {
    /// A file.
    Sqlite(PathBuf),
    /// A server, in libpq's own notation (<https://www.postgresql.org/docs/current/libpq-connect.html>).
    Postgres(String),
}

/// Why a URL is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// Neither SQLite's nor PostgreSQL's.
    #[error("DATABASE_URL must begin with sqlite://, postgres:// or postgresql://")]
    UnknownScheme,
    /// `sqlite://` and nothing more.
    #[error("DATABASE_URL names no file: write sqlite://data/donations.db, or sqlite:///… for an absolute path")]
    NoFile,
    /// Every connection would see an empty database of its own.
    #[error("DATABASE_URL names a database in memory, which is lost with its connection: name a file")]
    InMemory,
    /// libpq would take a part of the password for the host, and name it in its complaint.
    #[error(
        "the user or the password in DATABASE_URL has a character that must be percent-encoded (@ is %40, / is %2F)"
    )]
    NotEncoded,
    /// Some part of it is taken for a name that libpq would repeat in its complaint.
    #[error("DATABASE_URL gives the password as a parameter: write it before the host, user:password@host")]
    PasswordParameter,
}

impl DatabaseUrl {
    pub(crate) fn parse(url: &str) -> Result<Self, UrlError> {
        let (scheme, rest) = url.split_once("://").ok_or(UrlError::UnknownScheme)?;
        match scheme {
            "sqlite" => sqlite(rest),
            "postgres" | "postgresql" => postgres(rest),
            _ => Err(UrlError::UnknownScheme),
        }
    }
}

fn sqlite(path: &str) -> Result<DatabaseUrl, UrlError> {
    match path {
        "" | "/" => Err(UrlError::NoFile),
        path if path.contains(":memory:") || path.starts_with("file:") => Err(UrlError::InMemory),
        path => Ok(DatabaseUrl::Sqlite(PathBuf::from(path))),
    }
}

fn postgres(rest: &str) -> Result<DatabaseUrl, UrlError> {
    let authority_end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(authority_end);
    let (user, hosts) = authority.rsplit_once('@').unwrap_or(("", authority));
    if user.contains('@') || tail.contains('@') || !is_percent_encoded(user) {
        return Err(UrlError::NotEncoded);
    }
    let parameters = tail.split_once('?').map_or("", |(_, parameters)| parameters);
    let has = |name: &str| parameters.split('&').any(|parameter| parameter.split('=').next() == Some(name));
    if has("password") {
        return Err(UrlError::PasswordParameter);
    }
    let mut url = format!("postgresql://{rest}");
    let mut separator = if tail.contains('?') { '&' } else { '?' };
    let mut add = |parameter: &str| {
        url.push(separator);
        url.push_str(parameter);
        separator = '&';
    };
    // A host that is switched off does not answer at all; the next of several must have its turn.
    if !has("connect_timeout") {
        add("connect_timeout=5");
    }
    // Of several hosts only one can be written to.
    if hosts.contains(',') && !has("target_session_attrs") {
        add("target_session_attrs=read-write");
    }
    Ok(DatabaseUrl::Postgres(url))
}

fn is_percent_encoded(text: &str) -> bool {
    text.split('%').skip(1).all(|after| {
        let digits = after.as_bytes();
        digits.len() >= 2 && digits[..2].iter().all(u8::is_ascii_hexdigit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn postgres(text: &str) -> String {
        match DatabaseUrl::parse(text) {
            Ok(DatabaseUrl::Postgres(url)) => url,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_file_may_be_named_relative_or_absolute() {
        for (url, path) in [("sqlite://data/a.db", "data/a.db"), ("sqlite:///var/lib/a.db", "/var/lib/a.db")] {
            assert_eq!(DatabaseUrl::parse(url), Ok(DatabaseUrl::Sqlite(path.into())));
        }
    }

    #[test]
    fn a_file_must_be_one_that_every_connection_sees() {
        assert_eq!(DatabaseUrl::parse("sqlite://"), Err(UrlError::NoFile));
        for url in ["sqlite://:memory:", "sqlite://file:a?mode=memory"] {
            assert_eq!(DatabaseUrl::parse(url), Err(UrlError::InMemory), "{url}");
        }
    }

    #[test]
    fn of_several_hosts_the_writable_one_is_asked_for() {
        assert_eq!(
            postgres("postgres://u:p@one:5432,two:5433/d?sslmode=require"),
            "postgresql://u:p@one:5432,two:5433/d?sslmode=require&connect_timeout=5&target_session_attrs=read-write"
        );
        assert_eq!(
            postgres("postgresql://one,two/d?target_session_attrs=any&connect_timeout=1"),
            "postgresql://one,two/d?target_session_attrs=any&connect_timeout=1"
        );
        assert_eq!(postgres("postgres://one/d"), "postgresql://one/d?connect_timeout=5");
    }

    #[test]
    fn a_password_that_libpq_would_read_as_something_else_is_refused() {
        for url in ["postgres://u:p@ss@h/d", "postgres://u:p/ss@h/d", "postgres://u:p?ss@h/d", "postgres://u:p%ss@h/d"]
        {
            assert_eq!(DatabaseUrl::parse(url), Err(UrlError::NotEncoded), "{url}");
        }
        assert_eq!(DatabaseUrl::parse("postgres://h/d?password=p"), Err(UrlError::PasswordParameter));
        assert!(DatabaseUrl::parse("postgres://u:p%40ss%2F@h/d").is_ok());
    }
}
