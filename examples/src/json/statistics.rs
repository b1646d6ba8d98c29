//! What a document consists of, in numbers.

use std::{fmt, ops::AddAssign};

use super::value::Value;

/// How many values of each kind a document has, and how large they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// `null`.
    pub nulls: usize,
    /// `true` and `false`.
    pub booleans: usize,
    /// Numbers.
    pub numbers: usize,
    /// Strings, without names.
    pub strings: usize,
    /// Bytes of the strings, without quotes and escapes.
    pub string_bytes: usize,
    /// Arrays.
    pub arrays: usize,
    /// Items of all arrays.
    pub items: usize,
    /// Objects.
    pub objects: usize,
    /// Members of all objects, repeated names too.
    pub members: usize,
    /// Bytes of the names, without quotes and escapes.
    pub name_bytes: usize,
    /// The most arrays and objects that are in each other.
    pub depth: usize,
}

impl Statistics {
    /// The numbers of a document.
    pub fn of(value: Value<'_>) -> Self {
        let mut statistics = Self::default();
        statistics.add(value);
        statistics
    }

    /// Adds those of one more document. The depth is that of the deepest.
    pub fn add(&mut self, value: Value<'_>) {
        self.count(value, 0);
    }

    /// All values.
    pub fn values(&self) -> usize {
        let scalars = self.nulls + self.booleans + self.numbers + self.strings;
        scalars + self.arrays + self.objects
    }

    /// Counts a value and what is in it; `depth` arrays and objects are around it.
    fn count(&mut self, value: Value<'_>, depth: usize) {
        match value {
            Value::Null => self.nulls += 1,
            Value::Bool(_) => self.booleans += 1,
            Value::Number(_) => self.numbers += 1,
            Value::String(text) => {
                self.strings += 1;
                self.string_bytes += text.len();
            }
            Value::Array(items) => {
                self.arrays += 1;
                self.items += items.len();
                self.depth = self.depth.max(depth + 1);
                for &item in items {
                    self.count(item, depth + 1);
                }
            }
            Value::Object(members) => {
                self.objects += 1;
                self.members += members.len();
                self.depth = self.depth.max(depth + 1);
                for member in members {
                    self.name_bytes += member.name.len();
                    self.count(member.value, depth + 1);
                }
            }
        }
    }
}

/// Adds those of other documents. The depth is that of the deepest.
impl AddAssign<&Self> for Statistics {
    fn add_assign(&mut self, others: &Self) {
        self.nulls += others.nulls;
        self.booleans += others.booleans;
        self.numbers += others.numbers;
        self.strings += others.strings;
        self.string_bytes += others.string_bytes;
        self.arrays += others.arrays;
        self.items += others.items;
        self.objects += others.objects;
        self.members += others.members;
        self.name_bytes += others.name_bytes;
        self.depth = self.depth.max(others.depth);
    }
}

impl fmt::Display for Statistics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:>10}  values, nested {} deep",
            self.values(),
            self.depth
        )?;
        let Self {
            members,
            name_bytes,
            ..
        } = self;
        write!(f, "{:>10}  objects", self.objects)?;
        writeln!(f, ", {members} members, {name_bytes} bytes of names")?;
        writeln!(f, "{:>10}  arrays, {} items", self.arrays, self.items)?;
        writeln!(
            f,
            "{:>10}  strings, {} bytes",
            self.strings, self.string_bytes
        )?;
        writeln!(f, "{:>10}  numbers", self.numbers)?;
        writeln!(f, "{:>10}  booleans", self.booleans)?;
        write!(f, "{:>10}  nulls", self.nulls)
    }
}
