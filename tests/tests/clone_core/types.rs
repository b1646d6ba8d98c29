//! What the compiler knows of copies: lifetimes that may be shortened, threads they may go to.

use std::{
    cell::Cell,
    marker::PhantomData,
    rc::{self, Rc},
    sync::{Arc, Mutex, MutexGuard},
    thread,
};

use blink_alloc::{Blink, BlinkClone, BlinkWeak, CloneError, Cloner, SendBlink, SyncBlink};

use crate::{ListRef, Tree, TreeRef};

/// Has the constants below for every type, and first those of its own, which say that the type
/// has the trait.
struct Probe<T: ?Sized>(PhantomData<T>);

impl<T: ?Sized + Send> Probe<T> {
    const SEND: bool = true;
}

impl<T: ?Sized + Sync> Probe<T> {
    const SYNC: bool = true;
}

trait Otherwise {
    const SEND: bool = false;
    const SYNC: bool = false;
}

impl<T: ?Sized> Otherwise for Probe<T> {}

macro_rules! found {
    ($type:ty) => {
        (<Probe<$type>>::SEND, <Probe<$type>>::SYNC)
    };
}

/// As a shared reference.
#[test]
fn threads_of_weak_pointers() {
    let (both, none) = ((true, true), (false, false));
    assert_eq!(found!(BlinkWeak<'static, u8>), both);
    assert_eq!(found!(BlinkWeak<'static, Mutex<u8>>), both);
    assert_eq!(found!(BlinkWeak<'static, str>), both);
    assert_eq!(found!(BlinkWeak<'static, MutexGuard<'static, u8>>), both);
    assert_eq!(found!(BlinkWeak<'static, Cell<u8>>), none);
    assert_eq!(found!(BlinkWeak<'static, Rc<u8>>), none);
    assert_eq!(found!(BlinkWeak<'static, [Cell<u8>]>), none);
    assert_eq!(found!(BlinkWeak<'static, BlinkWeak<'static, Rc<u8>>>), none);
    assert_eq!(found!(CloneError), both);
    assert_eq!(size_of::<BlinkWeak<'static, [u8]>>(), size_of::<usize>());
}

/// These compile.
mod shortened {
    use super::*;

    fn weak<'short>(
        weak: BlinkWeak<'static, &'static str>,
        _: &'short str,
    ) -> BlinkWeak<'short, &'short str> {
        weak
    }

    fn weak_by_reference<'a, 'short: 'a>(
        weak: &'a BlinkWeak<'static, [&'static str]>,
        _: &'short str,
    ) -> &'a BlinkWeak<'short, [&'short str]> {
        weak
    }

    fn copies<'short>(
        list: ListRef<'static>,
        tree: &'static TreeRef<'static>,
        _: &'short str,
    ) -> (ListRef<'short>, TreeRef<'short>) {
        let TreeRef { name, children } = *tree;
        (list, TreeRef { name, children })
    }

    #[test]
    fn and_still_found() {
        let memory = Box::into_raw(Box::new(Blink::new()));
        // SAFETY: freed at the end.
        let blink: &'static Blink = unsafe { &*memory };
        let owner = Rc::new("text");
        let (long, strong): (BlinkWeak<'static, &'static str>, _) =
            blink.clone_in(&(Rc::downgrade(&owner), owner));
        let local = String::from("local");
        let short = weak(long, &local);
        assert!(core::ptr::eq(short.upgrade().unwrap(), strong));
        // A slot may be a local one's from now on.
        let mut either = short;
        assert_eq!(either.upgrade(), Some(&"text"));
        either = BlinkWeak::new();
        assert!(either.upgrade().is_none());
        assert!(
            weak_by_reference(&BlinkWeak::new(), &local)
                .upgrade()
                .is_none()
        );
        let list = ListRef { id: 1, next: None };
        let tree: &'static TreeRef<'static> = &TreeRef {
            name: "",
            children: &[],
        };
        assert_eq!(copies(list, tree, &local).0.id, 1);
        // SAFETY: nobody uses what is in it any more.
        drop(unsafe { Box::from_raw(memory) });
    }
}

/// A copy made for `'static` has the arena for good.
#[test]
fn copies_go_to_other_threads() {
    let blink = SyncBlink::new();
    let text = Arc::new(String::from("shared"));
    let graph = (Arc::downgrade(&text), text.clone(), vec![text.clone(); 3]);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..if cfg!(miri) { 2 } else { 100 } {
                    let (weak, strong, more) = blink.clone_in(&graph);
                    let found = scope.spawn(move || weak.upgrade().unwrap());
                    assert!(core::ptr::eq(found.join().unwrap(), strong));
                    assert!(more.iter().all(|other| core::ptr::eq(*other, strong)));
                    assert_eq!(**strong, *"shared");
                    if cfg!(miri) {
                        break;
                    }
                }
            });
        }
    });
    assert_eq!(Arc::strong_count(&text), 5);
}

/// Counts that other threads change are no more than a hint.
#[test]
fn counts_change_meanwhile() {
    let blink = SyncBlink::new();
    let text = Arc::new(String::from("shared"));
    let all = [&text, &text, &text];
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..if cfg!(miri) { 10 } else { 5000 } {
                    drop((text.clone(), Arc::downgrade(&text)));
                }
            });
        }
        for _ in 0..if cfg!(miri) { 10 } else { 1000 } {
            assert_eq!(blink.clone_in(&all), [&&"shared"; 3]);
        }
    });
}

/// A copy need not be `Send`, and the adaptor that has it goes elsewhere all the same.
#[test]
fn copies_that_stay_where_they_are() {
    let mut blink = SendBlink::new(Blink::new());
    let cells = Rc::new(Cell::new(1));
    let copies = blink.clone_in(&[cells.clone(), cells]);
    copies[0].set(2);
    assert_eq!(copies[1].get(), 2);
    let blink = thread::spawn(move || {
        blink.reset();
        blink
    });
    drop(blink.join().unwrap());
}

/// The lifetime of a copy is that of its frame, or longer where it has nothing of it.
#[test]
fn what_outlives_the_frame() {
    let mut blink = Blink::new();
    let tree = Tree::of(2, 2);
    let (number, name) = blink.scope(|frame| {
        let copy = frame.clone_in(&(7, &tree));
        (copy.0, copy.1.name.len())
    });
    assert_eq!((number, name), (7, 4));
    let weak: rc::Weak<u8> = rc::Weak::new();
    assert!(blink.clone_in(&weak).upgrade().is_none());
}

/// A copy for any lifetime is asked for by a bound.
#[test]
fn generic_code() {
    fn twice<'a, T: BlinkClone<'a>>(blink: &'a Blink, value: &T) -> [T::Cloned; 2] {
        [blink.clone_in(value), blink.try_clone_in(value).unwrap()]
    }

    struct Pair<T>(T, T);

    impl<'blink, T: BlinkClone<'blink>> BlinkClone<'blink> for Pair<T> {
        type Cloned = Pair<T::Cloned>;

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
            Ok(Pair(self.0.blink_clone(cx)?, self.1.blink_clone(cx)?))
        }
    }

    let blink = Blink::new();
    let [Pair(a, b), Pair(c, d)] = twice(&blink, &Pair(vec![1], vec![2]));
    assert_eq!([a, b, c, d], [[1], [2], [1], [2]]);
}
