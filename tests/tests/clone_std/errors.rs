//! Locks and borrows that are in the way, memory that runs out, pointers that lead too deep.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap, HashSet, VecDeque},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Mutex, RwLock},
    thread,
};

use blink_alloc::{BlinkClone, BlinkHashedMap, BlinkOrderedMap, CloneError, Cloner};
use blink_tests::drops::{panic_as_planned, planned};

use crate::arena;

/// Panics when it is copied.
struct Bomb;

impl<'blink> BlinkClone<'blink> for Bomb {
    type Cloned = ();

    fn blink_clone<C: Cloner<'blink>>(&self, _: &mut C) -> Result<(), C::Error> {
        panic_as_planned()
    }
}

#[test]
fn what_is_in_a_lock_is_copied_without_it() {
    let (blink, _) = arena();
    let (mutex, lock) = (
        Mutex::new(String::from("a")),
        RwLock::new(String::from("b")),
    );
    let reader = lock.read().unwrap();
    let copies: (&str, &str) = (blink.clone_in(&mutex), blink.clone_in(&lock));
    assert_eq!(*reader, copies.1);
    drop(reader);
    // Neither is locked any more.
    mutex.try_lock().unwrap().push('!');
    lock.try_write().unwrap().push('!');
    assert_eq!(copies, ("a", "b"));
}

#[test]
fn a_poisoned_lock_is_an_error() {
    let (blink, _) = arena();
    let (mutex, lock) = (Mutex::new(1_u64), RwLock::new("text"));
    for cleared in [false, true] {
        assert!(planned(|| {
            let _guards = (mutex.lock(), lock.write());
            panic_as_planned();
        }));
        assert_eq!(blink.try_clone_in(&mutex), Err(CloneError::Poisoned("u64")));
        assert_eq!(blink.try_clone_in(&lock), Err(CloneError::Poisoned("&str")));
        let list = vec![Ok(&mutex), Err(&lock)];
        assert_eq!(blink.try_clone_in(&list), Err(CloneError::Poisoned("u64")));
        assert!(catch_unwind(AssertUnwindSafe(|| blink.clone_in(&lock))).is_err());
        mutex.clear_poison();
        lock.clear_poison();
        assert_eq!(blink.try_clone_in(&mutex), Ok(1), "{cleared}");
        assert_eq!(blink.try_clone_in(&lock), Ok("text"));
    }
}

#[test]
fn a_copy_that_panics_poisons_what_may_be_written() {
    let (blink, _) = arena();
    let (mutex, lock) = (Mutex::new(Bomb), RwLock::new(Bomb));
    assert!(planned(|| blink.clone_in(&mutex)));
    assert!(planned(|| blink.clone_in(&lock)));
    assert!(mutex.is_poisoned() && !lock.is_poisoned());
    // An error is no panic, and leaves no lock behind.
    let mutex = Mutex::new(Box::new(Box::new(1)));
    let deep = blink.try_clone_in_to_depth(&mutex, 1);
    assert_eq!(deep, Err(CloneError::Depth("i32")));
    assert!(mutex.try_lock().is_ok());
}

#[test]
fn what_is_borrowed_mutably_is_an_error() {
    let (blink, _) = arena();
    let map = BTreeMap::from([(1, RefCell::new(String::from("text")))]);
    let mut borrowed = map[&1].borrow_mut();
    let error = CloneError::Borrowed("alloc::string::String");
    assert_eq!(blink.try_clone_in(&map), Err(error));
    borrowed.push('!');
    drop(borrowed);
    let _shared = map[&1].borrow();
    let copy = blink.clone_in(&map);
    assert_eq!(*copy[&1].borrow(), "text!");
}

