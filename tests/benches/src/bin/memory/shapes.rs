//! Live data of several shapes.
//!
//! A shape is a function that fills an arena, the same way in each cycle unless it says
//! otherwise, and calls `full` when all of it is alive. It takes no memory from anybody else.

use std::{array, hint::black_box};

use allocator_api2::{alloc::Allocator, vec::Vec as ArenaVec};
use blink_benches::{
    arenas::{Arena, BumpScope, Bumpalo, Ours, Published, Stumpalo},
    words::TEXT,
};

use crate::{
    cycles::{Measured, measure},
    malloc::Malloc,
};

/// What a contender is asked to hold.
pub struct Shape {
    pub name: &'static str,
    /// Fills an arena of each contender, in the order of [`CONTENDERS`].
    pub runs: [fn() -> Measured; CONTENDERS.len()],
}

/// All contenders; we are the first, malloc is the last.
pub const CONTENDERS: [&str; 6] = [
    Ours::NAME,
    Bumpalo::NAME,
    BumpScope::NAME,
    Stumpalo::NAME,
    Published::NAME,
    Malloc::NAME,
];

/// A shape as all contenders hold it.
macro_rules! shape {
    ($name:literal, $fill:ident) => {
        Shape {
            name: $name,
            runs: [
                || measure::<Ours>($fill),
                || measure::<Bumpalo>($fill),
                || measure::<BumpScope>($fill),
                || measure::<Stumpalo>($fill),
                || measure::<Published>($fill),
                || measure::<Malloc>($fill),
            ],
        }
    };
}

/// All shapes, in the order of the table.
pub const SHAPES: &[Shape] = &[
    shape!("10 000 objects of 24 bytes", objects),
    shape!("5000 strings of 1 to 200 bytes", strings),
    shape!("a vector, pushes to 1 000 000 bytes", vector),
    shape!("64 vectors, 1000 pushes each in turn", vectors),
    shape!("10 bytes, 1 MiB, 10 bytes", large),
    shape!("a tree of 8191 named nodes", tree),
    shape!("a document like JSON", document),
    shape!("4 MiB once, then 64 KiB in each cycle", peak),
];

/// Says that everything is alive.
pub type Full<'a> = &'a mut dyn FnMut();

fn objects<A: Arena>(arena: &A, _: usize, full: Full) {
    for index in 0..10_000_u64 {
        black_box(arena.put([index; 3]));
    }
    full();
}

fn strings<A: Arena>(arena: &A, _: usize, full: Full) {
    for index in 0..5000 {
        black_box(arena.copy_str(&TEXT[..1 + index * 37 % 200]));
    }
    full();
}

fn vector<A: Arena>(arena: &A, _: usize, full: Full) {
    let mut vector = ArenaVec::new_in(arena.allocator());
    for number in 0..125_000_u64 {
        vector.push(number);
    }
    full();
}

fn vectors<A: Arena>(arena: &A, _: usize, full: Full) {
    fn push_in_turn(allocator: impl Allocator + Copy, full: Full) {
        let mut vectors: [_; 64] = array::from_fn(|_| ArenaVec::new_in(allocator));
        for number in 0..1000_u32 {
            vectors.iter_mut().for_each(|vector| vector.push(number));
        }
        full();
    }
    push_in_turn(arena.allocator(), full);
}

fn large<A: Arena>(arena: &A, _: usize, full: Full) {
    black_box(arena.copy(&[1_u8; 10]));
    let block: ArenaVec<u8, _> = ArenaVec::with_capacity_in(1 << 20, arena.allocator());
    black_box(arena.copy(&[2_u8; 10]));
    full();
    drop(block);
}

struct Node<'a> {
    _left: Option<&'a Node<'a>>,
    _right: Option<&'a Node<'a>>,
    _name: &'a str,
}

fn build<A: Arena>(arena: &A, depth: usize) -> &Node<'_> {
    let child = || (depth > 0).then(|| build(arena, depth - 1));
    arena.put_linked(Node {
        _left: child(),
        _right: child(),
        _name: arena.copy_str(&TEXT[..4 + depth]),
    })
}

fn tree<A: Arena>(arena: &A, _: usize, full: Full) {
    black_box(build(arena, 12));
    full();
}

#[derive(Clone, Copy)]
#[expect(dead_code, reason = "only the memory is looked at")]
enum Value<'a> {
    Null,
    Number(f64),
    Text(&'a str),
    List(&'a [Value<'a>]),
    Map(&'a [(&'a str, Value<'a>)]),
}

/// Most values in a list or map.
const MANY: usize = 7;

/// A value with others in it, `depth` of them in each other at most.
fn value<A: Arena>(arena: &A, depth: usize, index: usize) -> Value<'_> {
    let count = 1 + (depth + index) % MANY;
    let text = |length: usize| -> &str { arena.copy_str(&TEXT[..length]) };
    match index % 4 {
        _ if depth == 0 => Value::Text(text(3 + index)),
        0 => Value::List(list(arena, depth, count)),
        1 => Value::Number(index as f64),
        2 => Value::Null,
        _ => Value::Map(map(arena, depth, count)),
    }
}

fn list<A: Arena>(arena: &A, depth: usize, count: usize) -> &[Value<'_>] {
    let mut values = [Value::Null; MANY];
    for (index, place) in values[..count].iter_mut().enumerate() {
        *place = value(arena, depth - 1, index);
    }
    arena.copy(&values[..count])
}

fn map<A: Arena>(arena: &A, depth: usize, count: usize) -> &[(&str, Value<'_>)] {
    let mut entries = [("", Value::Null); MANY];
    for (index, entry) in entries[..count].iter_mut().enumerate() {
        let key = arena.copy_str(&TEXT[..5 + index]);
        *entry = (key, value(arena, depth - 1, index));
    }
    arena.copy(&entries[..count])
}

fn document<A: Arena>(arena: &A, _: usize, full: Full) {
    black_box(value(arena, 11, 3));
    full();
}

fn peak<A: Arena>(arena: &A, cycle: usize, full: Full) {
    let bytes = if cycle == 0 { 4 << 20 } else { 64 << 10 };
    for index in 0..bytes / 64 {
        black_box(arena.put([index as u64; 8]));
    }
    full();
}
