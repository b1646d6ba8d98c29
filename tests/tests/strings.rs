//! Strings in an arena: as those of std, and UTF-8 at all times.

use std::{
    borrow::{Borrow, BorrowMut, Cow},
    cmp::Ordering,
    collections::{BTreeSet, HashMap},
    ffi::OsStr,
    fmt::{Debug, Write},
    mem,
    ops::{Bound, RangeBounds},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    thread,
};

use blink_alloc::{Blink, BlinkAlloc, BlinkString, BlinkVec, SyncBlink, blink_vec};
use blink_tests::{base::Base, drops, random::Random};

type Arena = Blink<BlinkAlloc<Base>>;
type Ours<'b> = BlinkString<&'b Arena>;
type Bounds = (Bound<usize>, Bound<usize>);

fn arena() -> (Arena, Base) {
    let base = Base::plain();
    (Blink::new_in(BlinkAlloc::new_in(base.clone())), base)
}

/// Panics unless the bytes are UTF-8.
#[track_caller]
fn assert_utf8(string: &str) {
    assert!(str::from_utf8(string.as_bytes()).is_ok(), "not UTF-8");
}

/// Characters of one to four bytes, first and last ones of each length too.
const CHARACTERS: [char; 10] = [
    'a',
    '-',
    '\0',
    '\u{7f}',
    '\u{80}',
    'é',
    '\u{7ff}',
    '€',
    '\u{ffff}',
    '\u{10ffff}',
];

/// A string of up to so many characters.
fn some_text(random: &mut Random, most: usize) -> String {
    (0..random.below(most + 1))
        .map(|_| random.pick(&CHARACTERS))
        .collect()
}

/// A place between characters.
fn boundary(random: &mut Random, string: &str) -> usize {
    let boundaries = (0..=string.len()).filter(|&at| string.is_char_boundary(at));
    random.pick(&boundaries.collect::<Vec<_>>())
}

/// A range between characters, in any form.
fn range(random: &mut Random, string: &str) -> Bounds {
    let (one, other) = (boundary(random, string), boundary(random, string));
    let (start, end) = (one.min(other), one.max(other));
    let from = match random.below(3) {
        0 if start == 0 => Bound::Unbounded,
        1 if start > 0 => Bound::Excluded(start - 1),
        _ => Bound::Included(start),
    };
    let to = match random.below(3) {
        0 if end == string.len() => Bound::Unbounded,
        1 if end > 0 => Bound::Included(end - 1),
        _ => Bound::Excluded(end),
    };
    (from, to)
}

