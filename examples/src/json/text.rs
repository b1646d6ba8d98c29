//! Strings.

use allocator_api2::vec::Vec;
use blink_alloc::{BlinkAllocator, Frame, Sharing};

use super::{
    cursor::Cursor,
    error::{Error, Kind},
};

/// A string that is put together before it goes into the document.
pub(super) type Buffer<'s> = Vec<u8, &'s Frame<'s>>;

/// Reads a string into the arena. The cursor stands behind the quote that opens it.
#[inline]
pub(super) fn string<'a, A: BlinkAllocator, M: Sharing>(
    cursor: &mut Cursor<'_>,
    blink: &Frame<'a, A, M>,
    buffer: &mut Buffer<'_>,
) -> Result<&'a str, Error> {
    let start = cursor.at();
    cursor.pass(plain(cursor.rest()));
    let text = cursor.since(start);
    if cursor.eat(b'"') {
        return Ok(blink.copy_str(text));
    }
    buffer.clear();
    append(buffer, text);
    rest_of_string(cursor, buffer)?;
    let text = std::str::from_utf8(buffer).expect("made of strings and characters");
    Ok(blink.copy_str(text))
}

/// Reads a string from its first escape on, up to the quote that closes it.
fn rest_of_string(cursor: &mut Cursor<'_>, buffer: &mut Buffer<'_>) -> Result<(), Error> {
    loop {
        match cursor.peek() {
            Some(b'"') => {
                cursor.pass(1);
                return Ok(());
            }
            Some(b'\\') => {
                let character = escape(cursor)?;
                append(buffer, character.encode_utf8(&mut [0; 4]));
            }
            Some(control) => return Err(cursor.error(Kind::Control(control))),
            None => return Err(cursor.expected("`\"` at the end of a string")),
        }
        let start = cursor.at();
        cursor.pass(plain(cursor.rest()));
        append(buffer, cursor.since(start));
    }
}

/// Appends a text at once. `extend_from_slice` of this vector takes byte by byte.
fn append(buffer: &mut Buffer<'_>, text: &str) {
    let start = buffer.len();
    buffer.resize(start + text.len(), 0);
    buffer[start..].copy_from_slice(text.as_bytes());
}

/// The bytes up to a quote, a backslash or a control character.
#[inline]
fn plain(bytes: &[u8]) -> usize {
    let special = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
    let mut count = 0;
    // Every byte of a block is looked at, in no order, so that the compiler can look at all of
    // them in one instruction.
    for block in bytes.chunks_exact(16) {
        if block.iter().fold(false, |any, &byte| any | special(byte)) {
            break;
        }
        count += block.len();
    }
    let rest = &bytes[count..];
    count
        + rest
            .iter()
            .position(|&byte| special(byte))
            .unwrap_or(rest.len())
}

/// Reads an escape. The cursor stands at the backslash.
fn escape(cursor: &mut Cursor<'_>) -> Result<char, Error> {
    let start = cursor.at();
    cursor.pass(1);
    let character = match cursor.peek() {
        Some(same @ (b'"' | b'\\' | b'/')) => char::from(same),
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => {
            cursor.pass(1);
            return code_point(cursor, start);
        }
        _ => return Err(no_escape(cursor, start)),
    };
    cursor.pass(1);
    Ok(character)
}

/// The error that a backslash at `start` makes no escape with what is behind it.
fn no_escape(cursor: &Cursor<'_>, start: usize) -> Error {
    match cursor.character() {
        Some(character) => cursor.error_at(Kind::Escape(character), start),
        None => cursor.expected("an escape"),
    }
}

/// Reads a character by its number. The cursor stands at the first digit, `start` is where the
/// escape began. What does not fit into 16 bits comes as two escapes, a pair of surrogates.
fn code_point(cursor: &mut Cursor<'_>, start: usize) -> Result<char, Error> {
    let unit = four_digits(cursor)?;
    let lone = |cursor: &Cursor<'_>| cursor.error_at(Kind::LoneSurrogate(unit), start);
    let low = if let 0xd800..0xdc00 = unit {
        if !(cursor.eat(b'\\') && cursor.eat(b'u')) {
            return Err(lone(cursor));
        }
        Some(four_digits(cursor)?)
    } else {
        None
    };
    match char::decode_utf16([unit].into_iter().chain(low)).next() {
        Some(Ok(character)) => Ok(character),
        _ => Err(lone(cursor)),
    }
}

/// Reads a number of four hexadecimal digits.
fn four_digits(cursor: &mut Cursor<'_>) -> Result<u16, Error> {
    let mut number = 0;
    for _ in 0..4 {
        let digit = cursor.peek().and_then(|byte| char::from(byte).to_digit(16));
        let Some(digit) = digit else {
            return Err(cursor.expected("four hexadecimal digits after `\\u`"));
        };
        number = number * 16 + digit as u16;
        cursor.pass(1);
    }
    Ok(number)
}
