//! The text of the crates that are compiled.

/// How many types a crate has.
pub const COUNT: usize = 100;

/// What is derived for all of them.
#[derive(Clone, Copy)]
pub enum Derive {
    Nothing,
    Clone,
    BlinkClone,
}

impl Derive {
    pub const ALL: [Self; 3] = [Self::Nothing, Self::Clone, Self::BlinkClone];

    /// What the crate is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Clone => "clone",
            Self::BlinkClone => "blink-clone",
        }
    }

    /// What the table says.
    pub fn words(self) -> String {
        match self.path() {
            Some(path) => format!("`#[derive({path})]`"),
            None => "without a derive".to_owned(),
        }
    }

    fn path(self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Clone => Some("Clone"),
            Self::BlinkClone => Some("BlinkClone"),
        }
    }

    /// The crate's source.
    pub fn source(self) -> String {
        let derive = self.path().map(|path| format!("#[derive({path})]\n"));
        let types = (0..COUNT).map(|index| {
            let derive = derive.as_deref().unwrap_or_default();
            format!("{derive}{}{}", definition(index), self.call(index))
        });
        HEAD.to_owned() + &types.collect::<String>()
    }

    /// A function that copies a value of a type.
    fn call(self, index: usize) -> String {
        let name = name(index);
        let copy = match self {
            Self::Nothing => return String::new(),
            Self::Clone => "black_box(value.clone());",
            Self::BlinkClone => "black_box(blink.clone_in(value));",
        };
        format!("pub fn copy_{index}(blink: &Blink, value: &{name}) {{ {copy} }}\n")
    }
}

const HEAD: &str = "\
#![allow(dead_code, unused)]
use blink_alloc::{Blink, BlinkClone};
use std::{hint::black_box, rc::Rc};
";

/// A type as it is written in a field. Every fourth one is generic.
fn name(index: usize) -> String {
    let argument = if index % 4 == 2 { "<u32>" } else { "" };
    format!("Type{index}{argument}")
}

/// A type that holds the one before it: a struct, an enum, something generic, a tree.
fn definition(index: usize) -> String {
    let before = match index {
        0 => "u8".to_owned(),
        _ => name(index - 1),
    };
    match index % 4 {
        0 => format!(
            "pub struct Type{index} {{
                id: u64, name: String, numbers: Vec<u32>, span: (u32, u32), is_on: bool,
                before: Option<Box<{before}>>,
            }}\n"
        ),
        1 => format!(
            "pub enum Type{index} {{
                Nothing, Number(f64), Text(String), Before(Box<{before}>),
                Both(Box<Type{index}>, u8, Box<Type{index}>),
                Named {{ name: String, values: Vec<Type{index}>, last: Option<char> }},
            }}\n"
        ),
        2 => format!(
            "pub struct Type{index}<T: 'static> {{
                name: String, items: Vec<T>, first: Option<T>, before: Rc<{before}>,
            }}\n"
        ),
        _ => format!(
            "pub struct Type{index} {{
                id: u32, before: {before}, label: Option<String>, children: Vec<Type{index}>,
            }}\n"
        ),
    }
}
