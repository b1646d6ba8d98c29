//! Text in an arena: formatted, or copied as a C string, a string of the system or a path.

use std::{
    cell::Cell,
    ffi::{CStr, CString, OsStr},
    fmt::{self, Display, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    ptr::NonNull,
};

use allocator_api2::alloc::{AllocError, Allocator, Layout};
use blink_alloc::{
    Blink, BlinkAlloc, BlinkAllocator, Frame, LocalBlinkAlloc, SendBlink, Sharing, Stats,
    SyncBlink, SyncBlinkAlloc, blink_format,
};
use blink_tests::{
    CHECKED,
    arena::Arena,
    base::Base,
    drops::{self, Counted, Word},
    every_arena, taken,
};

/// What takes text: an adaptor or a frame, of any mode and over any arena. The methods are those
/// of the library.
#[allow(clippy::mut_from_ref, reason = "every call returns other memory")]
trait Texts {
    fn format(&self, text: fmt::Arguments<'_>) -> &mut str;
    fn try_format(&self, text: fmt::Arguments<'_>) -> Result<&mut str, AllocError>;
    fn copy_c_str(&self, string: &CStr) -> &CStr;
    fn try_copy_c_str(&self, string: &CStr) -> Result<&CStr, AllocError>;
    fn copy_os_str(&self, string: &OsStr) -> &OsStr;
    fn try_copy_os_str(&self, string: &OsStr) -> Result<&OsStr, AllocError>;
    fn copy_path(&self, path: &Path) -> &Path;
    fn try_copy_path(&self, path: &Path) -> Result<&Path, AllocError>;
    fn try_copy_bytes(&self, bytes: &[u8]) -> Option<&mut [u8]>;
    fn put(&self, value: u64) -> &mut u64;
    fn stats(&self) -> Stats;

    /// Bytes in use.
    fn used(&self) -> usize {
        self.stats().used()
    }
}

macro_rules! texts {
    ($([$($generics:tt)*] $Type:ty, $this:ident => $stats:expr;)*) => {$(
        impl<$($generics)*> Texts for $Type {
            fn format(&self, text: fmt::Arguments<'_>) -> &mut str {
                <$Type>::format(self, text)
            }

            fn try_format(&self, text: fmt::Arguments<'_>) -> Result<&mut str, AllocError> {
                <$Type>::try_format(self, text)
            }

            fn copy_c_str(&self, string: &CStr) -> &CStr {
                <$Type>::copy_c_str(self, string)
            }

            fn try_copy_c_str(&self, string: &CStr) -> Result<&CStr, AllocError> {
                <$Type>::try_copy_c_str(self, string)
            }

            fn copy_os_str(&self, string: &OsStr) -> &OsStr {
                <$Type>::copy_os_str(self, string)
            }

            fn try_copy_os_str(&self, string: &OsStr) -> Result<&OsStr, AllocError> {
                <$Type>::try_copy_os_str(self, string)
            }

            fn copy_path(&self, path: &Path) -> &Path {
                <$Type>::copy_path(self, path)
            }

            fn try_copy_path(&self, path: &Path) -> Result<&Path, AllocError> {
                <$Type>::try_copy_path(self, path)
            }

            fn try_copy_bytes(&self, bytes: &[u8]) -> Option<&mut [u8]> {
                self.try_copy_slice(bytes)
            }

            fn put(&self, value: u64) -> &mut u64 {
                self.put_no_drop(value)
            }

            fn stats(&self) -> Stats {
                let $this = self;
                $stats
            }
        }
    )*};
}

texts! {
    [M: Sharing, const MIN: usize] Blink<BlinkAlloc<Base, MIN>, M>,
        blink => blink.allocator().stats();
    [M: Sharing] Blink<SyncBlinkAlloc<Base>, M>, blink => blink.allocator().stats();
    [M: Sharing] Blink<LocalBlinkAlloc<'_, Base>, M>, blink => blink.allocator().stats();
    ['f, M: Sharing, const MIN: usize] Frame<'f, BlinkAlloc<Base, MIN>, M>,
        frame => Frame::<'f, BlinkAlloc<Base, MIN>, M>::stats(frame);
    ['f, M: Sharing] Frame<'f, SyncBlinkAlloc<Base>, M>,
        frame => Frame::<'f, SyncBlinkAlloc<Base>, M>::stats(frame);
    ['f, 'a, M: Sharing] Frame<'f, LocalBlinkAlloc<'a, Base>, M>,
        frame => Frame::<'f, LocalBlinkAlloc<'a, Base>, M>::stats(frame);
}

/// Calls a check with everything that takes text, each over a base allocator of its own, whose
/// arena has this limit.
fn each_under(limit: Option<usize>, check: &mut dyn FnMut(&dyn Texts, &Base)) {
    let arena = |base: &Base| {
        let arena = BlinkAlloc::<_, 1>::with_min_align_in(base.clone());
        arena.set_limit(limit);
        arena
    };
    let aligned = |base: &Base| {
        let arena = BlinkAlloc::<_, 8>::with_min_align_in(base.clone());
        arena.set_limit(limit);
        arena
    };
    let shared = |base: &Base| {
        let arena = SyncBlinkAlloc::with_chunk_size_in(0, base.clone());
        arena.set_limit(limit);
        arena
    };

    let base = Base::plain();
    check(&Blink::new_in(arena(&base)), &base);
    check(&Blink::new_in(aligned(&base)), &base);
    check(&*SendBlink::new_in(arena(&base)), &base);
    check(&Blink::new_in(shared(&base)), &base);
    check(&*SyncBlink::new_in(shared(&base)), &base);
    check(&Blink::new_in(shared(&base).local()), &base);
    check(&Blink::new_in(arena(&base)).as_frame(), &base);
    check(&SendBlink::new_in(aligned(&base)).as_frame(), &base);
    check(&SyncBlink::new_in(shared(&base)).as_frame(), &base);
    check(&Blink::new_in(shared(&base).local()).as_frame(), &base);
    let mut blink = Blink::new_in(arena(&base));
    blink.scope(|frame| frame.scope(|frame| check(&**frame, &base)));
}

fn each(mut check: impl FnMut(&dyn Texts, &Base)) {
    each_under(None, &mut check);
}

/// Shows itself as a text, in pieces of so many bytes; before each of them a hook is called with
/// its number.
struct Pieces<'t, F>(&'t str, usize, F);

impl<F: Fn(usize) -> fmt::Result> Display for Pieces<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text, len, hook) = self;
        for (number, piece) in text.as_bytes().chunks(*len).enumerate() {
            hook(number)?;
            f.write_str(str::from_utf8(piece).expect("text of single bytes"))?;
        }
        Ok(())
    }
}

/// Some text of so many bytes.
fn text(len: usize) -> String {
    ('a'..='z').cycle().take(len).collect()
}

#[test]
fn a_text_is_what_std_formats() {
    each(|blink, _| {
        let (name, number) = ("Grüße, 世界 👋", 42);
        let texts = [
            ("plain".to_owned(), blink_format!(in blink, "plain")),
            (name.to_owned(), blink_format!(in blink, "{name}")),
            (
                format!("{name:?}-{number:>9}-{:<5}|", 'é'),
                blink_format!(in blink, "{name:?}-{number:>9}-{:<5}|", 'é'),
            ),
            (
                format!("{:#?}", [Some(1.5), None]),
                blink_format!(in blink, "{:#?}", [Some(1.5), None]),
            ),
            (
                format!("{:>60000}{number:04x}", 1),
                blink_format!(in blink, "{:>60000}{number:04x}", 1),
            ),
            ("{}".to_owned(), blink_format!(in blink, "{{}}")),
        ];
        for (expected, text) in texts {
            assert_eq!(expected, *text);
        }
    });
}

#[test]
fn texts_of_every_length_stay_apart() {
    each(|blink, _| {
        let long = text(600);
        let texts: Vec<_> = (0..600)
            .map(|len| {
                let pieces = Pieces(&long[..len], 1 + len % 50, |_| Ok(()));
                blink_format!(try in blink, "{pieces}").unwrap()
            })
            .collect();
        texts
            .iter()
            .for_each(|text| assert_eq!(**text, long[..text.len()]));
        assert_eq!(texts.len(), 600);
        for text in texts {
            text.make_ascii_uppercase();
        }
    });
}

#[test]
fn the_macro_takes_any_adaptor_and_frame() {
    let mut blink = Blink::new();
    let sendable = SendBlink::new(Blink::new());
    let shared = SyncBlink::new();
    assert_eq!(blink_format!(in blink, "{}", 1), "1");
    assert_eq!(blink_format!(in &blink, "{}", 1,), "1");
    assert_eq!(blink_format!(in sendable, "{a}", a = 2), "2");
    assert_eq!(blink_format!(in shared, "{0}{0}", 3), "33");
    assert_eq!(blink_format!(try in shared, "{0}{0}", 3).unwrap(), "33");
    let mut frame = blink.as_frame();
    let kept = blink_format!(in frame, "{}", "kept");
    frame.scope(|frame| {
        let own = blink_format!(in frame, "{kept} {}", "own");
        assert_eq!(own, "kept own");
        kept.make_ascii_uppercase();
    });
    assert_eq!(kept, "KEPT");
}

#[test]
fn several_threads_format_at_once() {
    let mut blink = SyncBlink::with_chunk_size(64);
    for _ in 0..3 {
        std::thread::scope(|scope| {
            for name in ["one", "another", "the third"] {
                let blink = &blink;
                scope.spawn(move || {
                    let texts: Vec<_> = (0..200)
                        .map(|n| blink_format!(in blink, "{name} {:>n$}", n))
                        .collect();
                    for (n, text) in texts.into_iter().enumerate() {
                        assert_eq!(text, &format!("{name} {n:>n$}"));
                    }
                });
            }
        });
        blink.reset();
    }
}

#[test]
fn c_strings_of_every_length() {
    each(|blink, _| {
        let all: Vec<u8> = (1..=255).cycle().take(700).collect();
        let strings = (0..all.len()).map(|len| CString::new(&all[..len]).unwrap());
        let copies: Vec<_> = strings
            .map(|string| {
                let copy = blink.copy_c_str(&string);
                let again = blink.try_copy_c_str(&string).unwrap();
                assert_ne!(copy.as_ptr(), again.as_ptr());
                assert_eq!(again, &*string);
                (string, copy)
            })
            .collect();
        for (string, copy) in copies {
            assert_eq!(copy.to_bytes_with_nul(), string.to_bytes_with_nul());
        }
    });
}

/// Bytes that are no UTF-8, as a string of the system.
#[cfg(unix)]
fn os_string(bytes: &[u8]) -> &OsStr {
    std::os::unix::ffi::OsStrExt::from_bytes(bytes)
}

#[test]
#[cfg(unix)]
fn strings_of_the_system_need_not_be_utf_8() {
    each(|blink, _| {
        let all: Vec<u8> = (0..=255).rev().cycle().take(300).collect();
        let copies: Vec<_> = (0..all.len())
            .map(|len| {
                let string = os_string(&all[..len]);
                let copy = blink.copy_os_str(string);
                assert_eq!(blink.try_copy_os_str(string).unwrap(), string);
                let path = blink.copy_path(Path::new(string));
                assert_eq!(
                    blink.try_copy_path(string.as_ref()).unwrap(),
                    Path::new(string)
                );
                (string, copy, path)
            })
            .collect();
        for (string, copy, path) in copies {
            assert_eq!(copy.as_encoded_bytes(), string.as_encoded_bytes());
            assert_eq!(path.as_os_str(), string);
        }
    });
}

#[test]
fn what_can_be_seen_as_a_path_is_copied_as_one() {
    let blink = Blink::new();
    let copies = [
        blink.copy_path("a/b.rs"),
        blink.copy_path(String::from("a/b.rs")),
        blink.copy_path(OsStr::new("a/b.rs")),
        blink.copy_path(blink.string() + "a/b.rs"),
        blink.try_copy_path(Path::new("a").join("b.rs")).unwrap(),
    ];
    assert!(copies.iter().all(|copy| copy.ends_with("b.rs")));
    assert_eq!(blink.copy_os_str(Path::new("é")), "é");
}

#[test]
fn text_that_grows_in_place_takes_its_length() {
    fn check<A: Arena>(arena: A) {
        arena.reserve(40_000);
        let blink = Blink::new_in(arena);
        let arena = blink.allocator();
        for len in [1, 100, 127, 128, 129, 5000, 20_000] {
            for piece in [1, 7, 300] {
                let before = arena.allocated_bytes();
                let (text, chunks) = (text(len), arena.stats().chunks());
                let pieces = Pieces(&text, piece, |_| Ok(()));
                let formatted = blink_format!(in blink, "{pieces}");
                assert_eq!(*formatted, *text);
                if arena.stats().chunks() == chunks {
                    let used = arena.allocated_bytes() - before;
                    assert_eq!(used, taken(len, A::MIN), "{len} bytes by {piece}");
                } else {
                    // The last of them do not fit into what was reserved.
                    assert_eq!(len, 20_000);
                }
            }
        }
    }
    every_arena!(check);
}

#[test]
fn empty_text_touches_no_chunk() {
    // Under a checker nothing is behind a byte that nobody owns.
    if CHECKED {
        return;
    }
    each(|blink, base| {
        let calls = base.calls();
        base.refuse_all();
        assert_eq!(blink_format!(in blink, ""), "");
        assert_eq!(blink_format!(in blink, "{}{}", "", ""), "");
        assert_eq!(
            blink_format!(try in blink, "{:?}", format_args!("")).unwrap(),
            ""
        );
        assert_eq!(blink.copy_os_str(OsStr::new("")), "");
        assert_eq!(blink.copy_path(Path::new("")), Path::new(""));
        assert_eq!(base.calls(), calls);
        assert_eq!(blink.used(), 0);
        base.obey();
    });
}

#[test]
fn long_texts_go_over_many_chunks() {
    each(|blink, _| {
        let long = text(300_000);
        for piece in [1, 1000, 299_999] {
            let pieces = Pieces(&long, piece, |_| Ok(()));
            let first = blink_format!(in blink, "<{pieces}>");
            let again = blink_format!(in blink, "<{pieces}>");
            assert_eq!((&first[1..300_001], &*again), (&*long, &*first));
        }
    });
}

#[test]
fn what_is_formatted_may_use_the_arena() {
    each(|blink, _| {
        let long = text(3000);
        for piece in [1, 40, 1000] {
            let numbers = Cell::new(Vec::new());
            let uses = |number| {
                let mut all = numbers.take();
                all.push(blink.put(number as u64));
                // Text in text in text.
                let inner = Pieces(&long[..100], 30, |number: usize| {
                    let innermost = blink_format!(in blink, "{number:>100}");
                    assert_eq!(innermost.trim_start(), number.to_string());
                    Ok(())
                });
                let nested = blink_format!(in blink, "{inner}");
                assert_eq!(nested, &long[..100]);
                numbers.set(all);
                Ok(())
            };
            let formatted = blink_format!(in blink, "{}", Pieces(&long, piece, uses));
            assert_eq!(*formatted, *long);
            for (expected, number) in numbers.take().into_iter().enumerate() {
                assert_eq!(*number, expected as u64);
            }
        }
    });
}

#[test]
fn a_panic_gives_the_room_back() {
    each(|blink, _| {
        let long = text(2000);
        blink.put(1);
        for at in 0..20 {
            let before = blink.stats();
            let pieces = Pieces(&long, 100, |number| {
                if number == at {
                    drops::panic_as_planned();
                }
                Ok(())
            });
            assert!(drops::planned(|| {
                blink_format!(in blink, "{pieces}");
            }));
            let after = blink.stats();
            assert!(after.chunks() > before.chunks() || after.used() == before.used());
            assert_eq!(
                blink_format!(in blink, "{at} {}", "next").len(),
                at.to_string().len() + 5
            );
        }
    });
}

#[test]
fn a_panic_leaves_alone_what_was_put_meanwhile() {
    each(|blink, _| {
        let long = text(2000);
        for at in 0..20 {
            let kept = Cell::new(Vec::new());
            let pieces = Pieces(&long, 100, |number| {
                if number == at {
                    drops::panic_as_planned();
                }
                let mut all = kept.take();
                all.push(blink_format!(in blink, "{number:>30}"));
                kept.set(all);
                Ok(())
            });
            assert!(drops::planned(|| {
                blink_format!(try in blink, "{pieces}").unwrap();
            }));
            let next = blink_format!(in blink, "{}", long);
            for (number, text) in kept.take().into_iter().enumerate() {
                assert_eq!(*text, format!("{number:>30}"));
            }
            assert_eq!(*next, *long);
        }
    });
}

#[test]
fn an_error_without_a_reason_is_a_panic() {
    each(|blink, _| {
        blink.put(1);
        let before = blink.used();
        for tries in [false, true] {
            let failing = Pieces("0123456789", 1, |number| match number {
                7 => Err(fmt::Error),
                _ => Ok(()),
            });
            let run = || {
                if tries {
                    blink_format!(try in blink, "{failing}").map(drop)
                } else {
                    blink_format!(in blink, "{failing}");
                    Ok(())
                }
            };
            let payload = catch_unwind(AssertUnwindSafe(run)).unwrap_err();
            let message = payload.downcast_ref::<&str>().expect("a message");
            assert!(message.contains("returned an error when the arena did not"));
            assert_eq!(blink.used(), before);
        }
        assert_eq!(blink_format!(in blink, "{}", 1), "1");
    });
}

#[test]
fn an_error_of_the_arena_is_not_lost() {
    /// Does as if all had been written.
    struct Careless<'a>(&'a str);

    impl Display for Careless<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            for piece in self.0.split_inclusive('a') {
                let _ = f.write_str(piece);
                let _ = f.write_char('é');
            }
            let _ = f.write_str("");
            Ok(())
        }
    }

    each_under(Some(1000), &mut |blink, _| {
        let long = text(3000);
        let before = blink.used();
        assert!(blink_format!(try in blink, "{}", Careless(&long)).is_err());
        assert!(blink.used() == before || blink.stats().chunks() > 1);
        match blink_format!(try in blink, "{}", Careless(&long[..1])) {
            Ok(short) => assert_eq!(short, "aé"),
            Err(_) => assert!(blink.try_copy_bytes(&[0; 60]).is_none(), "there was room"),
        }
    });
}

