//! The parser: a text goes in, a document comes out, in the arena.
//!
//! An array has to be in one piece, and how many items it has is known at its end. So items
//! wait on a stack, with the items of the arrays around them below, and are copied to the
//! document when their array is complete. The members of objects do the same. The stacks are in
//! a second arena, in a frame that ends with the parse: once both arenas are warm, a parse does
//! not call the system's allocator.

use allocator_api2::vec::Vec;
use blink_alloc::{BlinkAllocator, Frame, Sharing, blink_frame};

use super::{
    cursor::Cursor,
    error::{Error, Kind},
    number::number,
    text::{Buffer, string},
    value::{Member, Value},
};

/// The depth that is enough for every document that was not made to break a parser.
pub const DEPTH: usize = 128;

/// Parses a text and puts the document into the frame of `blink`, which is of another arena
/// than `scratch`. It may be one that other threads fill meanwhile.
///
/// At most `depth` arrays and objects may be in each other.
///
/// # Errors
///
/// When the text is not one JSON value as in RFC 8259. What was put into the arena before that
/// was found stays there until the frame ends.
#[blink_frame(scratch)]
pub fn parse<'a, A: BlinkAllocator, M: Sharing>(
    blink: &Frame<'a, A, M>,
    text: &[u8],
    depth: usize,
) -> Result<Value<'a>, Error> {
    let text = utf8(text)?;
    let mut parser = Parser {
        cursor: Cursor::new(text),
        blink,
        items: Vec::new_in(&*scratch),
        members: Vec::new_in(&*scratch),
        buffer: Vec::new_in(&*scratch),
        depth: 0,
        limit: depth,
    };
    if text.starts_with('\u{feff}') {
        return Err(parser.cursor.error(Kind::ByteOrderMark));
    }
    parser.document()
}

/// The text as a string. Once for all, so that a piece between two ASCII bytes is a string
/// without another look at it.
fn utf8(text: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(text).map_err(|error| {
        let at = error.valid_up_to();
        Error::new(Kind::NotUtf8(text[at]), text, at)
    })
}

struct Parser<'a, 't, 's, A, M: Sharing> {
    cursor: Cursor<'t>,
    blink: &'s Frame<'a, A, M>,
    /// Items of arrays that are not complete.
    items: Vec<Value<'a>, &'s Frame<'s>>,
    /// Members of objects that are not complete.
    members: Vec<Member<'a>, &'s Frame<'s>>,
    buffer: Buffer<'s>,
    /// Arrays and objects that are not complete.
    depth: usize,
    limit: usize,
}

impl<'a, A: BlinkAllocator, M: Sharing> Parser<'a, '_, '_, A, M> {
    fn document(&mut self) -> Result<Value<'a>, Error> {
        self.cursor.skip_whitespace();
        let value = self.value("a value")?;
        self.cursor.skip_whitespace();
        match self.cursor.peek() {
            None => Ok(value),
            Some(_) => Err(self.cursor.expected("the end of the text after the value")),
        }
    }

    /// Reads a value. `what` is what an error says was expected.
    fn value(&mut self, what: &'static str) -> Result<Value<'a>, Error> {
        match self.cursor.peek() {
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => number(&mut self.cursor).map(Value::Number),
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b't') => self.word("true", "`true`").map(|()| Value::Bool(true)),
            Some(b'f') => self.word("false", "`false`").map(|()| Value::Bool(false)),
            Some(b'n') => self.word("null", "`null`").map(|()| Value::Null),
            _ => Err(self.cursor.expected(what)),
        }
    }

    fn word(&mut self, word: &str, what: &'static str) -> Result<(), Error> {
        let pairs = self.cursor.rest().iter().zip(word.as_bytes());
        let same = pairs.take_while(|(found, expected)| found == expected);
        let same = same.count();
        self.cursor.pass(same);
        if same < word.len() {
            return Err(self.cursor.expected(what));
        }
        Ok(())
    }

    fn string(&mut self) -> Result<&'a str, Error> {
        self.cursor.pass(1);
        string(&mut self.cursor, self.blink, &mut self.buffer)
    }

    /// Reads an array or an object, the bracket first.
    fn nested(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Value<'a>, Error>,
    ) -> Result<Value<'a>, Error> {
        if self.depth == self.limit {
            return Err(self.cursor.error(Kind::TooDeep(self.limit)));
        }
        self.depth += 1;
        self.cursor.pass(1);
        self.cursor.skip_whitespace();
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn array(&mut self) -> Result<Value<'a>, Error> {
        if self.cursor.eat(b']') {
            return Ok(Value::Array(&[]));
        }
        let start = self.items.len();
        let mut what = "an item or `]`";
        loop {
            let item = self.value(what)?;
            self.items.push(item);
            self.cursor.skip_whitespace();
            if self.cursor.eat(b']') {
                break;
            }
            if !self.cursor.eat(b',') {
                return Err(self.cursor.expected("`,` or `]` after an item"));
            }
            self.cursor.skip_whitespace();
            what = "an item after `,`";
        }
        let items = self.blink.copy_slice(&self.items[start..]);
        self.items.truncate(start);
        Ok(Value::Array(items))
    }

    fn object(&mut self) -> Result<Value<'a>, Error> {
        if self.cursor.eat(b'}') {
            return Ok(Value::Object(&[]));
        }
        let start = self.members.len();
        let mut what = "a name in quotes or `}`";
        loop {
            let member = self.member(what)?;
            self.members.push(member);
            self.cursor.skip_whitespace();
            if self.cursor.eat(b'}') {
                break;
            }
            if !self.cursor.eat(b',') {
                return Err(self.cursor.expected("`,` or `}` after a member"));
            }
            self.cursor.skip_whitespace();
            what = "a name in quotes after `,`";
        }
        let members = self.blink.copy_slice(&self.members[start..]);
        self.members.truncate(start);
        Ok(Value::Object(members))
    }

    /// Reads a name and its value. `what` is what an error says was expected.
    fn member(&mut self, what: &'static str) -> Result<Member<'a>, Error> {
        if self.cursor.peek() != Some(b'"') {
            return Err(self.cursor.expected(what));
        }
        let name = self.string()?;
        self.cursor.skip_whitespace();
        if !self.cursor.eat(b':') {
            return Err(self.cursor.expected("`:` after a name"));
        }
        self.cursor.skip_whitespace();
        let value = self.value("a value after `:`")?;
        Ok(Member { name, value })
    }
}
