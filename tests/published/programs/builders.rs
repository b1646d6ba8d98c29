//! The builders, as a program written for 0.4 uses them.

use std::{num::ParseIntError, rc::Rc};

use blink_alloc::{Blink, BlinkAlloc, BlinkAllocator, Emplace};

/// A tree in an arena. It borrows from the text and from the arena.
#[derive(Debug)]
enum Tree<'a> {
    Number(u32),
    Sum(&'a [Tree<'a>]),
    Named(&'a str, &'a Tree<'a>),
}

impl Tree<'_> {
    fn sum(&self) -> u32 {
        match self {
            Tree::Number(number) => *number,
            Tree::Sum(parts) => parts.iter().map(Tree::sum).sum(),
            Tree::Named(name, tree) => tree.sum() * name.len() as u32,
        }
    }
}

/// Generic over the arena, and keeps the builder.
struct Parser<'a, A: BlinkAllocator> {
    blink: &'a Blink<A>,
    trees: Emplace<'a, A, Tree<'a>, &'a Tree<'a>, &'a [Tree<'a>]>,
}

impl<'a, A: BlinkAllocator> Parser<'a, A> {
    fn new(blink: &'a Blink<A>) -> Self {
        Parser {
            blink,
            trees: blink.emplace_shared(),
        }
    }

    fn tree(&self, text: &str) -> Result<&'a Tree<'a>, ParseIntError> {
        if let Some((name, rest)) = text.split_once(':') {
            let rest = self.tree(rest)?;
            let name: &'a str = self.blink.copy_str(name);
            return Ok(self.trees.value(Tree::Named(name, rest)));
        }
        if text.contains('+') {
            let numbers = text.split('+').map(|part| part.trim().parse());
            let numbers = numbers.collect::<Result<Vec<u32>, _>>()?;
            let parts = self.trees.from_iter(numbers.into_iter().map(Tree::Number));
            return Ok(self.trees.with(|| Tree::Sum(parts)));
        }
        self.trees
            .with_fallible(|| text.trim().parse().map(Tree::Number))
    }
}

/// Values that the arena drops.
struct Job {
    name: String,
    counted: Rc<()>,
}

fn jobs(blink: &mut Blink) {
    let counted = Rc::new(());
    let job = |name: &str| -> Result<Job, String> {
        if name.is_empty() {
            return Err("a job without a name".to_owned());
        }
        Ok(Job {
            name: name.to_owned(),
            counted: counted.clone(),
        })
    };

    let first = blink.emplace().with_fallible(|| job("first"));
    assert_eq!(first.map(|job| &*job.name), Ok("first"));
    let none = blink.emplace::<Job>().with_fallible(|| job(""));
    assert!(none.is_err());
    match blink.emplace::<Job>().try_with_fallible(|| job("second")) {
        Ok(second) => second.name.push('!'),
        Err(Ok(error)) => panic!("{}", error),
        Err(Err(_closure)) => panic!("out of memory"),
    }
    let more = blink.emplace().from_iter("a b c".split(' ').filter_map(|name| job(name).ok()));
    assert_eq!(more.len(), 3);
    let tried = blink.emplace::<Job>().try_from_iter(vec![job("d").unwrap()]);
    match tried {
        Ok(jobs) => assert_eq!(jobs[0].name, "d"),
        Err((_some, _next)) => panic!("out of memory"),
    }
    let value = blink.emplace().try_value(job("e").unwrap());
    assert!(value.map_err(drop).is_ok());
    if blink.emplace().try_with(|| job("f").unwrap()).is_err() {
        panic!("out of memory");
    }

    assert_eq!(Rc::strong_count(&counted), 9);
    assert_eq!(more.iter().filter(|job| Rc::ptr_eq(&job.counted, &counted)).count(), 3);
    blink.reset();
    assert_eq!(Rc::strong_count(&counted), 1);
}

fn borrowed(blink: &Blink<&BlinkAlloc>) {
    let text = String::from("to be or not to be");
    let words = blink.emplace_no_drop().from_iter(text.split(' '));
    words.sort_unstable();
    assert_eq!(words[5], "to");
    let boxed = blink.emplace_no_drop::<Box<&str>>().with(|| Box::new("to"));
    assert_eq!(**boxed, words[5]);
    // SAFETY: never dropped by the arena, and not used afterwards.
    unsafe { std::ptr::drop_in_place(boxed) };

    let mut blink = Blink::new_in(blink.allocator());
    // SAFETY: dropped by the arena, before the text.
    let upper = unsafe { blink.emplace_unchecked::<Box<&str>>() };
    assert_eq!(**upper.value(Box::new(&text[..2])), "to");
    blink.drop_all();
}

fn main() {
    let blink = Blink::with_chunk_size(1024);
    let parser = Parser::new(&blink);
    assert_eq!(parser.tree("ab:1 + 2 + 3").unwrap().sum(), 12);
    assert_eq!(parser.tree("x:yz:7").unwrap().sum(), 14);
    assert!(parser.tree("seven").is_err());

    let mut blink = Blink::new();
    for _ in 0..3 {
        jobs(&mut blink);
    }

    let mut arena = BlinkAlloc::new();
    borrowed(&Blink::new_in(&arena));
    arena.reset();
}
