//! Where to go on after signing in: the page that somebody came from, if it is one of ours.

use domain::{Language, Role};
use url::Url;

/// Longer addresses than any of our pages has.
const LONGEST: usize = 500;

/// Where whoever came from nowhere goes.
pub(crate) const MY_DONATIONS: &str = "/my-donations";

/// Where the administration begins.
pub(crate) const ADMINISTRATION: &str = "/admin";

/// Where whoever comes from nowhere goes, by what they may do.
pub(crate) fn or_home(next: &str, role: Role) -> &str {
    match role {
        Role::Viewer | Role::Admin if local(next).is_none() => ADMINISTRATION,
        Role::Viewer | Role::Admin | Role::Donor => next,
    }
}

/// The address to go on to, in the page's language if it says none. Whatever could lead to another site leads to one's donations
/// (CWE-601).
pub(crate) fn after_signing_in(next: &str, language: Language) -> String {
    let path = local(next).unwrap_or_else(|| MY_DONATIONS.to_owned());
    let says_language =
        path.split_once('?').is_some_and(|(_, query)| query.split('&').any(|pair| pair.starts_with("lang=")));
    if says_language {
        return path;
    }
    let separator = if path.contains('?') { '&' } else { '?' };
    format!("{path}{separator}lang={}", language.code())
}

/// The path and query, as a browser would understand them; `None` if it is not one of ours, or a page on which one signs in or out.
pub(crate) fn local(next: &str) -> Option<String> {
    let plain = next.len() <= LONGEST && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if !plain || !next.starts_with('/') {
        return None;
    }
    let here = Url::parse("https://here.invalid").ok()?;
    let there = here.join(next).ok()?;
    let path = there.path();
    if there.origin() != here.origin() || path.starts_with("//") || path.starts_with("/sign-") {
        return None;
    }
    Some(there.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_ours_are_gone_on_to() {
        let after = |next| after_signing_in(next, Language::Kk);
        assert_eq!(after("/account"), "/account?lang=kk");
        assert_eq!(after("/donations/1?lang=ru"), "/donations/1?lang=ru");
        assert_eq!(after("/donations/1?result=success"), "/donations/1?result=success&lang=kk");
        assert_eq!(after("/a/../account#top"), "/account?lang=kk");
    }

    #[test]
    fn nothing_else_is() {
        for next in [
            "",
            "account",
            "https://evil.example",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\tevil",
            "/\n/evil.example",
            " //evil.example",
            "/..//evil.example",
            "/.//evil.example",
            "javascript:alert(1)",
            "/sign-out",
            "/sign-in?next=/sign-in",
            &format!("/{}", "a".repeat(500)),
        ] {
            assert_eq!(after_signing_in(next, Language::En), "/my-donations?lang=en", "{next:?}");
        }
    }
}
