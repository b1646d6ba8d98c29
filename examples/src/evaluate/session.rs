//! Runs texts one after the other. What one defines the next ones may use.

use blink_alloc::{Frame, blink_frame};

use super::{
    call::{Definition, Definitions, Evaluator, Scope},
    error::Error,
    parser::Parser,
    tokens::{Token, Tokens},
};

/// What was defined so far, in a frame of lifetime `'p`.
#[derive(Default)]
pub struct Session<'p> {
    definitions: Definitions<'p>,
    /// Lines of all texts so far.
    lines: usize,
    counts: Counts,
}

/// How often functions of the user's were called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All calls.
    pub calls: u64,
    /// The most calls that were in each other.
    pub deepest: usize,
}

impl<'p> Session<'p> {
    /// A session without definitions.
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs a text and shows the value of each expression in it. Statements end with `;` or the
    /// text.
    ///
    /// Definitions are put into the frame of `blink`, and stay there when they are replaced.
    /// Everything else leaves nothing.
    ///
    /// # Errors
    ///
    /// When a statement is wrong. Those before it have been run, those behind it are not. The
    /// error counts the lines of all texts of the session.
    pub fn run(
        &mut self,
        blink: &mut Frame<'p>,
        text: &str,
        mut show: impl FnMut(f64),
    ) -> Result<(), Error> {
        let first = self.lines + 1;
        self.lines += text.lines().count().max(1);
        let tokens = &mut Tokens::new(text, first)?;
        loop {
            while tokens.eat(";")? {}
            if tokens.token == Token::End {
                return Ok(());
            }
            if tokens.eat_word("let")? {
                let (name, definition) = self.definition(blink, tokens)?;
                end(tokens)?;
                self.definitions.insert(name, definition);
            } else {
                let value = self.expression(blink, tokens)?;
                end(tokens)?;
                show(value);
            }
        }
    }

    /// How often functions were called.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Reads a definition behind its `let`.
    fn definition(
        &mut self,
        blink: &mut Frame<'p>,
        tokens: &mut Tokens<'_>,
    ) -> Result<(&'p str, Definition<'p>), Error> {
        let mut parser = Parser::new(blink, tokens);
        let name = parser.name("a name")?;
        let definition = if tokens.eat("=")? {
            Definition::Value(self.expression(blink, tokens)?)
        } else if tokens.token == Token::Symbol("(") {
            Definition::Function(Parser::new(blink, tokens).function()?)
        } else {
            return Err(tokens.expected("`=` or `(`"));
        };
        Ok((name, definition))
    }

    /// Reads an expression and finds its value. The expression is in the frame of this function.
    #[blink_frame]
    fn expression(&mut self, tokens: &mut Tokens<'_>) -> Result<f64, Error> {
        let expression = Parser::new(blink, tokens).expression()?;
        let mut evaluator = Evaluator {
            definitions: &self.definitions,
            counts: &mut self.counts,
        };
        evaluator.value(blink, &expression, Scope::default())
    }
}

/// Checks that a statement ends here.
fn end(tokens: &Tokens<'_>) -> Result<(), Error> {
    match tokens.token {
        Token::End | Token::Symbol(";") => Ok(()),
        _ => Err(tokens.expected("an operator, `;` or the end of the text")),
    }
}
