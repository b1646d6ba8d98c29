//! Paths, like `a.b[0].c`: the way from a document to one of its values.

use std::fmt;

use allocator_api2::vec::Vec as ArenaVec;
use blink_alloc::{Frame, blink_frame};

use super::{
    cursor::Cursor,
    error::{Error, Kind},
    text::string,
    value::Value,
};

/// The way to a value. The empty path is the way to the whole document.
#[derive(Debug)]
pub struct Path<'a> {
    text: &'a str,
    steps: Vec<Step<'a>>,
}

#[derive(Debug)]
struct Step<'a> {
    key: Key<'a>,
    /// Where the step begins and ends in the text of the path.
    start: usize,
    end: usize,
}

#[derive(Clone, Copy, Debug)]
enum Key<'a> {
    Name(&'a str),
    Index(usize),
}

/// A text that is not a path.
#[derive(Debug, PartialEq)]
pub struct NoPath {
    /// What is wrong.
    pub kind: Kind,
    /// Where, in characters, from 1 on.
    pub character: usize,
}

/// Where a path leaves the document.
#[derive(Debug, PartialEq)]
pub struct Missing<'p> {
    /// The path to the last value that there is.
    found: &'p str,
    problem: Problem<'p>,
}

#[derive(Debug, PartialEq)]
enum Problem<'p> {
    NoMember(&'p str),
    NoItem { items: usize },
    NotAnObject(&'static str),
    NotAnArray(&'static str),
}

impl<'a> Path<'a> {
    /// Reads a path. Names in quotes are put into the frame.
    ///
    /// A name stands for itself, up to the next `.` or `[`. Any name at all can be written
    /// as a JSON string in brackets: `["a.b"]`.
    ///
    /// # Errors
    ///
    /// When the text is not a path.
    pub fn parse(text: &'a str, blink: &mut Frame<'a>) -> Result<Self, NoPath> {
        let mut cursor = Cursor::new(text);
        let mut steps = Vec::new();
        while cursor.peek().is_some() {
            let step = step(&mut cursor, blink, steps.is_empty());
            // The line is the first one: a path has no control characters.
            steps.push(step.map_err(|error| NoPath {
                kind: error.kind,
                character: error.column,
            })?);
        }
        Ok(Self { text, steps })
    }

    /// Goes the way.
    ///
    /// # Errors
    ///
    /// When there is no value at its end.
    pub fn find<'d>(&self, document: Value<'d>) -> Result<Value<'d>, Missing<'_>> {
        let mut value = document;
        let mut found = "";
        for step in &self.steps {
            let name = &self.text[step.start..step.end];
            value = step
                .key
                .find(value, name)
                .map_err(|problem| Missing { found, problem })?;
            found = &self.text[..step.end];
        }
        Ok(value)
    }
}

fn step<'a>(cursor: &mut Cursor<'a>, blink: &Frame<'a>, first: bool) -> Result<Step<'a>, Error> {
    let bracket = cursor.peek() == Some(b'[');
    if !bracket && !first && !cursor.eat(b'.') {
        return Err(cursor.expected("`.` or `[`"));
    }
    let start = cursor.at();
    let key = if bracket {
        bracketed(cursor, blink)?
    } else {
        Key::Name(plain_name(cursor)?)
    };
    let end = cursor.at();
    Ok(Step { key, start, end })
}

fn plain_name<'a>(cursor: &mut Cursor<'a>) -> Result<&'a str, Error> {
    let start = cursor.at();
    while let Some(byte) = cursor.peek() {
        if matches!(byte, b'.' | b'[' | b']' | b'"' | ..b' ') {
            break;
        }
        cursor.pass(1);
    }
    if cursor.at() == start {
        return Err(cursor.expected("a name"));
    }
    Ok(cursor.since(start))
}

/// Reads an index or a name in quotes. The cursor stands at the bracket that opens it.
#[blink_frame(scratch, thread_local)]
fn bracketed<'a>(cursor: &mut Cursor<'a>, blink: &Frame<'a>) -> Result<Key<'a>, Error> {
    cursor.pass(1);
    let key = match cursor.peek() {
        Some(b'"') => {
            cursor.pass(1);
            Key::Name(string(cursor, blink, &mut ArenaVec::new_in(&*scratch))?)
        }
        Some(b'0'..=b'9') => {
            let start = cursor.at();
            cursor.skip_digits();
            // No array has as many items as a number that does not fit.
            Key::Index(cursor.since(start).parse().unwrap_or(usize::MAX))
        }
        _ => return Err(cursor.expected("an index or a name in quotes")),
    };
    if !cursor.eat(b']') {
        return Err(cursor.expected("`]`"));
    }
    Ok(key)
}

impl Key<'_> {
    /// The value of this key. `name` is how the path writes the key.
    fn find<'d, 'p>(self, value: Value<'d>, name: &'p str) -> Result<Value<'d>, Problem<'p>> {
        match (self, value) {
            (Self::Name(key), Value::Object(_)) => value.get(key).ok_or(Problem::NoMember(name)),
            (Self::Name(_), other) => Err(Problem::NotAnObject(kind(other))),
            (Self::Index(index), Value::Array(items)) => {
                let item = items.get(index).copied();
                item.ok_or(Problem::NoItem { items: items.len() })
            }
            (Self::Index(_), other) => Err(Problem::NotAnArray(kind(other))),
        }
    }
}

/// What a value is, in words.
fn kind(value: Value<'_>) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

impl fmt::Display for NoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "character {}: {}", self.character, self.kind)
    }
}

impl std::error::Error for NoPath {}

impl fmt::Display for Missing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.found {
            "" => f.write_str("the document ")?,
            path => write!(f, "`{path}` ")?,
        }
        match self.problem {
            Problem::NoMember(name) => write!(f, "has no member `{name}`"),
            Problem::NoItem { items: 1 } => f.write_str("is an array of 1 item"),
            Problem::NoItem { items } => write!(f, "is an array of {items} items"),
            Problem::NotAnObject(kind) => write!(f, "is {kind}, not an object"),
            Problem::NotAnArray(kind) => write!(f, "is {kind}, not an array"),
        }
    }
}

impl std::error::Error for Missing<'_> {}