#[test]
fn memory_that_runs_out_is_an_error() {
    let map: HashMap<_, _> = (0..50).map(|n| (n.to_string(), vec![n; 9])).collect();
    let set: HashSet<_> = map.keys().cloned().collect();
    let tree: BTreeMap<_, _> = map.clone().into_iter().collect();
    let everything = (map, set, tree);
    let mut failures = 0;
    for room in (0..).step_by(100) {
        let (blink, _) = arena();
        blink.allocator().set_limit(Some(room));
        match blink.try_clone_in(&everything) {
            Err(error) => assert_eq!(error, CloneError::Alloc),
            Ok((map, set, tree)) => {
                let lens = (map.len(), set.len(), tree.len());
                assert_eq!(lens, (50, 50, 50));
                break;
            }
        }
        failures += 1;
    }
    assert!(failures > 10, "{failures}");
}

#[test]
fn maps_are_pointers_that_are_followed() {
    let (blink, _) = arena();
    let nested = BTreeMap::from([(1, HashMap::from([(2, vec![String::from("text")])]))]);
    let too_deep = |result: Result<_, _>| matches!(result, Err(CloneError::Depth(_)));
    assert!(too_deep(
        blink.try_clone_in_to_depth(&nested, 0).map(|_| ())
    ));
    assert!(too_deep(
        blink.try_clone_in_to_depth(&nested, 2).map(|_| ())
    ));
    let copy = blink.try_clone_in_to_depth(&nested, 4).unwrap();
    assert_eq!(copy[&1][&2], ["text"]);
}

/// A chain through a kind of map each.
enum Chain {
    End,
    Hashed(HashMap<String, Chain>),
    Ordered(BTreeMap<String, Chain>),
    Locked(VecDeque<Mutex<Option<Chain>>>),
}

/// The copy of it.
enum Copied<'b> {
    End,
    Hashed(BlinkHashedMap<'b, &'b str, Copied<'b>>),
    Ordered(BlinkOrderedMap<'b, &'b str, Copied<'b>>),
    Locked(&'b [Option<Copied<'b>>]),
}

impl<'b> BlinkClone<'b> for Chain {
    type Cloned = Copied<'b>;

    fn blink_clone<C: Cloner<'b>>(&self, cx: &mut C) -> Result<Copied<'b>, C::Error> {
        Ok(match self {
            Self::End => Copied::End,
            Self::Hashed(map) => Copied::Hashed(map.blink_clone(cx)?),
            Self::Ordered(map) => Copied::Ordered(map.blink_clone(cx)?),
            Self::Locked(list) => Copied::Locked(list.blink_clone(cx)?),
        })
    }
}

/// A chain of so many of one kind, or of all.
fn chain(links: usize, kind: Option<usize>) -> Chain {
    (0..links).fold(Chain::End, |rest, link| {
        let name = link.to_string();
        match kind.unwrap_or(link) % 3 {
            0 => Chain::Hashed(HashMap::from([(name, rest)])),
            1 => Chain::Ordered(BTreeMap::from([(name, rest)])),
            _ => Chain::Locked(VecDeque::from([Mutex::new(Some(rest))])),
        }
    })
}

fn links(mut chain: &Copied<'_>) -> usize {
    let mut links = 0;
    loop {
        chain = match chain {
            Copied::End => return links,
            Copied::Hashed(map) => map.values().next().unwrap(),
            Copied::Ordered(map) => map.values().next().unwrap(),
            Copied::Locked(list) => list[0].as_ref().unwrap(),
        };
        links += 1;
    }
}

#[test]
fn chains_as_long_as_are_followed_fit_the_stack() {
    // Checkers take more of it.
    let size = if blink_tests::CHECKED { 16 } else { 2 } << 20;
    let follow = || {
        for kind in [Some(0), Some(1), Some(2), None] {
            let (blink, _) = arena();
            let mut longest = 0;
            let error = loop {
                match blink.try_clone_in(&chain(longest + 1, kind)) {
                    Ok(copy) => longest = links(&copy),
                    Err(error) => break error,
                }
            };
            assert!(matches!(error, CloneError::Depth(_)));
            assert!(longest >= 200, "{longest} links of {kind:?}");
            assert_eq!(links(&blink.clone_in(&chain(longest, kind))), longest);
        }
    };
    let thread = thread::Builder::new().stack_size(size).spawn(follow);
    thread.unwrap().join().unwrap();
}
