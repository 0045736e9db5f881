//! Access tokens: JWTs (RFC 7519) signed with HS256 by the text of `JWT_SECRET`.

use chrono::DateTime;
use domain::ports::{AccessGrant, AccessTokens, StoreError};
use domain::{AccountId, Instant, SessionId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Signs and reads access tokens.
pub struct JwtAccessTokens {
    signing: EncodingKey,
    reading: DecodingKey,
    validation: Validation,
}

/// What kind of token it is, so that no other kind that we may sign one day passes for an access token.
const ACCESS: &str = "access";

#[derive(Serialize, Deserialize)]
struct Claims {
    jti: Uuid,
    sub: Uuid,
    sid: Uuid,
    exp: i64,
    #[serde(rename = "typ")]
    kind: String,
}

impl JwtAccessTokens {
    /// Tokens signed by `secret`.
    pub fn new(secret: &SecretString) -> Self {
        let secret = secret.expose_secret().as_bytes();
        // HS256 alone: `alg: none` and every other algorithm are refused. The expiry is checked against our own clock.
        let mut validation = Validation::new(Algorithm::HS256);
        validation.validate_exp = false;
        validation.set_required_spec_claims(&["exp", "sub"]);
        Self { signing: EncodingKey::from_secret(secret), reading: DecodingKey::from_secret(secret), validation }
    }
}

impl AccessTokens for JwtAccessTokens {
    fn issue(&self, grant: &AccessGrant) -> Result<String, StoreError> {
        let claims = Claims {
            jti: grant.id,
            sub: grant.account.0,
            sid: grant.session.0,
            exp: grant.expires_at.timestamp(),
            kind: ACCESS.to_owned(),
        };
        encode(&Header::new(Algorithm::HS256), &claims, &self.signing)
            .map_err(|error| StoreError::Failed(format!("a token could not be signed: {error}")))
    }

    fn read(&self, token: &str, now: Instant) -> Option<AccessGrant> {
        let claims = decode::<Claims>(token, &self.reading, &self.validation).ok()?.claims;
        let expires_at = DateTime::from_timestamp(claims.exp, 0)?;
        let counts = claims.kind == ACCESS && now < expires_at;
        counts.then_some(AccessGrant {
            id: claims.jti,
            account: AccountId(claims.sub),
            session: SessionId(claims.sid),
            expires_at,
        })
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use chrono::TimeDelta;

    use super::*;

    fn now() -> Instant {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    fn grant() -> AccessGrant {
        let expires_at = now() + TimeDelta::minutes(5);
        let (account, session) = (AccountId(Uuid::from_u128(1)), SessionId(Uuid::from_u128(2)));
        AccessGrant { id: Uuid::from_u128(3), account, session, expires_at }
    }

    fn tokens(secret: &str) -> JwtAccessTokens {
        JwtAccessTokens::new(&SecretString::from(secret))
    }

    #[test]
    fn a_token_says_what_it_was_issued_for_until_it_expires() {
        let tokens = tokens("a secret of thirty-two characters!");
        let token = tokens.issue(&grant()).unwrap();
        assert_eq!(tokens.read(&token, now()), Some(grant()));
        assert_eq!(tokens.read(&token, grant().expires_at), None);
    }

    #[test]
    fn a_token_of_another_secret_kind_or_algorithm_counts_for_nothing() {
        let tokens_of_ours = tokens("a secret of thirty-two characters!");
        let foreign = tokens("another secret of the same length!").issue(&grant()).unwrap();
        assert_eq!(tokens_of_ours.read(&foreign, now()), None);

        let token = tokens_of_ours.issue(&grant()).unwrap();
        let claims = token.split('.').nth(1).unwrap();
        let unsigned = format!("{}.{claims}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#));
        assert_eq!(tokens_of_ours.read(&unsigned, now()), None);

        let claims = Claims {
            jti: Uuid::from_u128(3),
            sub: Uuid::from_u128(1),
            sid: Uuid::from_u128(2),
            exp: 1_900_000_000,
            kind: "refresh".into(),
        };
        let refresh = encode(&Header::new(Algorithm::HS256), &claims, &tokens_of_ours.signing).unwrap();
        assert_eq!(tokens_of_ours.read(&refresh, now()), None);
    }
}
