//! Documents whose shape is not known.

use std::collections::BTreeMap;

use blink_alloc::BlinkClone;
use serde::Deserialize;
use serde_json::Value;

/// Any document.
#[derive(BlinkClone, Clone, Debug, Deserialize)]
#[serde(from = "Value")]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, or the nearest float.
    Number(f64),
    /// A string.
    Text(String),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(BTreeMap<String, Json>),
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(number) => Self::Number(number.as_f64().unwrap_or(f64::NAN)),
            Value::String(text) => Self::Text(text),
            Value::Array(items) => Self::Array(items.into_iter().map(Self::from).collect()),
            Value::Object(members) => {
                let member = |(name, value)| (name, Self::from(value));
                Self::Object(members.into_iter().map(member).collect())
            }
        }
    }
}
