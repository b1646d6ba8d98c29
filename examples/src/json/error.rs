//! What can be wrong with a text, and where.

use std::fmt;

/// Why a text is not a JSON document.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// What is wrong.
    pub kind: Kind,
    /// The line, from 1 on.
    pub line: usize,
    /// The column in characters, from 1 on.
    pub column: usize,
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Something else should be here.
    Expected {
        /// What should be here.
        what: &'static str,
        /// What is here, `None` at the end of the text.
        found: Option<char>,
    },
    /// The text begins with a byte order mark.
    ByteOrderMark,
    /// A byte that is no UTF-8.
    NotUtf8(u8),
    /// A control character in a string.
    Control(u8),
    /// A backslash and something that makes no escape.
    Escape(char),
    /// Half of a surrogate pair.
    LoneSurrogate(u16),
    /// A number like `01`.
    LeadingZero,
    /// A number that rounds to infinity.
    Infinite,
    /// More arrays and objects in each other than the limit.
    TooDeep(usize),
}

impl Error {
    /// The error at the byte `at` of a text, which is UTF-8 up to there.
    #[cold]
    pub(super) fn new(kind: Kind, text: &[u8], at: usize) -> Self {
        let before = &text[..at];
        let line_start = before.iter().rposition(|&byte| byte == b'\n');
        let in_line = &before[line_start.map_or(0, |newline| newline + 1)..];
        let continues_character = |byte: u8| byte & 0b1100_0000 == 0b1000_0000;
        Self {
            kind,
            line: 1 + before.iter().filter(|&&byte| byte == b'\n').count(),
            column: 1 + in_line
                .iter()
                .filter(|&&byte| !continues_character(byte))
                .count(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.kind)
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Expected { what, found: None } => {
                write!(f, "expected {what}, found the end of the text")
            }
            Self::Expected {
                what,
                found: Some(found),
            } => write!(f, "expected {what}, found {}", Shown(found)),
            Self::ByteOrderMark => f.write_str("a byte order mark, which JSON does not allow"),
            Self::NotUtf8(byte) => write!(f, "not UTF-8: a byte {byte:#04x}"),
            Self::Control(byte) => {
                write!(f, "a control character in a string, write \\u{byte:04x}")
            }
            Self::Escape(after) => write!(f, "no escape: a backslash before {}", Shown(after)),
            Self::LoneSurrogate(unit) => write!(f, "a lone surrogate \\u{unit:04x}"),
            Self::LeadingZero => f.write_str("a number with a zero in front"),
            Self::Infinite => f.write_str("a number too large for a 64-bit float"),
            Self::TooDeep(limit) => write!(f, "nested deeper than {limit}"),
        }
    }
}

/// A character between backticks, so that it does no harm to the line it is printed on.
struct Shown(char);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(character) = *self;
        if character.is_ascii_graphic() {
            // Without the backslash that `escape_debug` puts before a quote.
            write!(f, "`{character}`")
        } else {
            write!(f, "`{}`", character.escape_debug())
        }
    }
}