/// An operation on both strings, with the same result.
fn operate<'b>(random: &mut Random, blink: &'b Arena, ours: &mut Ours<'b>, model: &mut String) {
    let (at, text) = (boundary(random, model), some_text(random, 12));
    let character = random.pick(&CHARACTERS);
    match random.below(26) {
        0 => {
            ours.push(character);
            model.push(character);
        }
        1 => {
            ours.push_str(&text);
            model.push_str(&text);
        }
        2 => {
            ours.insert(at, character);
            model.insert(at, character);
        }
        3 | 4 => {
            ours.insert_str(at, &text);
            model.insert_str(at, &text);
        }
        5 if at < model.len() => assert_eq!(ours.remove(at), model.remove(at)),
        6 => assert_eq!(ours.pop(), model.pop()),
        7 => {
            ours.truncate(at);
            model.truncate(at);
        }
        8 => {
            ours.retain(|character| character.len_utf8() != 3);
            model.retain(|character| character.len_utf8() != 3);
        }
        9..13 => {
            let range = range(random, model);
            let (mut drain, mut of_model) = (ours.drain(range), model.drain(range));
            for _ in 0..random.below(6) {
                assert_eq!(drain.as_str(), of_model.as_str());
                assert_eq!(
                    format!("{drain:?}"),
                    format!("DrainChars({:?})", drain.as_str())
                );
                assert_eq!(drain.size_hint(), of_model.size_hint());
                if random.once_in(2) {
                    assert_eq!(drain.next(), of_model.next());
                } else {
                    assert_eq!(drain.next_back(), of_model.next_back());
                }
            }
            if random.once_in(4) {
                // What a forgotten one leaves is up to each of them.
                mem::forget(drain);
                drop(of_model);
                assert_utf8(ours);
                *model = ours.as_str().to_owned();
            }
        }
        13..17 => {
            let range = range(random, model);
            ours.replace_range(range, &text);
            model.replace_range(range, &text);
        }
        17 => {
            let rest = ours.split_off(at);
            assert_eq!(rest, model.split_off(at));
            assert_utf8(&rest);
            if random.once_in(3) {
                *model = rest.as_str().to_owned();
                *ours = rest;
            }
        }
        18 if random.once_in(4) => {
            ours.clear();
            model.clear();
        }
        19 => match random.below(8) {
            0 => {
                ours.extend(text.chars());
                model.push_str(&text);
            }
            1 => {
                ours.extend(&text.chars().collect::<Vec<_>>());
                model.extend(&text.chars().collect::<Vec<_>>());
            }
            2 => {
                ours.extend([&*text, "é", ""]);
                model.extend([&*text, "é", ""]);
            }
            3 => {
                ours.extend([text.clone(), text.clone()]);
                model.extend([text.clone(), text.clone()]);
            }
            4 => {
                ours.extend([Box::<str>::from(&*text)]);
                model.extend([Box::<str>::from(&*text)]);
            }
            5 => {
                ours.extend([Cow::Borrowed(&*text), Cow::Owned(text.clone())]);
                model.extend([Cow::Borrowed(&*text), Cow::Owned(text.clone())]);
            }
            6 => {
                ours.extend([&mut *text.clone()]);
                model.extend([&*text]);
            }
            _ => {
                *ours += &text;
                *model += &text;
            }
        },
        20 => {
            write!(ours, "{character:?}{at}{text}").unwrap();
            write!(model, "{character:?}{at}{text}").unwrap();
        }
        21 => ours.shrink_to_fit(),
        22 => {
            ours.reserve(at);
            assert!(ours.capacity() >= ours.len() + at);
        }
        23 => {
            let copy = ours.clone() + &text;
            assert_eq!(copy, model.clone() + &text);
            ours.clone_from(&BlinkString::from_str_in(&text, blink));
            model.clone_from(&text);
        }
        24 => {
            ours.make_ascii_uppercase();
            model.make_ascii_uppercase();
        }
        // Something behind the string.
        _ => _ = blink.copy_slice(&[0xff_u8; 20]),
    }
}

#[test]
fn random_operations_are_those_of_a_string_of_std() {
    for seed in 0..if cfg!(miri) { 2 } else { 60 } {
        let (blink, _) = arena();
        let mut random = Random::new(seed);
        let (mut ours, mut model) = (blink.string(), String::new());
        let mut kept = Vec::new();
        for _ in 0..if cfg!(miri) { 50 } else { 300 } {
            operate(&mut random, &blink, &mut ours, &mut model);
            assert_eq!(ours.as_str(), model);
            assert_utf8(&ours);
            if random.once_in(40) {
                let complete = mem::replace(&mut ours, blink.string());
                kept.push((complete.into_str(), mem::take(&mut model)));
            }
        }
        for (string, model) in kept {
            assert_eq!(*string, *model);
        }
    }
}

/// What there is after an operation that may panic, and what it returned.
fn ends<S: AsRef<str>, R>(mut string: S, f: impl FnOnce(&mut S) -> R) -> (String, Option<R>) {
    let result = catch_unwind(AssertUnwindSafe(|| f(&mut string))).ok();
    assert_utf8(string.as_ref());
    (string.as_ref().to_owned(), result)
}

/// Both operations end in the same way: with the same string and result, or with a panic that
/// leaves the string as it was.
#[track_caller]
fn same<'b, R: PartialEq + Debug>(
    blink: &'b Arena,
    text: &str,
    ours: impl FnOnce(&mut Ours<'b>) -> R,
    model: impl FnOnce(&mut String) -> R,
) {
    let ours = ends(BlinkString::from_str_in(text, blink), ours);
    let model = ends(String::from(text), model);
    assert_eq!(ours, model, "of {text:?}");
    assert!(ours.1.is_some() || ours.0 == text);
}