#[test]
fn every_limit_is_an_error_that_gives_the_room_back() {
    let long = text(900);
    let limits = (0..2600).step_by(if cfg!(miri) { 97 } else { 7 });
    let (mut formatted, mut refused) = (0, 0);
    for limit in limits.chain(690..760) {
        each_under(Some(limit), &mut |blink, base| {
            for piece in [1, 30, 450, 900] {
                let before = blink.stats();
                let pieces = Pieces(&long, piece, |_| Ok(()));
                match blink_format!(try in blink, "{pieces}") {
                    Ok(text) => {
                        assert_eq!(*text, *long);
                        formatted += 1;
                    }
                    Err(_) => {
                        let after = blink.stats();
                        assert!(
                            after.used() == before.used() || after.chunks() > before.chunks(),
                            "{limit}, by {piece}: {before} and {after}"
                        );
                        refused += 1;
                    }
                }
                assert!(base.live() <= limit);
                // Still usable.
                let copied = blink
                    .try_copy_bytes(b"some bytes")
                    .map(|bytes| bytes.to_vec());
                assert!(copied.is_none_or(|bytes| bytes == b"some bytes"));
            }
        });
    }
    assert!(formatted > 100 && refused > 100);
}

#[test]
fn copies_under_every_limit() {
    for limit in 0..700 {
        each_under(Some(limit), &mut |blink, base| {
            let c_string = CString::new(text(99)).unwrap();
            let path = text(150);
            loop {
                let before = blink.used();
                let copies = (
                    blink.try_copy_c_str(&c_string),
                    blink.try_copy_os_str(path.as_ref()),
                    blink.try_copy_path(path.as_ref()),
                );
                let done = [copies.0.is_ok(), copies.1.is_ok(), copies.2.is_ok()];
                assert!(copies.0.is_ok_and(|copy| copy == &*c_string) == done[0]);
                assert!(copies.1.is_ok_and(|copy| copy == &*path) == done[1]);
                assert!(copies.2.is_ok_and(|copy| copy == Path::new(&path)) == done[2]);
                assert!(base.live() <= limit);
                if done == [false; 3] {
                    assert_eq!(blink.used(), before);
                    break;
                }
            }
        });
    }
}

