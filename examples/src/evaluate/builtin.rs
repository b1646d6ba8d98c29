//! Functions that need no definition.

use super::error::Kind;

/// The value of a function that is there already.
pub(super) fn builtin(name: &str, values: &[f64]) -> Result<f64, Kind> {
    let one = |function: fn(f64) -> f64| match values {
        [value] => Ok(function(*value)),
        _ => Err(Kind::Arguments {
            name: name.to_owned(),
            expected: 1,
            found: values.len(),
        }),
    };
    match name {
        "sum" => Ok(values.iter().sum()),
        "product" => Ok(values.iter().product()),
        // Of nothing they are infinite, which the caller refuses.
        "min" => Ok(values.iter().copied().fold(f64::INFINITY, f64::min)),
        "max" => Ok(values.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
        "abs" => one(f64::abs),
        "floor" => one(f64::floor),
        "sqrt" => one(f64::sqrt),
        _ => Err(Kind::NoFunction(name.to_owned())),
    }
}