const TEXTS: [&str; 5] = ["", "a", "é", "aé€b", "\u{10ffff}-\u{80}"];

#[test]
fn panics_at_the_places_where_std_does() {
    let (blink, _) = arena();
    for text in TEXTS {
        for at in (0..text.len() + 3).chain([usize::MAX - 1, usize::MAX, isize::MAX as usize]) {
            same(&blink, text, |s| s.insert(at, 'é'), |s| s.insert(at, 'é'));
            same(&blink, text, |s| s.insert(at, 'a'), |s| s.insert(at, 'a'));
            same(
                &blink,
                text,
                |s| s.insert_str(at, "€a"),
                |s| s.insert_str(at, "€a"),
            );
            same(
                &blink,
                text,
                |s| s.insert_str(at, ""),
                |s| s.insert_str(at, ""),
            );
            same(&blink, text, |s| s.remove(at), |s| s.remove(at));
            same(&blink, text, |s| s.truncate(at), |s| s.truncate(at));
            same(
                &blink,
                text,
                |s| s.split_off(at).to_string(),
                |s| s.split_off(at),
            );
            let tries = |s: &mut Ours<'_>| s.try_insert_str(at, "é€").unwrap();
            same(&blink, text, tries, |s| s.insert_str(at, "é€"));
            same(&blink, text, |s| s[at..].len(), |s| s[at..].len());
        }
    }
}

#[test]
fn panics_at_the_ranges_where_std_does() {
    let (blink, _) = arena();
    for text in TEXTS {
        let places: Vec<_> = (0..text.len() + 2)
            .chain([usize::MAX - 1, usize::MAX])
            .collect();
        let bounds = places
            .iter()
            .flat_map(|&at| [Bound::Included(at), Bound::Excluded(at)]);
        let bounds: Vec<_> = bounds.chain([Bound::Unbounded]).collect();
        for &from in &bounds {
            for &to in &bounds {
                let range = (from, to);
                let drained = |s: &mut Ours<'_>| s.drain(range).collect::<String>();
                same(&blink, text, drained, |s| s.drain(range).collect());
                let backward = |s: &mut Ours<'_>| s.drain(range).rev().collect::<String>();
                same(&blink, text, backward, |s| s.drain(range).rev().collect());
                for by in ["", "x", "€€€€"] {
                    let replace = |s: &mut Ours<'_>| s.replace_range(range, by);
                    same(&blink, text, replace, |s| s.replace_range(range, by));
                }
            }
        }
        #[expect(clippy::reversed_empty_ranges, reason = "a mistake that is a panic")]
        same(&blink, text, |s| _ = s.drain(1..0), |s| _ = s.drain(1..0));
        same(
            &blink,
            text,
            |s| _ = s.drain(..=usize::MAX),
            |s| _ = s.drain(..=usize::MAX),
        );
        same(&blink, text, |s| _ = s.drain(..), |s| _ = s.drain(..));
    }
}

#[test]
fn a_range_that_changes_its_mind_is_asked_once() {
    /// Another start at each call.
    struct Fickle(std::cell::Cell<usize>, usize, usize);

    impl RangeBounds<usize> for Fickle {
        fn start_bound(&self) -> Bound<&usize> {
            let asked = self.0.replace(self.0.get() + 1);
            Bound::Included(if asked == 0 { &self.1 } else { &self.2 })
        }

        fn end_bound(&self) -> Bound<&usize> {
            Bound::Unbounded
        }
    }

    let (blink, _) = arena();
    let fickle = || Fickle(std::cell::Cell::new(0), 1, 2);
    let mut string = BlinkString::from_str_in("aéb", &blink);
    string.replace_range(fickle(), "€");
    assert_eq!(string, "a€");
    assert_utf8(&string);
    drop(string.drain(fickle()));
    assert_eq!(string, "a");
}

