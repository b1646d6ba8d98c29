//! The value of an expression, and the frame of a call.

use std::{collections::HashMap, f64::consts::PI};

use blink_alloc::{Frame, blink_frame};

use super::{
    builtin::builtin,
    error::{Error, Kind, Place},
    session::Counts,
    stack::DEPTH,
    syntax::{Expr, Form, Function},
};

/// What names stand for.
pub(super) type Definitions<'p> = HashMap<&'p str, Definition<'p>>;

/// What a name stands for.
pub(super) enum Definition<'p> {
    Value(f64),
    Function(Function<'p>),
}

/// The arguments of the call that is running.
#[derive(Clone, Copy, Default)]
pub(super) struct Scope<'s> {
    names: &'s [&'s str],
    values: &'s [f64],
    /// Calls and operations around.
    depth: usize,
    /// Calls around.
    calls: usize,
}

/// Finds the values of expressions.
pub(super) struct Evaluator<'e, 'p> {
    pub(super) definitions: &'e Definitions<'p>,
    pub(super) counts: &'e mut Counts,
}

impl Evaluator<'_, '_> {
    /// The value of an expression.
    pub(super) fn value(
        &mut self,
        blink: &mut Frame<'_>,
        expr: &Expr<'_>,
        mut scope: Scope<'_>,
    ) -> Result<f64, Error> {
        if scope.depth == DEPTH {
            return Err(expr.place.error(Kind::TooDeep(DEPTH)));
        }
        scope.depth += 1;
        match expr.kind {
            Form::Number(number) => Ok(number),
            Form::Name(name) => self
                .named(name, scope)
                .map_err(|kind| expr.place.error(kind)),
            Form::Call(name, arguments) => self.call(blink, name, arguments, expr.place, scope),
            Form::Negative(value) => Ok(-self.value(blink, value, scope)?),
            Form::Chain(first, links) => {
                let mut value = self.value(blink, first, scope)?;
                for link in links {
                    let other = self.value(blink, &link.value, scope)?;
                    value = finite(link.operator.apply(value, other), link.place)?;
                }
                Ok(value)
            }
            Form::If([condition, then, otherwise]) => {
                let truth = self.value(blink, condition, scope)? != 0.0;
                self.value(blink, if truth { then } else { otherwise }, scope)
            }
        }
    }

    /// The value of a call. Its arguments are in the frame of this function, and so is all that
    /// is called while they are needed.
    #[blink_frame]
    fn call(
        &mut self,
        name: &str,
        arguments: &[Expr<'_>],
        place: Place,
        scope: Scope<'_>,
    ) -> Result<f64, Error> {
        let values = blink.fill(arguments.len(), 0.0);
        for (value, argument) in values.iter_mut().zip(arguments) {
            *value = self.value(blink, argument, scope)?;
        }
        match self.definitions.get(name) {
            Some(Definition::Function(function)) => {
                let inner = self
                    .enter(function, name, values, scope)
                    .map_err(|kind| place.error(kind))?;
                self.value(blink, &function.body, inner)
            }
            Some(Definition::Value(_)) => Err(place.error(Kind::NoFunction(name.to_owned()))),
            None => {
                let value = builtin(name, values).map_err(|kind| place.error(kind))?;
                finite(value, place)
            }
        }
    }

    /// The scope of the body of a function.
    fn enter<'s>(
        &mut self,
        function: &'s Function<'_>,
        name: &str,
        values: &'s [f64],
        caller: Scope<'_>,
    ) -> Result<Scope<'s>, Kind> {
        if values.len() != function.parameters.len() {
            return Err(Kind::Arguments {
                name: name.to_owned(),
                expected: function.parameters.len(),
                found: values.len(),
            });
        }
        let calls = caller.calls + 1;
        self.counts.calls += 1;
        self.counts.deepest = self.counts.deepest.max(calls);
        Ok(Scope {
            names: function.parameters,
            values,
            depth: caller.depth,
            calls,
        })
    }

    /// What a name stands for.
    fn named(&self, name: &str, scope: Scope<'_>) -> Result<f64, Kind> {
        if let Some(index) = scope.names.iter().position(|parameter| *parameter == name) {
            return Ok(scope.values[index]);
        }
        match self.definitions.get(name) {
            Some(Definition::Value(value)) => Ok(*value),
            Some(Definition::Function(_)) => Err(Kind::NoValue(name.to_owned())),
            None if name == "pi" => Ok(PI),
            None => Err(Kind::Unknown(name.to_owned())),
        }
    }
}

fn finite(value: f64, place: Place) -> Result<f64, Error> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(place.error(Kind::Infinite))
    }
}
