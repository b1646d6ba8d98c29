//! A use for every value of a document, so that none can be optimized away.

use serde_json::Value as Owned;

use super::value::{Number, Value};

/// A number for which every value of a document was looked at.
pub(super) fn checksum(value: Value<'_>) -> u64 {
    match value {
        Value::Null => 1,
        Value::Bool(value) => 2 + u64::from(value),
        Value::Number(Number::Natural(number)) => number,
        Value::Number(Number::Negative(number)) => number as u64,
        Value::Number(Number::Float(number)) => number.to_bits(),
        Value::String(text) => of_bytes(text),
        Value::Array(items) => sum(items.iter().map(|&item| checksum(item))),
        Value::Object(members) => sum(members
            .iter()
            .map(|member| of_bytes(member.name) ^ checksum(member.value))),
    }
}

/// [`checksum`], line for line.
pub(super) fn checksum_owned(value: &Owned) -> u64 {
    match value {
        Owned::Null => 1,
        Owned::Bool(value) => 2 + u64::from(*value),
        Owned::Number(number) => {
            if let Some(number) = number.as_u64() {
                number
            } else if let Some(number) = number.as_i64() {
                number as u64
            } else {
                number.as_f64().map_or(0, f64::to_bits)
            }
        }
        Owned::String(text) => of_bytes(text),
        Owned::Array(items) => sum(items.iter().map(checksum_owned)),
        Owned::Object(members) => sum(members
            .iter()
            .map(|(name, value)| of_bytes(name) ^ checksum_owned(value))),
    }
}

/// From the ends only: this is about documents, not about bytes.
fn of_bytes(text: &str) -> u64 {
    let end = |byte: Option<&u8>| byte.map_or(0, |&byte| u64::from(byte));
    let bytes = text.as_bytes();
    bytes.len() as u64 + (end(bytes.first()) << 32) + (end(bytes.last()) << 40)
}

/// The order does not matter: `serde_json` sorts the members of an object.
fn sum(numbers: impl Iterator<Item = u64>) -> u64 {
    numbers.fold(0, u64::wrapping_add)
}