#[test]
fn refusals_of_the_base_allocator_are_errors() {
    let long = text(20_000);
    for after in 0..8 {
        each(|blink, base| {
            base.refuse(after, usize::MAX);
            let mut done = 0;
            while blink_format!(try in blink, "{}", Pieces(&long, 500, |_| Ok(()))).is_ok() {
                done += 1;
            }
            let used = blink.used();
            assert!(blink_format!(try in blink, "{long}{long}{long}").is_err());
            assert_eq!(blink.used(), used);
            base.obey();
            assert_eq!(
                blink_format!(in blink, "{}", Pieces(&long, 1, |_| Ok(()))),
                &*long
            );
            assert!(after > 0 || done == 0);
        });
    }
}

#[test]
fn a_panic_of_the_base_allocator_loses_nothing() {
    let long = text(20_000);
    for after in 0..6 {
        each(|blink, base| {
            base.panic_after(after);
            let pieces = Pieces(&long, 500, |_| Ok(()));
            let mut texts = Vec::new();
            let panicked = drops::planned(|| {
                (0..400).for_each(|_| texts.push(blink_format!(in blink, "{pieces}")));
            });
            assert!(panicked);
            base.obey();
            assert_eq!(blink_format!(in blink, "{pieces}"), &*long);
            assert!(texts.iter().all(|text| **text == *long));
        });
    }
}

