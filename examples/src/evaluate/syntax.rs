//! What a program is made of. All of it is in an arena, in a frame of lifetime `'p`.

use super::error::Place;

/// An expression, and where it begins.
#[derive(Clone, Copy)]
pub(super) struct Expr<'p> {
    pub(super) place: Place,
    pub(super) kind: Form<'p>,
}

/// What an expression consists of.
#[derive(Clone, Copy)]
pub(super) enum Form<'p> {
    Number(f64),
    Name(&'p str),
    Call(&'p str, &'p [Expr<'p>]),
    Negative(&'p Expr<'p>),
    /// A value and what is done to it, one after the other: a long sum is not a deep one.
    Chain(&'p Expr<'p>, &'p [Link<'p>]),
    /// A condition, what it is if that is not 0, and what it is otherwise.
    If(&'p [Expr<'p>; 3]),
}

/// An operator, and what is on its right.
#[derive(Clone, Copy)]
pub(super) struct Link<'p> {
    pub(super) place: Place,
    pub(super) operator: Operator,
    pub(super) value: Expr<'p>,
}

/// What is done to two numbers.
#[derive(Clone, Copy)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    Unequal,
}

/// A function of the user's.
pub(super) struct Function<'p> {
    pub(super) parameters: &'p [&'p str],
    pub(super) body: Expr<'p>,
}

impl Operator {
    /// The result. A comparison is 1 or 0.
    pub(super) fn apply(self, a: f64, b: f64) -> f64 {
        let truth = |truth: bool| f64::from(u8::from(truth));
        match self {
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
            Self::Divide => a / b,
            Self::Remainder => a % b,
            Self::Power => a.powf(b),
            Self::Less => truth(a < b),
            Self::LessOrEqual => truth(a <= b),
            Self::Greater => truth(a > b),
            Self::GreaterOrEqual => truth(a >= b),
            Self::Equal => truth(a == b),
            Self::Unequal => truth(a != b),
        }
    }
}
