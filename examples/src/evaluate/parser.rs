//! The parser: tokens go in, an expression comes out, in a frame.
//!
//! Lists are iterators that parse. What they put into the arena themselves does not get into
//! the way of the list.

use std::iter;

use blink_alloc::Frame;

use super::{
    error::{Error, Kind, Place},
    syntax::{Expr, Form, Function, Link, Operator},
    tokens::{Token, Tokens},
};

/// Parentheses, signs and the like that may be in each other.
const NESTED: usize = 100;

/// Operators of one precedence.
type Operators = [(&'static str, Operator)];

const COMPARISONS: &Operators = &[
    ("<", Operator::Less),
    ("<=", Operator::LessOrEqual),
    (">", Operator::Greater),
    (">=", Operator::GreaterOrEqual),
    ("==", Operator::Equal),
    ("!=", Operator::Unequal),
];
const SUMS: &Operators = &[("+", Operator::Add), ("-", Operator::Subtract)];
const PRODUCTS: &Operators = &[
    ("*", Operator::Multiply),
    ("/", Operator::Divide),
    ("%", Operator::Remainder),
];
const POWERS: &Operators = &[("^", Operator::Power)];

/// Words that cannot be names.
const KEYWORDS: [&str; 4] = ["let", "if", "then", "else"];

/// Reads expressions into the frame of `blink`.
pub(super) struct Parser<'b, 'p, 't> {
    blink: &'b Frame<'p>,
    tokens: &'b mut Tokens<'t>,
    nested: usize,
}

impl<'b, 'p, 't> Parser<'b, 'p, 't> {
    pub(super) fn new(blink: &'b Frame<'p>, tokens: &'b mut Tokens<'t>) -> Self {
        Self {
            blink,
            tokens,
            nested: 0,
        }
    }

    /// Reads an expression.
    pub(super) fn expression(&mut self) -> Result<Expr<'p>, Error> {
        self.nest(|parser| {
            let place = parser.tokens.place;
            if parser.tokens.eat_word("if")? {
                return parser.condition(place);
            }
            parser.chain(COMPARISONS, |parser| {
                parser.chain(SUMS, |parser| parser.chain(PRODUCTS, Self::signed))
            })
        })
    }

    /// Reads a function from the parenthesis of its parameters on.
    pub(super) fn function(&mut self) -> Result<Function<'p>, Error> {
        let parameters = self.list_of(Self::parameter)?;
        for (index, (place, name)) in parameters.iter().enumerate() {
            if parameters[..index].iter().any(|(_, other)| other == name) {
                return Err(place.error(Kind::Twice((*name).to_owned())));
            }
        }
        let names = parameters.iter().map(|(_, name)| *name);
        let parameters = self.blink.emplace_shared().from_iter(names);
        self.need("=", "`=` and what the function is")?;
        let body = self.expression()?;
        Ok(Function { parameters, body })
    }

    fn parameter(&mut self) -> Result<(Place, &'p str), Error> {
        let place = self.tokens.place;
        Ok((place, self.name("a parameter")?))
    }

    /// Reads a name, which is copied to the frame.
    pub(super) fn name(&mut self, what: &'static str) -> Result<&'p str, Error> {
        match self.tokens.token {
            Token::Name(name) if !KEYWORDS.contains(&name) => {
                self.tokens.pass()?;
                Ok(self.blink.copy_str(name))
            }
            _ => Err(self.tokens.expected(what)),
        }
    }

    /// Reads operands with operators of one precedence between them.
    fn chain(
        &mut self,
        operators: &Operators,
        operand: impl Fn(&mut Self) -> Result<Expr<'p>, Error>,
    ) -> Result<Expr<'p>, Error> {
        let first = operand(self)?;
        let links = self.list(|parser| {
            let place = parser.tokens.place;
            let Some(operator) = parser.operator(operators)? else {
                return Ok(None);
            };
            let value = operand(parser)?;
            Ok(Some(Link {
                place,
                operator,
                value,
            }))
        })?;
        if links.is_empty() {
            return Ok(first);
        }
        Ok(Expr {
            place: first.place,
            kind: Form::Chain(self.blink.put_no_drop(first), links),
        })
    }

    fn operator(&mut self, operators: &Operators) -> Result<Option<Operator>, Error> {
        for (symbol, operator) in operators {
            if self.tokens.eat(symbol)? {
                return Ok(Some(*operator));
            }
        }
        Ok(None)
    }

    /// Reads a power, with signs in front or without.
    fn signed(&mut self) -> Result<Expr<'p>, Error> {
        let place = self.tokens.place;
        if !self.tokens.eat("-")? {
            return self.power();
        }
        let value = self.nest(Self::signed)?;
        Ok(Expr {
            place,
            kind: Form::Negative(self.blink.put_no_drop(value)),
        })
    }

    /// Reads `a ^ b ^ c`, which is `a ^ (b ^ c)`.
    fn power(&mut self) -> Result<Expr<'p>, Error> {
        let base = self.operand()?;
        let place = self.tokens.place;
        let Some(operator) = self.operator(POWERS)? else {
            return Ok(base);
        };
        let value = self.nest(Self::signed)?;
        let link = Link {
            place,
            operator,
            value,
        };
        let links = self.blink.emplace_shared().from_iter([link]);
        Ok(Expr {
            place: base.place,
            kind: Form::Chain(self.blink.put_no_drop(base), links),
        })
    }

    fn operand(&mut self) -> Result<Expr<'p>, Error> {
        let place = self.tokens.place;
        if self.tokens.eat("(")? {
            let value = self.expression()?;
            self.need(")", "`)`")?;
            return Ok(value);
        }
        let kind = if let Token::Number(number) = self.tokens.token {
            self.tokens.pass()?;
            Form::Number(number)
        } else {
            let name = self.name("a value")?;
            if self.tokens.token == Token::Symbol("(") {
                Form::Call(name, self.list_of(Self::expression)?)
            } else {
                Form::Name(name)
            }
        };
        Ok(Expr { place, kind })
    }

    /// Reads a condition behind its `if`.
    fn condition(&mut self, place: Place) -> Result<Expr<'p>, Error> {
        let condition = self.expression()?;
        self.need_word("then", "`then`")?;
        let then = self.expression()?;
        self.need_word("else", "`else`")?;
        let parts = [condition, then, self.expression()?];
        Ok(Expr {
            place,
            kind: Form::If(self.blink.put_no_drop(parts)),
        })
    }

    /// Reads items with commas between them, in parentheses.
    fn list_of<T>(
        &mut self,
        item: impl Fn(&mut Self) -> Result<T, Error>,
    ) -> Result<&'p [T], Error> {
        self.need("(", "`(`")?;
        let mut first = true;
        self.list(|parser| {
            if parser.tokens.eat(")")? {
                return Ok(None);
            }
            if !first {
                parser.need(",", "`,` or `)`")?;
            }
            first = false;
            item(parser).map(Some)
        })
    }

    /// Reads items up to the first that is none.
    fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<Option<T>, Error>,
    ) -> Result<&'p [T], Error> {
        let list = self.blink.emplace_shared();
        list.from_iter_fallible(iter::from_fn(|| item(self).transpose()))
    }

    fn nest<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        if self.nested == NESTED {
            return Err(self.tokens.place.error(Kind::Nested(NESTED)));
        }
        self.nested += 1;
        let read = read(self);
        self.nested -= 1;
        read
    }

    fn need(&mut self, symbol: &str, what: &'static str) -> Result<(), Error> {
        match self.tokens.eat(symbol)? {
            true => Ok(()),
            false => Err(self.tokens.expected(what)),
        }
    }

    fn need_word(&mut self, word: &str, what: &'static str) -> Result<(), Error> {
        match self.tokens.eat_word(word)? {
            true => Ok(()),
            false => Err(self.tokens.expected(what)),
        }
    }
}
