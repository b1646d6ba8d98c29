//! The words of a text.

use super::error::{Error, Kind, Place};

/// What is between white space, or could be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'t> {
    Number(f64),
    Name(&'t str),
    Symbol(&'static str),
    End,
}

/// The longer ones first, since `<` begins `<=`.
const SYMBOLS: [&str; 17] = [
    "<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "/", "%", "^", "(", ")", ",", ";", "=",
];

/// The next token of a text, and what is behind it.
pub(super) struct Tokens<'t> {
    /// The next token.
    pub(super) token: Token<'t>,
    /// Where it begins.
    pub(super) place: Place,
    rest: &'t str,
    /// Where `rest` begins.
    here: Place,
}

impl<'t> Tokens<'t> {
    /// The tokens of a text whose first line has a number.
    pub(super) fn new(text: &'t str, line: usize) -> Result<Self, Error> {
        let here = Place { line, column: 1 };
        let mut tokens = Self {
            token: Token::End,
            place: here,
            rest: text,
            here,
        };
        tokens.pass()?;
        Ok(tokens)
    }

    /// Passes the token.
    pub(super) fn pass(&mut self) -> Result<(), Error> {
        self.skip();
        self.place = self.here;
        self.token = self.read()?;
        Ok(())
    }

    /// Passes the token if it is a symbol, and says whether it was.
    pub(super) fn eat(&mut self, symbol: &str) -> Result<bool, Error> {
        self.eat_if(|token| matches!(token, Token::Symbol(found) if found == symbol))
    }

    /// Passes the token if it is a word, and says whether it was.
    pub(super) fn eat_word(&mut self, word: &str) -> Result<bool, Error> {
        self.eat_if(|token| matches!(token, Token::Name(found) if found == word))
    }

    fn eat_if(&mut self, wanted: impl FnOnce(Token<'t>) -> bool) -> Result<bool, Error> {
        let found = wanted(self.token);
        if found {
            self.pass()?;
        }
        Ok(found)
    }

    /// The error that something else should be here.
    #[cold]
    pub(super) fn expected(&self, what: &'static str) -> Error {
        let found = match self.token {
            Token::Number(number) => format!("`{number}`"),
            Token::Name(name) => format!("`{name}`"),
            Token::Symbol(symbol) => format!("`{symbol}`"),
            Token::End => "the end of the text".to_owned(),
        };
        self.place.error(Kind::Expected { what, found })
    }

    /// Skips white space and comments.
    fn skip(&mut self) {
        loop {
            self.take(|c| c.is_whitespace());
            if !self.rest.starts_with('#') {
                break;
            }
            self.take(|c| c != '\n');
        }
    }

    fn read(&mut self) -> Result<Token<'t>, Error> {
        let Some(first) = self.rest.chars().next() else {
            return Ok(Token::End);
        };
        if first.is_ascii_digit() {
            return self.number().map(Token::Number);
        }
        if first.is_alphabetic() || first == '_' {
            return Ok(Token::Name(self.take(|c| c.is_alphanumeric() || c == '_')));
        }
        let symbol = SYMBOLS
            .iter()
            .find(|symbol| self.rest.starts_with(**symbol));
        let symbol = symbol.ok_or_else(|| self.here.error(Kind::Character(first)))?;
        self.advance(symbol.len());
        Ok(Token::Symbol(symbol))
    }

    /// Reads digits, letters and points, and a sign behind an `e`.
    fn number(&mut self) -> Result<f64, Error> {
        let place = self.here;
        let mut before = ' ';
        let text = self.take(|c| {
            let sign = matches!(c, '+' | '-') && matches!(before, 'e' | 'E');
            before = c;
            sign || c == '.' || c.is_alphanumeric()
        });
        let number = text.parse().ok().filter(|number: &f64| number.is_finite());
        number.ok_or_else(|| place.error(Kind::Number(text.to_owned())))
    }

    /// Passes the characters up to the first one that is not wanted.
    fn take(&mut self, mut wanted: impl FnMut(char) -> bool) -> &'t str {
        let end = self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len());
        self.advance(end)
    }

    fn advance(&mut self, bytes: usize) -> &'t str {
        let (passed, rest) = self.rest.split_at(bytes);
        for character in passed.chars() {
            if character == '\n' {
                self.here.line += 1;
                self.here.column = 0;
            }
            self.here.column += 1;
        }
        self.rest = rest;
        passed
    }
}
