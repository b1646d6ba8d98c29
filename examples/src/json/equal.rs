//! Whether a document is what `serde_json` makes of the same text.

use serde_json::Value as Owned;

use super::value::{Member, Number, Value};

/// Whether two documents are equal, value by value. Floats may differ in the last digit.
pub fn equal(value: Value<'_>, owned: &Owned) -> bool {
    match (value, owned) {
        (Value::Null, Owned::Null) => true,
        (Value::Bool(value), Owned::Bool(owned)) => value == *owned,
        (Value::Number(number), Owned::Number(owned)) => equal_numbers(number, owned),
        (Value::String(text), Owned::String(owned)) => text == owned,
        (Value::Array(items), Owned::Array(owned)) => {
            items.len() == owned.len()
                && items
                    .iter()
                    .zip(owned)
                    .all(|(&item, owned)| equal(item, owned))
        }
        (Value::Object(members), Owned::Object(owned)) => {
            let members = last_of_each_name(members);
            members.len() == owned.len()
                && members.iter().all(|member| {
                    let owned = owned.get(member.name);
                    owned.is_some_and(|owned| equal(member.value, owned))
                })
        }
        _ => false,
    }
}

/// Of repeated names the last one counts.
fn last_of_each_name<'d, 'a>(members: &'d [Member<'a>]) -> Vec<&'d Member<'a>> {
    let mut members: Vec<_> = members.iter().collect();
    // A sort that leaves equal names in their order.
    members.sort_by_key(|member| member.name);
    let same_name = members.chunk_by(|a, b| a.name == b.name);
    same_name.filter_map(|same| same.last().copied()).collect()
}

fn equal_numbers(number: Number, owned: &serde_json::Number) -> bool {
    match number {
        Number::Natural(number) => owned.as_u64() == Some(number),
        Number::Negative(number) => owned.as_i64() == Some(number),
        Number::Float(number) => {
            let other = owned.as_f64().filter(|_| owned.is_f64());
            other.is_some_and(|other| near(number, other))
        }
    }
}

/// Whether two floats are the same, or so near to each other that it is a matter of rounding.
/// Ours are the nearest ones; `serde_json` rounds the digits, a power of ten and their product,
/// unless its feature `float_roundtrip` is on.
fn near(a: f64, b: f64) -> bool {
    a.is_sign_negative() == b.is_sign_negative() && a.to_bits().abs_diff(b.to_bits()) <= 3
}
