//! `POST /v2/auth/token`.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::{Deserialize, Serialize};

use super::{Answer, Caller, json};
use crate::error::Refusal;
use crate::world::ApiKey;

/// Client ID and secret of the shop. \[API\]
#[derive(Deserialize)]
pub(super) struct Credentials {
    client_id: String,
    client_secret: String,
}

#[derive(Serialize)]
struct IssuedKey<'a> {
    api_key: &'a str,
    expiry_date: crate::model::Stamp,
}

/// Gives a new API key with an end. How long a key lives is not documented: `--key-lifetime-seconds`. \[API\]\[GUESS\]
pub(super) async fn token(caller: Caller, body: web::Json<Credentials>) -> Answer {
    let settings = &caller.sim.settings;
    if body.client_id != settings.client_id || body.client_secret != settings.client_secret {
        return Err(Refusal::unauthorized("Неверный client_id или client_secret."));
    }
    let key = caller.run(|world| {
        let key = ApiKey {
            key: format!("sim_{}", world.ids.hex::<32>()),
            expires_at: world.now.plus_seconds(world.settings.key_lifetime_seconds),
            number: world.keys.len() as u64 + 1,
        };
        world.put_api_key(key.clone());
        key
    });
    Ok(json(StatusCode::OK, &IssuedKey { api_key: &key.key, expiry_date: key.expires_at }))
}