#[test]
fn text_beside_values_that_are_dropped() {
    fn check<A: Arena>(arena: A) {
        drops::restart();
        let mut blink = Blink::new_in(arena);
        for id in 0..100 {
            let shown = Pieces("some text", 2, |number| {
                blink.put(Word::new(id * 10 + number as u32));
                Ok(())
            });
            let text = blink_format!(in blink, "{shown}");
            assert_eq!(text, "some text");
        }
        assert_eq!(drops::dropped(), 0);
        blink.reset();
        assert_eq!(drops::dropped(), 500);
        drops::assert_all_dropped();
    }
    every_arena!(check);
}

/// An arena of the user's that notices what `Allocator` forbids, and refuses blocks above a size.
struct Strict(BlinkAlloc<Base>, usize);

impl Strict {
    fn check(&self, layout: Layout) -> Result<(), AllocError> {
        (layout.size() <= self.1).then_some(()).ok_or(AllocError)
    }
}

// SAFETY: that of the arena inside, which refuses some requests more.
unsafe impl Allocator for Strict {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        self.check(layout)?;
        self.0.allocate(layout).map_err(|_| AllocError)
    }

    unsafe fn deallocate(&self, ptr: NonNull<u8>, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { Allocator::deallocate(&self.0, ptr, layout) }
    }

    unsafe fn grow(
        &self,
        ptr: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        assert!(old.size() <= new.size(), "{old:?} grows to {new:?}");
        self.check(new)?;
        // SAFETY: the caller's promise.
        unsafe { Allocator::grow(&self.0, ptr, old, new) }
    }

    unsafe fn shrink(
        &self,
        ptr: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        assert!(old.size() >= new.size(), "{old:?} shrinks to {new:?}");
        // SAFETY: the caller's promise.
        unsafe { Allocator::shrink(&self.0, ptr, old, new) }
    }
}

// SAFETY: `reset` needs `&mut` of the arena, of which there is one.
unsafe impl BlinkAllocator for Strict {
    fn reset(&mut self) {
        self.0.reset();
    }
}

#[test]
fn a_block_of_text_never_grows_to_less() {
    for most in 0..700 {
        let blink = Blink::new_in(Strict(BlinkAlloc::new_in(Base::plain()), most));
        for (first, second) in [
            (1, 128),
            (30, 120),
            (90, 90),
            (100, 300),
            (0, 600),
            (130, 1),
        ] {
            let (first, second) = (text(first), text(second));
            match blink_format!(try in blink, "{first}{second}") {
                Ok(text) => assert_eq!(*text, first + &second),
                Err(_) => assert!(first.len() + second.len() > most),
            }
        }
    }
}
