//! Questions about documents of any shape.

use super::super::json::{BlinkJson, Json};

/// What can be asked of a document of any shape.
pub trait AskJson {
    /// How many objects have a member of this name.
    fn having(&self, name: &str) -> usize;

    /// How many bytes the longest text has.
    fn longest(&self) -> usize;

    /// All numbers, added up.
    fn total(&self) -> f64;
}

macro_rules! ask {
    ($($type:ty, $json:ident);*) => {$(
        impl AskJson for $type {
            fn having(&self, name: &str) -> usize {
                match self {
                    $json::Array(items) => items.iter().map(|it| it.having(name)).sum(),
                    $json::Object(members) => {
                        let here = usize::from(members.get(name).is_some());
                        here + members.values().map(|it| it.having(name)).sum::<usize>()
                    }
                    _ => 0,
                }
            }

            fn longest(&self) -> usize {
                let longest = match self {
                    $json::Text(text) => Some(text.len()),
                    $json::Array(items) => items.iter().map(AskJson::longest).max(),
                    $json::Object(members) => members.values().map(AskJson::longest).max(),
                    _ => None,
                };
                longest.unwrap_or(0)
            }

            fn total(&self) -> f64 {
                match self {
                    $json::Number(number) => *number,
                    $json::Array(items) => items.iter().map(AskJson::total).sum(),
                    $json::Object(members) => members.values().map(AskJson::total).sum(),
                    _ => 0.0,
                }
            }
        }
    )*};
}

ask!(Json, Json; BlinkJson<'_>, BlinkJson);
