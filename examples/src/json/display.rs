//! A value as JSON text, without white space.

use std::fmt::{self, Display, Formatter, Write};

use super::value::{Member, Number, Value};

/// Parsing what this writes makes an equal value.
impl Display for Value<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => value.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::String(text) => write_string(f, text),
            Self::Array(items) => write_list(f, ['[', ']'], items),
            Self::Object(members) => write_list(f, ['{', '}'], members),
        }
    }
}

impl Display for Member<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_string(f, self.name)?;
        f.write_char(':')?;
        self.value.fmt(f)
    }
}

impl Display for Number {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Natural(number) => number.fmt(f),
            Self::Negative(number) => number.fmt(f),
            // `Debug`, because `Display` writes the float 1 like the integer.
            Self::Float(number) => fmt::Debug::fmt(number, f),
        }
    }
}

fn write_list(
    f: &mut Formatter<'_>,
    [open, close]: [char; 2],
    entries: &[impl Display],
) -> fmt::Result {
    f.write_char(open)?;
    for (index, entry) in entries.iter().enumerate() {
        if index > 0 {
            f.write_char(',')?;
        }
        entry.fmt(f)?;
    }
    f.write_char(close)
}

fn write_string(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    let needs_escape = |c: char| c < ' ' || c == '"' || c == '\\';
    f.write_char('"')?;
    let mut rest = text;
    while let Some(at) = rest.find(needs_escape) {
        f.write_str(&rest[..at])?;
        write_escape(f, rest.as_bytes()[at])?;
        rest = &rest[at + 1..];
    }
    f.write_str(rest)?;
    f.write_char('"')
}

fn write_escape(f: &mut Formatter<'_>, byte: u8) -> fmt::Result {
    match byte {
        b'"' => f.write_str("\\\""),
        b'\\' => f.write_str("\\\\"),
        b'\n' => f.write_str("\\n"),
        b'\r' => f.write_str("\\r"),
        b'\t' => f.write_str("\\t"),
        _ => write!(f, "\\u{byte:04x}"),
    }
}
