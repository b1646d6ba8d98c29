//! What can be wrong with a text, and where.

use std::fmt;

/// Why a text cannot be evaluated.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// What is wrong.
    pub kind: Kind,
    /// Where.
    pub place: Place,
}

/// A place in the text of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
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
        /// What is here.
        found: String,
    },
    /// A character that begins no token.
    Character(char),
    /// A number that rounds to infinity, or that is none, like `1e`.
    Number(String),
    /// A name that nothing was defined by.
    Unknown(String),
    /// A call of a name that no function was defined by.
    NoFunction(String),
    /// A function without its arguments.
    NoValue(String),
    /// A call with too many arguments, or too few.
    Arguments {
        /// The function.
        name: String,
        /// How many it has.
        expected: usize,
        /// How many the call has.
        found: usize,
    },
    /// A parameter that has the name of another one.
    Twice(String),
    /// An operation without a finite result.
    Infinite,
    /// More parentheses and the like in each other than the limit.
    Nested(usize),
    /// More calls and operations in each other than the limit.
    TooDeep(usize),
}

impl Place {
    /// The error here.
    #[cold]
    pub(super) fn error(self, kind: Kind) -> Error {
        Error { kind, place: self }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { line, column } = self.place;
        write!(f, "{line}:{column}: {}", self.kind)
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expected { what, found } => write!(f, "expected {what}, found {found}"),
            Self::Character(character) => {
                write!(f, "no use for a character `{}`", character.escape_debug())
            }
            Self::Number(text) => write!(f, "`{text}` is no finite number"),
            Self::Unknown(name) => write!(f, "no value `{name}`"),
            Self::NoFunction(name) => write!(f, "no function `{name}`"),
            Self::NoValue(name) => write!(f, "`{name}` is a function, and needs arguments"),
            Self::Arguments {
                name,
                expected,
                found,
            } => {
                let plural = if *expected == 1 { "" } else { "s" };
                write!(f, "`{name}` takes {expected} argument{plural}, not {found}")
            }
            Self::Twice(name) => write!(f, "two parameters `{name}`"),
            Self::Infinite => f.write_str("no finite result"),
            Self::Nested(limit) => write!(f, "nested deeper than {limit}"),
            Self::TooDeep(limit) => write!(
                f,
                "more than {limit} calls and operations in each other: a recursion without end?"
            ),
        }
    }
}
