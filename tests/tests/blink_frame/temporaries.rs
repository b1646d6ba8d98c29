//! Temporaries of the last expression.

use super::*;

#[test]
fn temporaries_are_dropped_before_the_frame() {
    #[blink_frame]
    fn guard_of_a_local() -> u32 {
        let cell = blink.put(RefCell::new(1));
        *cell.borrow()
    }
    #[blink_frame]
    fn guard_of_the_frame() -> u32 {
        blink.put(Word::new(1));
        (Word::new(2), blink.put(Word::new(3))).0.id()
    }
    #[blink_frame]
    fn lock() -> usize {
        let list = &*blink.put(Mutex::new(vec![1, 2, 3]));
        list.lock().unwrap().len()
    }
    #[blink_frame]
    fn builder() -> usize {
        blink.emplace().from_iter(1..4).len()
    }
    #[blink_frame]
    fn in_a_match() -> usize {
        match blink
            .emplace_no_drop()
            .from_iter(1..4)
            .iter()
            .peekable()
            .peek()
        {
            Some(first) => **first,
            None => 0,
        }
    }
    #[blink_frame]
    fn in_an_if() -> u32 {
        if let Some(number) = blink.put(RefCell::new(Some(5))).borrow().as_ref() {
            *number
        } else {
            0
        }
    }
    assert_eq!(traceless(guard_of_a_local), 1);
    assert_eq!(traceless(guard_of_the_frame), 2);
    assert_eq!(traceless(lock), 3);
    assert_eq!(traceless(builder), 3);
    assert_eq!(traceless(in_a_match), 1);
    assert_eq!(traceless(in_an_if), 5);
    drops::restart();
    guard_of_the_frame(&mut Blink::new().as_frame());
    assert_eq!(drops::order(), [2, 3, 1]);
}
