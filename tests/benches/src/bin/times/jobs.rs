//! Jobs that all arenas do, and some of them as malloc does.

use std::{hint::black_box, iter};

use allocator_api2::{alloc::Allocator, vec::Vec as ArenaVec};
use blink_benches::{arenas::Arena, words::words};

/// A job that can be run again and again.
pub type Job = Box<dyn FnMut()>;

/// Makes the job of an arena: it does the work, then resets.
fn job<A: Arena>(work: impl Fn(&A) + 'static) -> Job {
    let mut arena = A::default();
    Box::new(move || {
        work(&arena);
        arena.reset();
    })
}

/// Values of some size.
type Words<const COUNT: usize> = [u64; COUNT];

/// Puts 10 000 values and slices of 1 to 256 bytes.
pub fn mixed<A: Arena>() -> Job {
    let bytes: Vec<u8> = (0..64).collect();
    let numbers: Vec<u32> = (0..64).collect();
    job(move |arena: &A| {
        for round in 0..1000_usize {
            let number = round as u64;
            black_box(arena.put(round as u8));
            black_box(arena.put(round as u32));
            black_box(arena.copy(&bytes[..1 + round % 61]));
            black_box(arena.put(number));
            black_box(arena.put::<Words<3>>([number; 3]));
            black_box(arena.copy(&numbers[..1 + round % 47]));
            black_box(arena.put(round as u16));
            black_box(arena.put::<Words<8>>([number; 8]));
            black_box(arena.copy(&bytes[..1 + round % 13]));
            black_box(arena.put(number));
        }
    })
}

/// Pushes as often as blink-alloc 0.3's own benchmark does.
const PUSHES: u32 = 17_453;

fn push_all(allocator: impl Allocator + Copy) {
    let mut vector = ArenaVec::new_in(allocator);
    for number in 0..PUSHES {
        vector.push(number);
    }
    black_box(vector.as_slice());
}

/// Pushes to one vector.
pub fn pushes<A: Arena>() -> Job {
    job(|arena: &A| push_all(arena.allocator()))
}

/// The same with the vector of the standard library.
pub fn pushes_on_malloc() -> Job {
    Box::new(|| {
        let mut vector = Vec::new();
        for number in 0..PUSHES {
            vector.push(number);
        }
        black_box(vector.as_slice());
    })
}

/// Pushes to two vectors in turn, so that neither can always grow where it is.
pub fn pushes_in_turn<A: Arena>() -> Job {
    job(|arena: &A| {
        let mut vectors = [(); 2].map(|()| ArenaVec::new_in(arena.allocator()));
        for number in 0..5000_u32 {
            vectors.iter_mut().for_each(|vector| vector.push(number));
        }
        black_box(&vectors);
    })
}

/// The same with vectors of the standard library.
pub fn pushes_in_turn_on_malloc() -> Job {
    Box::new(|| {
        let mut vectors = [(); 2].map(|()| Vec::new());
        for number in 0..5000_u32 {
            vectors.iter_mut().for_each(|vector| vector.push(number));
        }
        black_box(&vectors);
    })
}

/// Objects of a mebibyte.
const OBJECTS: usize = (1 << 20) / 64;

/// Copies an object of 64 bytes again and again.
pub fn objects<A: Arena>() -> Job {
    let object: Words<8> = black_box([7; 8]);
    job(move |arena: &A| {
        for _ in 0..OBJECTS {
            black_box(arena.put(object));
        }
    })
}

/// The same on malloc, freed one by one.
pub fn objects_on_malloc() -> Job {
    let object: Words<8> = black_box([7; 8]);
    let mut objects = Vec::with_capacity(OBJECTS);
    Box::new(move || {
        for _ in 0..OBJECTS {
            objects.push(black_box(Box::new(object)));
        }
        objects.clear();
    })
}

/// Something with fields, of 64 bytes.
#[expect(dead_code, reason = "only the memory is looked at")]
struct Object {
    id: u64,
    links: [u32; 4],
    weight: f64,
    is_marked: bool,
    name: [u8; 15],
    next: Option<u64>,
}

impl Object {
    /// An object that is made of a counter.
    #[inline(always)]
    fn new(count: u64) -> Self {
        let link = count as u32;
        Self {
            id: count,
            links: [link, link + 1, link + 2, link + 3],
            weight: count as f64,
            is_marked: count.is_multiple_of(2),
            name: [count as u8; 15],
            next: None,
        }
    }
}

/// Puts 1000 objects, each of which is built where it is put.
pub fn built<A: Arena>() -> Job {
    job(|arena: &A| {
        for count in 0..1000 {
            black_box(arena.put(Object::new(count)));
        }
    })
}

/// The same through closures.
pub fn built_by_closures<A: Arena>() -> Job {
    job(|arena: &A| {
        for count in 0..1000 {
            black_box(arena.put_with(|| Object::new(count)));
        }
    })
}

/// The same on malloc, freed one by one.
pub fn built_on_malloc() -> Job {
    let mut objects = Vec::with_capacity(1000);
    Box::new(move || {
        for count in 0..1000 {
            objects.push(black_box(Box::new(Object::new(count))));
        }
        objects.clear();
    })
}

/// Puts what 1000 closures return, a number each.
pub fn closures<A: Arena>() -> Job {
    job(|arena: &A| {
        for count in 0..1000_u64 {
            black_box(arena.put_with(|| count * count));
        }
    })
}

/// Puts 500 values of 256 bytes.
pub fn large<A: Arena>() -> Job {
    job(|arena: &A| {
        for count in 0..500 {
            black_box(arena.put::<Words<32>>([count; 32]));
        }
    })
}

/// Copies 1000 words of a text.
pub fn strings<A: Arena>() -> Job {
    let words: Vec<&str> = words().take(1000).collect();
    job(move |arena: &A| {
        for word in &words {
            black_box(arena.copy_str(word));
        }
    })
}

/// The same on malloc, freed one by one.
pub fn strings_on_malloc() -> Job {
    let words: Vec<&str> = words().take(1000).collect();
    let mut strings: Vec<Box<str>> = Vec::with_capacity(1000);
    Box::new(move || {
        strings.extend(words.iter().map(|&word| black_box(word.into())));
        strings.clear();
    })
}

/// The numbers up to `last`. Like all iterators here it does not know how many they are: its
/// size hint is `(0, None)`.
pub fn count_to(last: u64) -> impl Iterator<Item = u64> {
    let last = black_box(last);
    let mut next = 0;
    iter::from_fn(move || {
        next += 1;
        (next <= last).then_some(next)
    })
}

/// The way from a number to 1 in the Collatz sequence, 111 steps from 27. Each number takes
/// the one before it, so that this measures the iterator more than what collects it.
pub fn collatz(from: u64) -> impl Iterator<Item = u64> {
    let mut number = black_box(from);
    iter::from_fn(move || {
        if number == 1 {
            return None;
        }
        number = if number.is_multiple_of(2) {
            number / 2
        } else {
            3 * number + 1
        };
        Some(number)
    })
}
