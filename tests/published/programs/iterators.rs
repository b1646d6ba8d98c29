//! Collecting at the end of a chain of iterators, as a program written for 0.4 does it.

use blink_alloc::{Blink, BlinkAllocator, IteratorExt};

/// As many as fit.
fn squares<A: BlinkAllocator>(below: u32, blink: &mut Blink<A>) -> &mut [u32] {
    let squares = (1..).map(|number| number * number);
    let squares = squares.take_while(|square| *square < below);
    match squares.try_collect_to_blink(blink) {
        Ok(squares) => squares,
        Err((squares, _next)) => squares,
    }
}

fn main() {
    let mut blink = Blink::new();
    let text = String::from("the quick brown fox jumps over the lazy dog");

    let owned = text.split(' ').map(str::to_owned).collect_to_blink(&mut blink);
    owned[0].push('y');
    assert_eq!(owned[..2].concat(), "theyquick");

    let shared: &[&str] = text.split(' ').collect_to_blink_shared(&mut blink);
    let (first, last) = (shared.first(), shared.last());
    assert_eq!((first, last), (Some(&"the"), Some(&"dog")));

    let sorted: &mut [&str] = text.split(' ').collect_to_blink_no_drop(&mut blink);
    sorted.sort_unstable_by_key(|word| word.len());
    assert_eq!(sorted[8].len(), 5);

    assert_eq!(squares(30, &mut blink), [1, 4, 9, 16, 25]);

    let lengths = text.split(' ').map(str::len);
    let lengths = lengths.try_collect_to_blink_shared(&mut blink);
    assert_eq!(lengths.map(|lengths| lengths.iter().sum()), Ok(35));

    let letters = text.split(' ').filter_map(|word| word.chars().next());
    match letters.try_collect_to_blink_no_drop(&mut blink) {
        Ok(letters) => assert_eq!(letters.iter().collect::<String>(), "tqbfjotld"),
        Err((letters, next)) => panic!("no room for {:?} after {:?}", next, letters),
    }
    blink.reset();
}