#[test]
fn retain_that_panics_keeps_what_it_was_not_asked_about() {
    let (blink, _) = arena();
    let text = "a-é-€-\u{10ffff}-b-é";
    for at in 0..text.chars().count() {
        for removed in ['-', 'é', 'x', '\u{10ffff}'] {
            let mut asked = 0;
            let keep = |character| {
                if asked == at {
                    drops::panic_as_planned();
                }
                asked += 1;
                character != removed
            };
            let mut string = BlinkString::from_str_in(text, &blink);
            assert!(drops::planned(|| string.retain(keep)));
            assert_utf8(&string);
            let places = text.chars().enumerate();
            let left = places.filter(|&(place, character)| place >= at || character != removed);
            assert_eq!(
                string,
                left.map(|(_, character)| character).collect::<String>()
            );
            string.push('!');
            assert_utf8(string.into_str());
        }
    }
}

#[test]
fn a_forgotten_drain_leaves_utf_8() {
    let (blink, _) = arena();
    let text = "aé€\u{10ffff}b";
    for start in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
        for end in (start..=text.len()).filter(|&at| text.is_char_boundary(at)) {
            for taken in 0..4 {
                let mut string = BlinkString::from_str_in(text, &blink);
                let mut drain = string.drain(start..end);
                for number in 0..taken {
                    let _ = if number % 2 == 0 {
                        drain.next()
                    } else {
                        drain.next_back()
                    };
                    assert_utf8(drain.as_str());
                }
                mem::forget(drain);
                assert_utf8(&string);
                assert_eq!(string, text[..start]);
                string.push('é');
                assert_eq!(string.into_str(), format!("{}é", &text[..start]).as_str());
            }
        }
    }
}

#[test]
fn a_panic_of_the_iterator_keeps_what_came_before() {
    let (blink, _) = arena();
    for at in 0..6 {
        let mut string = BlinkString::from_str_in("é", &blink);
        let characters = "€€€€€"
            .chars()
            .chain(['!'])
            .enumerate()
            .map(|(place, character)| {
                if place == at {
                    drops::panic_as_planned();
                }
                character
            });
        assert!(drops::planned(|| string.extend(characters)));
        assert_eq!(string, format!("é{}", "€".repeat(at)));
    }
}

