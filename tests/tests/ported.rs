//! What users of other arenas do in their first hour, done with blink-alloc.
//!
//! One test for each kind of program that the documentation of bumpalo and of bump-scope shows;
//! the programs themselves are ours.

use std::{
    cell::Cell,
    ffi::{CStr, OsStr},
    fmt::{Debug, Write as _},
    io::Write as _,
    path::Path,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, Waker},
    thread,
};

use allocator_api2::{boxed::Box as ArenaBox, unsize_box, vec::Vec as ArenaVec};
use blink_alloc::{
    Blink, BlinkAlloc, BlinkAllocCache, BlinkString, BlinkVec, SyncBlink, SyncBlinkAlloc,
    blink_format, blink_frame, blink_vec,
};

/// Counts how many of its kind are dropped.
struct Counted(Rc<Cell<u32>>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

// Values.

#[test]
fn a_value_is_put_and_changed() {
    struct Parcel {
        grams: u32,
        address: &'static str,
        insured: bool,
    }

    let blink = Blink::new();
    let parcel = blink.put(Parcel {
        grams: 750,
        address: "Elm Street 3",
        insured: false,
    });
    let other = blink.put(Parcel {
        grams: 20,
        address: "Oak Lane 1",
        insured: true,
    });
    parcel.grams += other.grams;
    parcel.insured |= other.insured;
    assert_eq!(
        (parcel.grams, parcel.address, parcel.insured),
        (770, "Elm Street 3", true)
    );
}

#[test]
fn a_reference_is_changed_for_another() {
    let blink = Blink::new();
    let day = blink.put("Monday");
    *day = "Tuesday";
    assert_eq!(*day, "Tuesday");
}

#[test]
fn a_large_value_is_made_in_place() {
    let blink = Blink::new();
    let table = blink.emplace().with(|| [3_u8; 10_000]);
    table[9_999] = 4;
    assert_eq!(table.iter().map(|&x| u32::from(x)).sum::<u32>(), 30_001);
}

#[test]
fn a_value_that_cannot_be_made_takes_no_room() {
    let blink = Blink::new();
    let port = |text: &'static str| blink.emplace::<u16>().with_fallible(|| text.parse());
    assert_eq!(port("8080"), Ok(&mut 8080));
    let used = blink.allocator().allocated_bytes();
    assert!(port("eighty").is_err());
    assert_eq!(blink.allocator().allocated_bytes(), used);
}

#[test]
fn values_are_dropped_by_the_reset() {
    let dropped = Rc::new(Cell::new(0));
    let mut blink = Blink::new();
    blink.put(Counted(dropped.clone()));
    blink.put_slice([Counted(dropped.clone()), Counted(dropped.clone())]);
    assert_eq!(dropped.get(), 0);
    blink.reset();
    assert_eq!(dropped.get(), 3);
}

#[test]
fn a_value_is_never_dropped() {
    struct Kept(u32);

    impl Drop for Kept {
        fn drop(&mut self) {
            panic!("{} is dropped", self.0);
        }
    }

    let mut blink = Blink::new();
    assert_eq!(blink.put_no_drop(Kept(7)).0, 7);
    blink.reset();
}

#[test]
fn one_arena_serves_every_turn_of_a_loop() {
    let mut blink = Blink::new();
    let mut longest = 0;
    for turn in 1..=50_u64 {
        let numbers = blink.fill_iter((0..turn * 10).filter(|n| n % 3 == 0));
        longest = longest.max(numbers.len());
        blink.reset();
    }
    assert_eq!(longest, 167);
    assert_eq!(blink.allocator().stats().chunks(), 1);
    assert_eq!(blink.allocator().allocated_bytes(), 0);
}

// Slices and strings.

#[test]
fn slices_are_copied_and_cloned() {
    let blink = Blink::new();
    let copied = blink.copy_slice(&[5, 4, 6]);
    copied.sort_unstable();
    let cloned = blink.clone_slice(&["left".to_owned(), "right".to_owned()]);
    cloned[0].push('s');
    assert_eq!(copied, [4, 5, 6]);
    assert_eq!(cloned.join(" "), "lefts right");
}

#[test]
fn slices_are_filled() {
    let blink = Blink::new();
    assert_eq!(blink.fill(3, 'z'), ['z'; 3]);
    assert_eq!(blink.fill(2, String::from("ab")).concat(), "abab");
    assert_eq!(blink.fill_with(4, |i| 1 << i), [1, 2, 4, 8]);
    assert_eq!(blink.fill_with(2, |_| u64::default()), [0, 0]);
    assert_eq!(blink.fill_iter("3 1 2".split(' ').map(str::len)), [1; 3]);
    // What borrows goes in without a destructor.
    let owner = String::from("me");
    let names = blink.emplace_no_drop().fill(2, owner.as_str());
    assert_eq!(names, ["me", "me"]);
}

#[test]
fn a_slice_ends_at_the_first_error() {
    let blink = Blink::new();
    let read = |text: &str| {
        blink
            .fill_iter_fallible(text.split(',').map(str::parse::<i32>))
            .map(|row| row.iter().sum::<i32>())
    };
    assert_eq!(read("1,-2,30"), Ok(29));
    assert!(read("1,x,30").is_err());

    let even = |i: usize| if i < 3 { Ok(i * 2) } else { Err(i) };
    let four = blink.fill_iter_fallible((0..4).map(even));
    assert_eq!(four, Err(3));
}

#[test]
fn items_move_in() {
    let blink = Blink::new();
    let words = vec![String::from("b"), String::from("a")];
    let words = blink.put_slice(words);
    words.sort();
    assert_eq!(words, ["a", "b"]);
    assert_eq!(blink.put_slice([1, 2]), [1, 2]);
    assert_eq!(blink.put_slice(Box::<[u8]>::from([7])), [7]);
}

#[test]
fn strings_of_all_kinds_are_copied() {
    let blink = Blink::new();
    let text = blink.copy_str("grüße");
    text.make_ascii_uppercase();
    assert_eq!(text, "GRüßE");

    let name: &CStr = blink.copy_c_str(c"stdout");
    assert_eq!(name.to_bytes_with_nul(), b"stdout\0");
    let path: &Path = blink.copy_path(Path::new("a/b.txt"));
    assert_eq!(path.file_name(), Some(OsStr::new("b.txt")));
    let variable: &OsStr = blink.copy_os_str(OsStr::new("HOME"));
    assert_eq!(variable, "HOME");
}

#[test]
fn text_is_formatted_into_the_arena() {
    let blink = Blink::new();
    let (width, height) = (4, 3);
    let area: &str = blink_format!(in blink, "{width} by {height}: {}", width * height);
    let again: &str = blink.format(format_args!("{area}!"));
    assert_eq!(again, "4 by 3: 12!");
}

// Without memory.

#[test]
fn values_come_back_when_there_is_no_memory() {
    let blink = Blink::new();
    assert_eq!(blink.allocator().limit(), None);
    blink.allocator().set_limit(Some(0));
    assert_eq!(blink.try_put(5), Err(5));
    assert_eq!(blink.try_put_slice(vec![1, 2]), Err(vec![1, 2]));
    assert!(blink.try_copy_str("no").is_none());
    assert!(
        blink
            .emplace()
            .try_with(|| 6)
            .is_err_and(|make| make() == 6)
    );

    blink.allocator().set_limit(Some(4096));
    assert_eq!(blink.try_put(5), Ok(&mut 5));
    assert!(blink.try_put([0_u8; 8192]).is_err());
    blink.allocator().set_limit(None);
    assert!(blink.try_put([0_u8; 8192]).is_ok());
}

#[test]
fn a_vector_says_that_there_is_no_memory() {
    let blink = Blink::new();
    blink.allocator().set_limit(Some(1 << 12));
    let mut bytes: BlinkVec<u8, &Blink> = BlinkVec::new_in(&blink);
    assert!(bytes.try_reserve(100).is_ok());
    assert!(bytes.try_reserve(1 << 20).is_err());
    assert!(bytes.try_reserve(usize::MAX).is_err());
}

// The arena itself.

#[test]
fn room_is_taken_ahead_and_counted() {
    let arena = BlinkAlloc::with_capacity(10_000);
    let room = arena.total_capacity();
    assert!(room >= 10_000);
    let blink = Blink::new_in(arena);
    blink.put([0_u64; 1000]);
    assert_eq!(blink.allocator().total_capacity(), room);
    assert!((8000..8100).contains(&blink.allocator().allocated_bytes()));

    let stats = blink.allocator().stats();
    assert_eq!((stats.chunks(), stats.iter().count()), (1, 1));
    assert!(stats.iter().all(|chunk| chunk.used <= chunk.capacity));
}

#[test]
fn blocks_are_allocated_by_their_layout() {
    let arena = BlinkAlloc::new();
    let layout = std::alloc::Layout::from_size_align(24, 64).unwrap();
    let block = arena.allocate(layout).unwrap();
    assert_eq!(
        (block.cast::<u8>().addr().get() % 64, block.len() >= 24),
        (0, true)
    );
}

#[test]
fn every_block_has_a_minimum_alignment() {
    let arena =
        BlinkAlloc::<allocator_api2::alloc::Global, 8>::with_min_align_in(Default::default());
    let blink = Blink::new_in(arena);
    for _ in 0..5 {
        let byte: *const u8 = blink.put(1_u8);
        assert_eq!(byte.addr() % 8, 0);
    }
}

#[test]
fn an_enormous_cycle_is_forgotten() {
    let mut arena = BlinkAlloc::new();
    arena.reserve(1 << 20);
    arena.reset_to(1 << 12);
    assert!(arena.total_capacity() <= 1 << 12);
}

// Vectors.

#[test]
fn a_vector_grows_in_the_arena() {
    let blink = Blink::new();
    let mut squares = BlinkVec::new_in(&blink);
    for x in 0..100_u32 {
        squares.push(x * x);
    }
    assert_eq!(
        (squares.len(), squares[99], squares.pop()),
        (100, 9801, Some(9801))
    );
    squares[0] = 7;
    squares.extend([1, 2]);
    assert_eq!(
        squares.iter().rev().take(3).copied().sum::<u32>(),
        1 + 2 + 98 * 98
    );
}

#[test]
fn vectors_are_made_of_items_and_iterators() {
    let blink = Blink::new();
    let mut primes = blink_vec![in &blink; 2, 3, 5];
    primes.push(7);
    let doubled = BlinkVec::from_iter_in(primes.iter().map(|p| p * 2), &blink);
    assert_eq!(doubled[..], [4, 6, 10, 14]);

    let roomy: BlinkVec<u8, &Blink> = BlinkVec::with_capacity_in(32, &blink);
    assert!(roomy.is_empty() && roomy.capacity() >= 32);
}

#[test]
fn a_vector_is_edited_in_the_middle() {
    let blink = Blink::new();
    let mut queue = blink_vec![in &blink; 1, 2, 3, 4, 5, 6];
    queue.insert(1, 10);
    assert_eq!((queue.remove(0), queue.swap_remove(0)), (1, 10));
    assert_eq!(queue[..], [6, 2, 3, 4, 5]);
    queue.retain(|x| x % 2 == 0);
    queue.splice(1..2, [8, 8]);
    queue.dedup();
    assert_eq!(queue[..], [6, 8, 4]);
    assert!(queue.drain(..2).eq([6, 8]));
    queue.resize(3, 0);
    queue.extend_from_slice(&[9, 9]);
    queue.truncate(4);
    let tail = queue.split_off(2);
    assert_eq!((&queue[..], &tail[..]), (&[4, 0][..], &[0, 9][..]));
}

#[test]
fn a_vector_becomes_a_slice_of_the_arena() {
    let dropped = Rc::new(Cell::new(0));
    let mut blink = Blink::new();
    let mut numbers = blink_vec![in &blink; 3, 1, 2];
    numbers.sort_unstable();
    let numbers: &mut [i32] = numbers.into_slice_no_drop();
    numbers[0] = 0;

    let mut counted = BlinkVec::new_in(&blink);
    counted.push(Counted(dropped.clone()));
    let counted = counted.into_slice();
    assert_eq!(
        (numbers, counted.len(), dropped.get()),
        (&mut [0, 2, 3][..], 1, 0)
    );
    blink.reset();
    assert_eq!(dropped.get(), 1);
}

#[test]
fn a_vector_drops_its_items_where_it_ends() {
    let dropped = Rc::new(Cell::new(0));
    let blink = Blink::new();
    let mut counted = BlinkVec::new_in(&blink);
    counted.extend([Counted(dropped.clone()), Counted(dropped.clone())]);
    counted.pop();
    assert_eq!(dropped.get(), 1);
    drop(counted);
    assert_eq!(dropped.get(), 2);
}

#[test]
fn bytes_are_written_into_a_vector() {
    let blink = Blink::new();
    let mut message = BlinkVec::new_in(&blink);
    write!(message, "{:02x}", 10).unwrap();
    message.write_all(b"!\n").unwrap();
    assert_eq!(message[..], *b"0a!\n");
}

#[test]
fn a_vector_holds_what_borrows() {
    let text = String::from("one two three");
    let blink = Blink::new();
    let mut words: BlinkVec<&str, &Blink> = BlinkVec::from_iter_in(text.split(' '), &blink);
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let words: &[&str] = words.into_slice_no_drop();
    assert_eq!(words, ["three", "one", "two"]);
}

#[test]
fn optional_items_are_collected() {
    let blink = Blink::new();
    let digits = |text: &str| {
        let digits = text.chars().map(|c| c.to_digit(10).ok_or(()));
        blink
            .fill_iter_fallible(digits)
            .ok()
            .map(|digits| digits.len())
    };
    assert_eq!((digits("2048"), digits("20a8")), (Some(4), None));
}

#[test]
fn containers_of_other_crates_live_in_the_arena() {
    let mut arena = BlinkAlloc::new();
    for _ in 0..3 {
        let mut ages = hashbrown::HashMap::new_in(&arena);
        for (name, age) in [("ann", 40), ("bob", 41), ("ann", 42)] {
            ages.insert(name, age);
        }
        assert_eq!((ages.len(), ages["ann"]), (2, 42));
        drop(ages);
        arena.reset();
    }
    assert!(arena.stats().chunks() <= 1);
}

// Strings.

#[test]
fn a_string_grows_in_the_arena() {
    let blink = Blink::new();
    let mut verse = BlinkString::from_str_in("to be", &blink);
    verse.push_str(" or not");
    verse.push(' ');
    let verb = "be";
    write!(verse, "to {verb}").unwrap();
    let verse: &str = verse.into_str();
    assert_eq!(verse, "to be or not to be");

    let reversed = BlinkString::from_iter_in(verse.chars().rev(), &blink);
    assert!(reversed.starts_with("eb "));
}

#[test]
fn bytes_become_text() {
    let blink = Blink::new();
    let bytes: &[u8] = blink.copy_slice("the\u{e9}".as_bytes());
    assert_eq!(std::str::from_utf8(bytes), Ok("theé"));
    assert!(std::str::from_utf8(&bytes[..4]).is_err());

    // Lossy, of bytes and of UTF-16.
    assert_eq!(
        BlinkString::from_utf8_lossy_in(&bytes[..4], &blink),
        "the\u{fffd}"
    );
    let units = [0x74, 0x68, 0x65, 0xe9];
    assert_eq!(BlinkString::from_utf16_in(&units, &blink).unwrap(), "theé");
    let owned = BlinkVec::from_iter_in(*b"tea", &blink);
    assert_eq!(BlinkString::from_utf8(owned).unwrap(), "tea");
}

#[test]
fn a_string_is_edited_in_the_middle() {
    let blink = Blink::new();
    let mut text = BlinkString::from_str_in("a small table", &blink);
    text.replace_range(2..7, "tall");
    text.insert_str(2, "very ");
    assert_eq!((text.pop(), text.remove(0)), (Some('e'), 'a'));
    text.retain(|c| c != 'l');
    assert!(text.drain(..6).eq(" very ".chars()));
    assert_eq!(text, "ta tab");
    let tail = text.split_off(2);
    assert_eq!((&*text, &*tail), ("ta", " tab"));
}

// Owned pointers: the boxes of allocator-api2, over the arena.

#[test]
fn a_box_drops_its_value_early() {
    let dropped = Rc::new(Cell::new(0));
    let blink = Blink::new();
    let counted = ArenaBox::new_in(Counted(dropped.clone()), &blink);
    assert_eq!(dropped.get(), 0);
    drop(counted);
    assert_eq!(dropped.get(), 1);
}

#[test]
fn the_memory_of_the_last_box_is_used_again() {
    let arena = BlinkAlloc::new();
    let first = ArenaBox::new_in([1_u64; 8], &arena);
    let address = (&raw const *first).addr();
    drop(first);
    let second = ArenaBox::new_in([2_u64; 8], &arena);
    assert_eq!((&raw const *second).addr(), address);
}

#[test]
fn a_value_moves_out_of_its_box() {
    let arena = BlinkAlloc::new();
    let boxed = ArenaBox::new_in(vec![1, 2, 3], &arena);
    let vector: Vec<i32> = ArenaBox::into_inner(boxed);
    assert_eq!(vector, [1, 2, 3]);
}

#[test]
fn a_list_is_linked_by_boxes_or_by_references() {
    enum Boxed<'a> {
        Link(u32, ArenaBox<Boxed<'a>, &'a BlinkAlloc>),
        End,
    }
    let arena = BlinkAlloc::new();
    let list = (0..4).fold(Boxed::End, |rest, n| {
        Boxed::Link(n, ArenaBox::new_in(rest, &arena))
    });
    let (mut at, mut sum) = (&list, 0);
    while let Boxed::Link(n, rest) = at {
        (at, sum) = (rest, sum + n);
    }
    assert_eq!(sum, 6);

    struct Link<'a>(u32, Option<&'a Link<'a>>);
    let blink = Blink::new();
    let list = (0..4).fold(None, |rest, n| Some(&*blink.put_no_drop(Link(n, rest))));
    let numbers = std::iter::successors(list, |link| link.1).map(|link| link.0);
    assert!(numbers.eq([3, 2, 1, 0]));
}

