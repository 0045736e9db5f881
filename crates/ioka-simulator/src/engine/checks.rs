//! Limits of request fields.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::error::Refusal;
use crate::json::{Spelling, Tree, parse, write};
use crate::model::{FreeJson, Stamp};

/// The smallest amount in tiyn: 1 ₸. \[API\]
const MIN_AMOUNT: i64 = 100;
/// The largest amount in tiyn, as for payment links. \[GUESS\]
const MAX_AMOUNT: i64 = 2_147_483_647;

/// An amount in tiyn of an order, capture or refund.
///
/// # Errors
/// 400 `InvalidRequest` outside 100..=2147483647.
pub(super) fn amount(amount: i64) -> Result<i64, Refusal> {
    if (MIN_AMOUNT..=MAX_AMOUNT).contains(&amount) {
        Ok(amount)
    } else {
        Err(Refusal::invalid(format!("Поле amount должно быть от {MIN_AMOUNT} до {MAX_AMOUNT}.")))
    }
}

/// A text field of `min` to `max` characters.
///
/// # Errors
/// 400 `InvalidRequest` outside.
pub(super) fn length(name: &str, value: Option<&str>, min: usize, max: usize) -> Result<(), Refusal> {
    match value.map(|value| value.chars().count()) {
        Some(count) if count < min || count > max => {
            Err(Refusal::invalid(format!("Длина поля {name} должна быть от {min} до {max} символов.")))
        }
        _ => Ok(()),
    }
}

/// An absolute address of 1 to 2083 characters. \[API\]
///
/// # Errors
/// 400 `InvalidRequest` for anything else, and for schemes that would run code in a page.
pub(super) fn address(name: &str, value: Option<&str>) -> Result<(), Refusal> {
    length(name, value, 1, 2083)?;
    let is_fine = value.is_none_or(|value| {
        url::Url::parse(value).is_ok_and(|url| !matches!(url.scheme(), "javascript" | "data" | "vbscript"))
    });
    if is_fine {
        Ok(())
    } else {
        Err(Refusal::invalid(format!("Поле {name} должно быть ссылкой.")))
    }
}

/// Digits only, `min` to `max` of them.
pub(super) fn is_digits(text: &str, min: usize, max: usize) -> bool {
    (min..=max).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `MM/YY` with a real month. \[API\]
pub(super) fn is_expiry(text: &str) -> bool {
    text.split_once('/').is_some_and(|(month, year)| {
        is_digits(month, 2, 2) && is_digits(year, 2, 2) && (1..=12).contains(&month.parse().unwrap_or(0))
    })
}

/// The merchant's free object, without line breaks, otherwise as it came.
///
/// # Errors
/// 400 `InvalidRequest` if it is no object.
pub(super) fn free_object(value: Option<&RawValue>) -> Result<Option<FreeJson>, Refusal> {
    free_json(value, |tree| matches!(tree, Tree::Object(_)))
}

/// The merchant's free object or text.
///
/// # Errors
/// 400 `InvalidRequest` if it is neither.
pub(super) fn free_object_or_text(value: Option<&RawValue>) -> Result<Option<FreeJson>, Refusal> {
    free_json(value, |tree| matches!(tree, Tree::Object(_) | Tree::Text(_)))
}

fn free_json(value: Option<&RawValue>, is_fine: impl Fn(&Tree) -> bool) -> Result<Option<FreeJson>, Refusal> {
    let Some(value) = value else { return Ok(None) };
    let wrong = || Refusal::invalid("Поле extra_info должно быть объектом.");
    let tree = parse(value.get()).map_err(|_| wrong())?;
    if tree == Tree::Null {
        return Ok(None);
    }
    if !is_fine(&tree) {
        return Err(wrong());
    }
    RawValue::from_string(write(&tree, Spelling::Stored)).map(Some).map_err(|_| wrong())
}

/// A date and time in any form Ioka is known to take.
///
/// # Errors
/// 400 `InvalidRequest` for anything else.
pub(super) fn stamp(name: &str, value: Option<&str>) -> Result<Option<Stamp>, Refusal> {
    value
        .map(|value| Stamp::parse(value).ok_or_else(|| Refusal::invalid(format!("Поле {name} должно быть датой."))))
        .transpose()
}

/// `KZT`, the only currency. \[API\]
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) enum Currency {
    /// Tenge.
    #[serde(rename = "KZT")]
    Tenge,
}