/// Strings that have no room, whose base allocator panics when they ask for more.
fn without_room(f: impl Fn(&mut Ours<'_>)) {
    for room in 0..5 {
        let (blink, base) = arena();
        let mut string = BlinkString::with_capacity_in(8 + room, &blink);
        string.push_str("12345678");
        // No way to grow in place.
        blink.put_no_drop(1_u8);
        while blink.try_copy_slice(&[0_u8; 16]).is_some() && blink.allocator().stats().chunks() < 2
        {
        }
        base.refuse_all();
        while blink.try_copy_slice(&[0_u8]).is_some() {}
        base.obey();
        base.panic_after(0);
        assert!(drops::planned(|| f(&mut string)));
        base.obey();
        assert_utf8(&string);
        assert_eq!(string, "12345678", "{room} bytes of room");
    }
}

#[test]
fn push_is_all_or_nothing_where_the_base_allocator_panics() {
    without_room(|string| string.push_str("€€"));
    without_room(|string| *string += "\u{10ffff}\u{10ffff}");
    without_room(|string| string.extend(["€€"]));
    without_room(|string| {
        (0..5).for_each(|_| {
            string.push('é');
            string.pop();
            string.push_str("\u{10ffff}\u{10ffff}");
        });
    });
    without_room(|string| _ = string.try_push_str("€€"));
    without_room(|string| _ = write!(string, "€€"));
}

#[test]
fn insert_is_all_or_nothing_where_the_base_allocator_panics() {
    without_room(|string| string.insert_str(3, "€€"));
    without_room(|string| _ = string.try_insert_str(3, "€€"));
}

#[test]
fn replace_is_all_or_nothing_where_the_base_allocator_panics() {
    without_room(|string| string.replace_range(3..4, "€€€"));
    without_room(|string| string.replace_range(3.., "€€€€€"));
}

#[test]
fn clone_from_leaves_utf_8_where_the_base_allocator_panics() {
    let (blink, base) = arena();
    let source = BlinkString::from_str_in("1é€€€€€€€€€€€€", &blink);
    for len in 0..8 {
        let mut string = BlinkString::from_str_in(&"x".repeat(len), &blink);
        blink.put_no_drop(1_u8);
        base.refuse_all();
        while blink.try_copy_slice(&[0_u8]).is_some() {}
        base.obey();
        base.panic_after(0);
        assert!(drops::planned(|| string.clone_from(&source)));
        base.obey();
        assert_utf8(&string);
    }
}

#[test]
fn bytes_become_a_string_if_they_are_utf_8() {
    let (blink, _) = arena();
    let mut random = Random::new(7);
    for _ in 0..2000 {
        let mut bytes = some_text(&mut random, 8).into_bytes();
        for _ in 0..random.below(3) {
            let byte = random.number() as u8;
            match random.below(bytes.len() + 1) {
                at if at < bytes.len() => bytes[at] = byte,
                _ => bytes.push(byte),
            }
        }
        let expected = str::from_utf8(&bytes);
        let ours = BlinkVec::from_iter_in(bytes.iter().copied(), &blink);
        let first = ours.as_ptr();
        match BlinkString::from_utf8(ours) {
            Ok(string) => {
                assert_eq!((string.as_ptr(), &*string), (first, expected.unwrap()));
                assert_eq!(string.into_bytes(), bytes);
            }
            Err((back, error)) => {
                assert_eq!((back.as_ptr(), error), (first, expected.unwrap_err()));
                assert_eq!(back, bytes);
            }
        }
        let lossy = BlinkString::from_utf8_lossy_in(&bytes, &blink);
        assert_eq!(lossy, String::from_utf8_lossy(&bytes));
        assert_utf8(&lossy);
    }
}

#[test]
fn random_bytes_are_read_as_std_reads_them() {
    let (blink, _) = arena();
    let mut random = Random::new(8);
    for _ in 0..300 {
        // Those that begin, go on or are wrong, more often than others.
        let hostile = [
            0x80, 0xbf, 0xc0, 0xc3, 0xe0, 0xe2, 0xed, 0xa0, 0xf0, 0xf4, 0x90, 0xff, b'a',
        ];
        let bytes: Vec<u8> = (0..random.below(40))
            .map(|_| random.pick(&hostile))
            .collect();
        let lossy = BlinkString::from_utf8_lossy_in(&bytes, &blink);
        assert_eq!(lossy, String::from_utf8_lossy(&bytes));
        let units = [0x61, 0xe9, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xffff];
        let units: Vec<u16> = (0..random.below(6)).map(|_| random.pick(&units)).collect();
        let ours = BlinkString::from_utf16_in(&units, &blink);
        let expected: Result<String, _> = char::decode_utf16(units.iter().copied()).collect();
        match (ours, expected) {
            (Ok(ours), Ok(expected)) => assert_eq!(ours, expected),
            (Err(ours), Err(expected)) => assert_eq!(ours, expected),
            _ => panic!("not as std: {units:x?}"),
        }
    }
}

#[test]
fn what_is_refused_leaves_the_string_as_it_was() {
    for limit in 0..400 {
        let (blink, base) = arena();
        let Ok(mut string) = BlinkString::try_from_str_in("é", &blink) else {
            panic!("there is no limit yet");
        };
        let mut model = String::from("é");
        blink.allocator().set_limit(Some(limit));
        let mut random = Random::new(limit as u64);
        let mut refused = 0;
        while refused < 5 {
            let at = boundary(&mut random, &model);
            let text = some_text(&mut random, 60);
            let character = random.pick(&CHARACTERS);
            let done = match random.below(5) {
                0 => string.try_push(character).map(|()| model.push(character)),
                1 => string.try_push_str(&text).map(|()| model.push_str(&text)),
                2 => string
                    .try_insert_str(at, &text)
                    .map(|()| model.insert_str(at, &text)),
                3 => write!(string, "{text}")
                    .map(|()| model.push_str(&text))
                    .map_err(|_| allocator_api2::alloc::AllocError),
                _ => string.try_reserve(at),
            };
            refused += usize::from(done.is_err());
            assert_eq!(string, model);
            assert_utf8(&string);
        }
        assert!(base.live() <= limit.max(512 + 64));
    }
}

#[test]
fn sizes_without_a_layout_are_errors() {
    let (blink, _) = arena();
    let most = isize::MAX as usize;
    for size in [usize::MAX, usize::MAX - 1, most + 1, most, most - 1] {
        assert!(BlinkString::try_with_capacity_in(size, &blink).is_err());
        let mut string = BlinkString::from_str_in("é", &blink);
        assert!(string.try_reserve(size).is_err());
        assert_eq!(string, "é");
        if size > most {
            assert!(catch_unwind(AssertUnwindSafe(|| string.reserve(size))).is_err());
            let with_capacity = || drop(BlinkString::with_capacity_in(size, &blink));
            assert!(catch_unwind(AssertUnwindSafe(with_capacity)).is_err());
        }
    }
    blink.allocator().set_limit(Some(0));
    assert!(BlinkString::try_with_capacity_in(0, &blink).is_ok());
    assert!(BlinkString::try_from_str_in("", &blink).is_ok());
    let (blink, _) = arena();
    blink.allocator().set_limit(Some(0));
    assert!(BlinkString::try_from_str_in("a", &blink).is_err());
    assert!(BlinkString::try_with_capacity_in(1, &blink).is_err());
    assert!(blink.string().try_push('a').is_err());
}

#[test]
fn a_complete_string_lives_as_long_as_the_arena() {
    let (mut blink, base) = arena();
    for _ in 0..3 {
        let strings: Vec<&mut str> = (0..200)
            .map(|number| {
                let mut string = blink.string();
                write!(string, "number {number}").unwrap();
                string.into_str()
            })
            .collect();
        for (number, string) in strings.into_iter().enumerate() {
            assert_eq!(*string, *format!("number {number}"));
            string.make_ascii_uppercase();
        }
        blink.reset();
    }
    // Room that nobody needs goes back, that of an empty string too.
    let mut string = BlinkString::with_capacity_in(300, &blink);
    string.push_str("four");
    string.into_str();
    assert_eq!(
        blink.allocator().allocated_bytes(),
        blink_tests::taken(4, 1)
    );
    assert_eq!(BlinkString::with_capacity_in(200, &blink).into_str(), "");
    assert_eq!(
        blink.allocator().allocated_bytes(),
        blink_tests::taken(4, 1)
    );
    drop(blink);
    assert_eq!(base.live(), 0);
}

#[test]
fn strings_of_frames() {
    let mut blink = Blink::new();
    let mut frame = blink.as_frame();
    let mut list = frame.string();
    list.push_str("a");
    let list = list.into_str();
    let long = frame.scope(|frame| {
        let mut own = frame.string();
        own.extend([&*list, "b"]);
        let own = own.into_str();
        frame.scope(|frame| {
            let inner = BlinkString::from_str_in(own, &**frame) + "c";
            assert_eq!(inner, "abc");
        });
        list.make_ascii_uppercase();
        own.len()
    });
    assert_eq!((&*list, long), ("A", 2));
}

#[test]
fn strings_of_several_threads() {
    let mut blink = SyncBlink::new();
    for _ in 0..3 {
        let strings = thread::scope(|scope| {
            let workers = [1, 2, 3].map(|worker| {
                let blink = &*blink;
                scope.spawn(move || {
                    let numbers = (0..100).map(|number| {
                        let mut string = blink.string();
                        write!(string, "{worker}: {number:>number$}").unwrap();
                        &*string.into_str()
                    });
                    numbers.collect::<Vec<&str>>()
                })
            });
            workers.map(|worker| worker.join().unwrap())
        });
        for (worker, strings) in (1..).zip(strings) {
            for (number, string) in strings.into_iter().enumerate() {
                assert_eq!(string, format!("{worker}: {number:>number$}"));
            }
        }
        blink.reset();
    }
}

#[test]
fn a_string_is_compared_as_a_str() {
    let (one, other) = (Blink::new(), SyncBlink::new());
    let ours = BlinkString::from_str_in("bé", &one);
    let theirs = BlinkString::from_str_in("bé", &*other);
    let mut mutable = String::from("bé");

    macro_rules! equal {
        ($($other:expr),*) => {$(
            assert!(ours == $other && $other == ours && theirs == $other && $other == theirs);
            let less = BlinkString::from_str_in("b", &one);
            assert!(less != $other && $other != less);
        )*};
    }

    equal!(
        ours,
        theirs,
        *"bé",
        "bé",
        String::from("bé"),
        Cow::Borrowed("bé"),
        &mut *mutable
    );
    let less = BlinkString::from_str_in("a", &*other);
    assert_eq!(ours.partial_cmp(&less), Some(Ordering::Greater));
    assert_eq!(less.cmp(&theirs), Ordering::Less);
    assert!(less < ours && ours >= theirs);
    assert_eq!(
        format!("{ours}|{ours:?}|{ours:>4}|{ours:.1}"),
        "bé|\"bé\"|  bé|b"
    );
}

#[test]
fn a_string_is_a_key_that_a_str_finds() {
    let (blink, _) = arena();
    let (mut map, mut set) = (HashMap::new(), BTreeSet::new());
    for number in 0..50 {
        let mut key = blink.string();
        write!(key, "key {number}").unwrap();
        set.insert(key.clone());
        map.insert(key, number);
    }
    for number in 0..50 {
        assert_eq!(map.get(&*format!("key {number}")), Some(&number));
        assert!(set.contains(&*format!("key {number}")));
    }
    assert!(!map.contains_key("key") && !set.contains(""));
}

#[test]
fn a_string_is_used_as_a_str() {
    let (blink, _) = arena();
    let mut string = BlinkString::from_str_in("a/é.rs", &blink);
    assert_eq!(
        (&string[2..4], &string[..1], string.find('.')),
        ("é", "a", Some(4))
    );
    assert!(catch_unwind(AssertUnwindSafe(|| string[3..].len())).is_err());
    string[..1].make_ascii_uppercase();
    assert_eq!(AsRef::<str>::as_ref(&string), "A/é.rs");
    assert_eq!(AsRef::<[u8]>::as_ref(&string), "A/é.rs".as_bytes());
    assert_eq!(AsRef::<OsStr>::as_ref(&string), "A/é.rs");
    assert_eq!(AsRef::<Path>::as_ref(&string), Path::new("A/é.rs"));
    AsMut::<str>::as_mut(&mut string).make_ascii_lowercase();
    BorrowMut::<str>::borrow_mut(&mut string)[..1].make_ascii_uppercase();
    string.as_mut_str()[4..].make_ascii_uppercase();
    assert_eq!(Borrow::<str>::borrow(&string), "A/é.RS");
    assert_eq!(serde_json::to_string(&string).unwrap(), "\"A/é.RS\"");
    let bytes: BlinkVec<u8, _> = string.into();
    assert_eq!(bytes, "A/é.RS".as_bytes());
    let joined = BlinkString::from_iter_in(['é'; 3], &blink);
    assert_eq!(joined + "!", "ééé!");
    let vec = blink_vec![in &blink; b'o', b'k'];
    assert_eq!(BlinkString::from_utf8(vec).unwrap(), "ok");
}

#[test]
fn what_is_left_of_a_chunk_is_used_when_there_is_no_more() {
    let (blink, base) = arena();
    blink.put(0_u8);
    base.refuse_all();
    let room = blink.allocator().total_capacity() - blink.allocator().allocated_bytes();
    let mut string = BlinkString::new_in(&blink);
    while string.try_push('a').is_ok() {}
    // All but red zones.
    assert!(string.len() + 64 > room, "{} of {room} bytes", string.len());
}

#[test]
fn what_is_replaced_makes_room_for_what_replaces_it() {
    for behind in ["", "tail"] {
        let (blink, base) = arena();
        let mut string = BlinkString::from_str_in(&"é".repeat(20), &blink);
        string.push_str(behind);
        string.shrink_to_fit();
        blink.put(0_u8);
        let before = (string.as_ptr(), string.capacity());
        base.refuse_all();
        blink.allocator().set_limit(Some(0));
        string.replace_range(2..4, "xy");
        string.replace_range(..4, "€");
        string.try_replace_range(..3, "a").unwrap();
        assert_eq!((string.as_ptr(), string.capacity()), before);
        assert_eq!(*string, *format!("a{}{behind}", "é".repeat(18)));
        while string.try_insert(1, 'b').is_ok() {}
        assert_eq!(string.len(), string.capacity());
        assert!(string.try_replace_range(..1, "ab").is_err());
        assert!(string.starts_with("abbb"));
    }
}