#[test]
fn values_are_held_as_trait_objects() {
    let blink = Blink::new();
    let shown: [&mut dyn Debug; 2] = [blink.put(1), blink.put("two".to_owned())];
    assert_eq!(format!("{shown:?}"), r#"[1, "two"]"#);
    let moved: &mut dyn Fn(i32) -> i32 = blink.put_box(Box::new(|x| x + 1));
    assert_eq!(moved(1), 2);

    let boxed: ArenaBox<dyn Debug, &Blink> = unsize_box!(ArenaBox::new_in(Some(3), &blink));
    assert_eq!(format!("{boxed:?}"), "Some(3)");
}

#[test]
fn a_future_is_pinned_in_an_arena_that_never_ends() {
    // In any other arena a forgotten box would give its memory back without a drop: `pin_in` asks
    // for an allocator that is `'static`.
    static ARENA: SyncBlinkAlloc = SyncBlinkAlloc::new();
    let mut future: Pin<ArenaBox<_, _>> = ArenaBox::pin_in(async { 42 }, &ARENA);
    let mut context = Context::from_waker(Waker::noop());
    assert_eq!(future.as_mut().poll(&mut context), Poll::Ready(42));
}

// Frames.

#[test]
fn frames_nest() {
    let mut blink = Blink::new();
    let mut frame = blink.as_frame();
    let outer = frame.copy_str("outer");
    let before = frame.stats().used();
    frame.scope(|frame| {
        let inner = frame.copy_str("inner");
        let sum = frame.scope(|frame| {
            let both = frame.put_no_drop([&*outer, &*inner]);
            both.iter().map(|text| text.len()).sum::<usize>()
        });
        assert_eq!((sum, &*inner), (10, "inner"));
    });
    assert_eq!((&*outer, frame.stats().used()), ("outer", before));
}

#[test]
fn frames_are_guards() {
    let dropped = Rc::new(Cell::new(0));
    let mut blink = Blink::new();
    {
        let mut guard = blink.enter();
        let frame = guard.frame();
        frame.put(Counted(dropped.clone()));
        {
            let mut guard = frame.enter();
            guard.frame().put(Counted(dropped.clone()));
        }
        assert_eq!(dropped.get(), 1);
    }
    assert_eq!((dropped.get(), blink.allocator().allocated_bytes()), (2, 0));
}

#[test]
fn an_arena_goes_back_to_a_mark() {
    let arena = BlinkAlloc::new();
    let mark = arena.mark();
    let layout = std::alloc::Layout::new::<[u64; 100]>();
    let first = arena.allocate(layout).unwrap();
    // SAFETY: the block is not used any more.
    unsafe { arena.rewind(mark) };
    assert_eq!(arena.allocated_bytes(), 0);
    assert_eq!(
        arena.allocate(layout).unwrap().cast::<u8>(),
        first.cast::<u8>()
    );
}

#[test]
fn a_function_works_in_a_frame_of_its_own() {
    #[blink_frame]
    fn median(numbers: &[i32]) -> Option<i32> {
        let sorted = blink.copy_slice(numbers);
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied()
    }

    let mut blink = Blink::new();
    assert_eq!(median(&mut blink.as_frame(), &[5, 1, 3]), Some(3));
    assert_eq!(median(&mut blink.as_frame(), &[]), None);
    assert_eq!(blink.allocator().allocated_bytes(), 0);
}

#[test]
fn a_collection_grows_while_frames_come_and_go() {
    let mut blink = Blink::new();
    let mut frame = blink.as_frame();
    // The collection has an arena beside: one on the frame would borrow its handle.
    let beside = BlinkAlloc::new();
    let mut totals = ArenaVec::new_in(&beside);
    for row in ["1 2", "3", "4 5 6"] {
        totals.push(frame.scope(|frame| {
            let row = frame.fill_iter_fallible(row.split(' ').map(str::parse::<u32>));
            row.unwrap().iter().sum::<u32>()
        }));
    }
    assert_eq!(totals[..], [3, 3, 15]);
}

// Threads.

#[test]
fn threads_fill_one_arena() {
    let mut blink = SyncBlink::new();
    let lists: Vec<&mut [u32]> = thread::scope(|scope| {
        let blink = &blink;
        let fill = |n: u32| scope.spawn(move || blink.fill_iter((0..100).map(|i| i * n)));
        let threads: Vec<_> = (0..4).map(fill).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    // What the threads have made is here still, with the threads gone.
    assert_eq!(lists.iter().map(|list| list[99]).sum::<u32>(), 99 * 6);
    blink.reset();
}

#[test]
fn tasks_borrow_warm_arenas() {
    let arenas: BlinkAllocCache = BlinkAllocCache::new();
    let count = |text: &'static str| {
        let blink = arenas.get_blink();
        let words = blink.emplace_no_drop().from_iter(text.split(' '));
        words.sort_unstable();
        words.chunk_by(|a, b| a == b).count()
    };
    let counts = thread::scope(|scope| {
        ["a b a", "c"]
            .map(|text| scope.spawn(move || count(text)))
            .map(|task| task.join().unwrap())
    });
    assert_eq!(counts, [2, 1]);
}

#[test]
fn an_arena_moves_to_another_thread() {
    let arena = BlinkAlloc::with_capacity(1000);
    let blink = Blink::new_in(arena);
    blink.put(1);
    let arena = blink.into_allocator();
    let room = thread::spawn(move || arena.total_capacity())
        .join()
        .unwrap();
    assert!(room >= 1000);
}

// Zeros.

#[test]
fn zeros_are_allocated() {
    let blink = Blink::new();
    let header: &mut [u32; 4] = blink.zeroed();
    let pixels: &mut [u16] = blink.zeroed_slice(1000);
    header[3] = 1;
    assert_eq!(
        (*header, pixels.len(), pixels.iter().max()),
        ([0, 0, 0, 1], 1000, Some(&0))
    );
}

#[test]
fn a_place_is_filled_later() {
    let mut blink = Blink::new();
    let place = blink.uninit::<[u8; 64]>();
    assert_eq!(place.write([9; 64])[63], 9);

    let frame = blink.as_frame();
    let slot = frame.slot::<u32>();
    let before = frame.put(1);
    let filled = slot.fill(*before + 1);
    assert_eq!((*before, *filled), (1, 2));
}
