//! Numbers.
//!
//! There is a parser for each kind of arena. All of this is inlined into each: the compiler would
//! do so by itself for a single one.

use super::{
    cursor::Cursor,
    error::{Error, Kind},
    value::Number,
};

/// Reads a number. The cursor stands at `-` or at a digit.
#[inline(always)]
pub(super) fn number(cursor: &mut Cursor<'_>) -> Result<Number, Error> {
    let start = cursor.at();
    cursor.eat(b'-');
    integer(cursor)?;
    let fraction = fraction(cursor)?;
    let exponent = exponent(cursor)?;
    let text = cursor.since(start);
    let number = if fraction || exponent {
        float(text)
    } else {
        exact(text).or_else(|| float(text))
    };
    number.ok_or_else(|| cursor.error_at(Kind::Infinite, start))
}

/// The integer if it has 64 bits or less. There is none with the sign of `-0`.
#[inline(always)]
fn exact(text: &str) -> Option<Number> {
    if let Ok(natural) = text.parse() {
        return Some(Number::Natural(natural));
    }
    match text.parse() {
        Ok(0) | Err(_) => None,
        Ok(negative) => Some(Number::Negative(negative)),
    }
}

/// The nearest float, unless that is infinite.
#[inline(always)]
fn float(text: &str) -> Option<Number> {
    let float = text.parse().ok()?;
    f64::is_finite(float).then_some(Number::Float(float))
}

#[inline(always)]
fn integer(cursor: &mut Cursor<'_>) -> Result<(), Error> {
    if !cursor.eat(b'0') {
        return digits(cursor, "a digit");
    }
    match cursor.peek() {
        Some(b'0'..=b'9') => Err(cursor.error(Kind::LeadingZero)),
        _ => Ok(()),
    }
}

/// Says whether there was a fraction.
#[inline(always)]
fn fraction(cursor: &mut Cursor<'_>) -> Result<bool, Error> {
    if !cursor.eat(b'.') {
        return Ok(false);
    }
    digits(cursor, "a digit after the point")?;
    Ok(true)
}

/// Says whether there was an exponent.
#[inline(always)]
fn exponent(cursor: &mut Cursor<'_>) -> Result<bool, Error> {
    if !cursor.eat(b'e') && !cursor.eat(b'E') {
        return Ok(false);
    }
    if !cursor.eat(b'-') {
        cursor.eat(b'+');
    }
    digits(cursor, "a digit of the exponent")?;
    Ok(true)
}

/// Passes one digit or more.
#[inline(always)]
fn digits(cursor: &mut Cursor<'_>, what: &'static str) -> Result<(), Error> {
    let start = cursor.at();
    cursor.skip_digits();
    if cursor.at() == start {
        return Err(cursor.expected(what));
    }
    Ok(())
}
