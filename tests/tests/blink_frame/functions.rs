//! Functions: how they end, and that they leave no trace.

use super::*;

#[test]
fn a_function_leaves_no_trace() {
    assert_eq!(traceless(|frame| sum(frame, &[1, 2, 3])), 6);
    traceless(nothing);
}

#[test]
fn it_is_called_again_and_again_with_one_handle() {
    #[blink_frame]
    fn twice(numbers: &[u32]) -> u32 {
        let first = sum(blink, numbers);
        let copy = blink.copy_slice(numbers);
        let second = sum(blink, copy);
        assert_eq!(copy, numbers);
        first + second
    }
    assert_eq!(traceless(|frame| twice(frame, &[1, 2])), 6);
}

#[test]
fn values_are_dropped_newest_first_before_the_caller_goes_on() {
    #[blink_frame]
    fn values() {
        blink.put(Word::new(0));
        blink.fill_with(3, |at| Word::new(10 + at as u32));
        let _local = Word::new(20);
        blink.put(Word::new(1));
    }

    #[blink_frame]
    fn caller() {
        blink.put(Word::new(100));
        values(blink);
        assert_eq!(drops::order(), [20, 1, 10, 11, 12, 0]);
        values(blink);
        assert_eq!(drops::order(), [20, 1, 10, 11, 12, 0]);
        blink.put(Word::new(101));
    }

    drops::restart();
    let mut root = Blink::new();
    caller(&mut root.as_frame());
    assert_eq!(drops::order(), [101, 100]);
    assert_eq!(root.allocator().allocated_bytes(), 0);
}

#[test]
fn parameters_are_dropped_after_the_frame() {
    #[blink_frame]
    fn f(_kept: Word, _: Word) {
        blink.put(Word::new(1));
    }
    drops::restart();
    f(&mut Blink::new().as_frame(), Word::new(2), Word::new(3));
    assert_eq!(drops::order(), [1, 3, 2]);
}

#[test]
fn a_panic_ends_the_frame_before_it_goes_on() {
    #[blink_frame]
    fn f(deep: u32) {
        blink.put(Word::new(deep));
        blink.fill(1000, 0_u8);
        if deep == 0 {
            panic_as_planned()
        }
        f(blink, deep - 1);
    }
    panics(|frame| f(frame, 5));

    drops::restart();
    let mut root = Blink::new();
    assert!(planned(|| f(&mut root.as_frame(), 3)));
    assert_eq!(drops::order(), [0, 1, 2, 3]);
    assert_eq!(root.allocator().allocated_bytes(), 0);
}

#[test]
fn a_panic_of_a_destructor_ends_the_frame_too() {
    #[blink_frame]
    fn f() {
        blink.fill_with(4, |at| Word::new(at as u32));
        blink.put(Word::new(4));
    }
    for n in 0..6 {
        drops::restart();
        let mut root = Blink::new();
        drops::panic_after(n);
        assert_eq!(planned(|| f(&mut root.as_frame())), n < 5);
        drops::assert_all_dropped();
        assert_eq!(root.allocator().allocated_bytes(), 0);
    }
}

#[test]
fn never() {
    #[blink_frame]
    fn fails(id: u32) -> ! {
        blink.put(Word::new(id));
        panic_as_planned()
    }
    #[blink_frame]
    fn spins() -> ! {
        let mut rounds = 0;
        loop {
            blink.put(Word::new(rounds));
            rounds += 1;
            if rounds == 10 {
                fails(blink, rounds)
            }
        }
    }
    panics(|frame| fails(frame, 1));
    panics(|frame| spins(frame));
}

#[test]
fn every_way_out() {
    #[blink_frame]
    fn out(way: u32) -> Result<u32, std::num::ParseIntError> {
        blink.put(Word::new(way));
        if way == 0 {
            return Ok(0);
        }
        let parsed: u32 = blink.copy_str(if way == 1 { "one" } else { "1" }).parse()?;
        let found = 'outer: loop {
            for number in blink.fill_iter([1, 2, 3]).iter() {
                if way == 2 {
                    break 'outer 20;
                }
                if *number == 2 {
                    continue;
                }
                if way == 3 && *number == 3 {
                    return Ok(30);
                }
            }
            let block = 'block: {
                if way == 4 {
                    break 'block 40;
                }
                50
            };
            if block > 0 {
                break block;
            }
        };
        Ok(found + parsed)
    }
    let results = [Some(0), None, Some(21), Some(30), Some(41), Some(51)];
    for (way, result) in (0..).zip(results) {
        assert_eq!(traceless(|frame| out(frame, way).ok()), result);
    }
}

#[test]
fn recursion() {
    /// The sum of the numbers up to `n`, and of what each level holds.
    #[blink_frame]
    fn deep(n: u32) -> u64 {
        let mine = blink.put_no_drop(u64::from(n));
        blink.put(Word::new(n));
        let below = if n == 0 { 0 } else { deep(blink, n - 1) };
        assert_eq!(*mine, u64::from(n));
        below + *mine
    }
    // Without optimization a level takes some kilobytes of the stack.
    let roomy = thread::Builder::new().stack_size(1 << 25);
    let worker = roomy.spawn(|| traceless(|frame| deep(frame, 1000)));
    assert_eq!(worker.unwrap().join().unwrap(), 500_500);
}

#[test]
fn two_functions_that_call_each_other() {
    #[blink_frame]
    fn even(n: u32) -> bool {
        let n = blink.put_no_drop(n);
        *n == 0 || odd(blink, *n - 1)
    }
    #[blink_frame(mem)]
    fn odd(n: u32) -> bool {
        let n = mem.put_no_drop(n);
        *n != 0 && even(mem, *n - 1)
    }
    assert!(traceless(|frame| even(frame, 100)));
    assert!(!traceless(|frame| even(frame, 33)));
}

#[test]
fn it_is_a_function_like_any_other() {
    let f: fn(&mut Frame<'_>, &[u32]) -> u32 = sum;
    assert_eq!(traceless(|frame| f(frame, &[4])), 4);
    let mut root = Blink::new();
    let mut frame = root.as_frame();
    let sums: Vec<u32> = [[1, 2], [3, 4]]
        .iter()
        .map(|numbers| sum(&mut frame, numbers))
        .collect();
    assert_eq!(sums, [3, 7]);
    assert_eq!(frame.scope(|frame| sum(frame, &[5])), 5);
    assert_eq!(sum(frame.enter().frame(), &[6]), 6);
}
