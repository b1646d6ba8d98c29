//! What a document is made of.

/// A value. What it refers to is in the arena of lifetime `'a`, so a value is a few words,
/// nothing of it needs to be dropped, and it can be copied.
///
/// The tag has a whole word, which takes no more room than a byte and its padding. Values are
/// moved by whole words then: a document of floats is parsed in two thirds of the time.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(usize)]
pub enum Value<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string, without its escapes.
    String(&'a str),
    /// The items of an array.
    Array(&'a [Value<'a>]),
    /// The members of an object as the text has them: in its order, repeated names too.
    Object(&'a [Member<'a>]),
}

/// A name in an object, and what it stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member<'a> {
    /// The name, without its escapes.
    pub name: &'a str,
    /// The value.
    pub value: Value<'a>,
}

/// A number. Integers are exact as far as 64 bits go, all others are the nearest float.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// An integer from 0 to `u64::MAX`.
    Natural(u64),
    /// An integer from `i64::MIN` to -1.
    Negative(i64),
    /// Anything else, `-0` too: no integer keeps its sign.
    Float(f64),
}

impl<'a> Value<'a> {
    /// The value of a name. Of repeated names the last one counts, as in most parsers.
    pub fn get(self, name: &str) -> Option<Value<'a>> {
        let Value::Object(members) = self else {
            return None;
        };
        let member = members.iter().rev().find(|member| member.name == name)?;
        Some(member.value)
    }
}
