//! How deep copies go: as far as they are told, and never beyond the stack.

use blink_alloc::{Blink, BlinkClone, CloneError, Cloner};

use crate::List;

/// Panics unless the copy is that of the list.
fn assert_same(mut list: &List, mut copy: &crate::ListRef<'_>) {
    while let Some(next) = &list.next {
        assert_eq!(list.id, copy.id);
        list = next;
        copy = copy.next.unwrap();
    }
    assert_eq!(list.id, copy.id);
    assert!(copy.next.is_none());
}

#[test]
fn as_many_pointers_as_told_are_followed() {
    let mut blink = Blink::new();
    for limit in [0, 1, 2, 17, 100] {
        for pointers in limit.max(2) - 2..limit + 3 {
            let list = List::of(pointers);
            match blink.try_clone_in_to_depth(&list, limit) {
                Ok(copy) if pointers <= limit => assert_same(&list, &copy),
                Err(CloneError::Depth(name)) if pointers > limit => {
                    assert!(name.contains("List"));
                }
                _ => panic!("{pointers} pointers to the depth of {limit}"),
            }
            blink.scope(|frame| {
                let copy = frame.try_clone_in_to_depth(&list, limit);
                assert_eq!(copy.is_ok(), pointers <= limit);
            });
        }
    }
}

/// The depth is that of the place, whatever was copied before it.
#[test]
fn what_comes_back_does_not_count() {
    let blink = Blink::new();
    let lists: Vec<_> = (0..50).map(|index| List::of(index % 10)).collect();
    assert!(blink.try_clone_in_to_depth(&lists, 10).is_ok());
    assert!(blink.try_clone_in_to_depth(&lists, 9).is_err());
    let result = blink.try_clone_in_to_depth(&(&lists, &lists[..]), 10);
    assert!(result.is_err());
}

/// An implementation that goes on after an error has the depth that it had.
#[test]
fn an_error_below_does_not_count() {
    struct Patient(Vec<List>);

    impl<'blink> BlinkClone<'blink> for Patient {
        type Cloned = usize;

        fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<usize, C::Error> {
            let copies = self.0.iter().map(|list| list.blink_clone(cx).is_ok());
            Ok(copies.filter(|done| *done).count())
        }
    }

    let blink = Blink::new();
    let lists = [30, 20, 21, 40, 20, 5].map(List::of);
    let copied = blink.try_clone_in_to_depth(&Patient(lists.into()), 20);
    assert_eq!(copied, Ok(3));
}

/// Each pointer to something large takes more of the depth.
#[test]
fn large_values_count_more() {
    let blink = Blink::new();
    let follows = |depth| {
        let small = blink.try_clone_in_to_depth(&Box::new([1_u8; 8]), depth);
        let large = blink.try_clone_in_to_depth(&Box::new([1_u8; 10_000]), depth);
        (small.is_ok(), large.is_ok())
    };
    assert_eq!(follows(0), (false, false));
    assert_eq!(follows(1), (true, false));
    assert_eq!(follows(1000), (true, true));
}

#[test]
#[cfg(not(feature = "deep"))]
fn a_long_list_is_an_error() {
    let list = List::of(1_000_000);
    let blink = Blink::new();
    let result = blink.try_clone_in(&list).map(|_| ());
    assert!(matches!(result, Err(CloneError::Depth(_))));
}

/// Lists whose nodes take much stack: each is longer than any copy goes, and the error comes
/// before the stack ends.
#[cfg(not(feature = "deep"))]
mod stacks {
    use std::{
        cell::RefCell,
        panic::{AssertUnwindSafe, catch_unwind},
        rc::Rc,
        thread,
    };

    use super::*;

    /// Bytes of a stack that nobody has asked for more of.
    const STACK: usize = 2 << 20;
    /// Pointers in a list that is too long.
    const TOO_MANY: usize = 5000;

    /// A list that can be made longer.
    trait Chain: Sized + for<'blink> BlinkClone<'blink> {
        fn new(next: Option<Self>) -> Self;
        fn take(&mut self) -> Option<Self>;
    }

    /// Copies an endless list where there is no more stack than usual.
    fn check<T: Chain + 'static>() {
        let small = thread::Builder::new().stack_size(STACK);
        let thread = small.spawn(|| {
            let mut list = T::new(None);
            for _ in 0..TOO_MANY {
                list = T::new(Some(list));
            }
            let blink = Blink::new();
            let result = blink.try_clone_in(&list).map(drop);
            assert!(matches!(result, Err(CloneError::Depth(_))), "{result:?}");
            catch_unwind(AssertUnwindSafe(|| drop(blink.clone_in(&list)))).unwrap_err();
            let mut next = list.take();
            while let Some(mut list) = next {
                next = list.take();
            }
        });
        thread.unwrap().join().unwrap();
    }

    /// Declares a list, whose nodes have some bytes, and the test of it. Other fields than `next`
    /// have a value by default.
    macro_rules! chain {
        (
            $test:ident, { $($field:ident: $type:ty = $copy:ty),* }, $next:ty = $next_copy:ty,
            $link:expr, $unlink:expr
        ) => {
            #[test]
            fn $test() {
                struct List<const N: usize> {
                    bytes: [u8; N],
                    $($field: $type,)*
                    next: Option<$next>,
                }

                #[expect(dead_code)]
                struct ListRef<'blink, const N: usize> {
                    bytes: [u8; N],
                    $($field: $copy,)*
                    next: Option<$next_copy>,
                }

                impl<'blink, const N: usize> BlinkClone<'blink> for List<N> {
                    type Cloned = ListRef<'blink, N>;

                    fn blink_clone<C: Cloner<'blink>>(
                        &self,
                        cx: &mut C,
                    ) -> Result<Self::Cloned, C::Error> {
                        Ok(ListRef {
                            bytes: self.bytes.blink_clone(cx)?,
                            $($field: self.$field.blink_clone(cx)?,)*
                            next: self.next.blink_clone(cx)?,
                        })
                    }
                }

                impl<const N: usize> Chain for List<N> {
                    fn new(next: Option<Self>) -> Self {
                        Self {
                            bytes: [0; N],
                            $($field: Default::default(),)*
                            next: next.map($link),
                        }
                    }

                    fn take(&mut self) -> Option<Self> {
                        self.next.take().map($unlink)
                    }
                }

                check::<List<0>>();
                check::<List<48>>();
                check::<List<112>>();
                check::<List<240>>();
                check::<List<1000>>();
            }
        };
    }

    chain!(boxes, {}, Box<Self> = &'blink Self, Box::new, |next| *next);
    chain!(vectors, {}, Vec<Self> = &'blink [Self], |next| vec![next], |mut next| next.remove(0));
    chain!(references, {}, Rc<Self> = &'blink Self, Rc::new, unwrap_rc);
    chain!(cells, {}, Rc<RefCell<Option<Rc<Self>>>> = &'blink RefCell<Option<&'blink Self>>,
        |next| Rc::new(RefCell::new(Some(Rc::new(next)))),
        |next| unwrap_rc(next.take().unwrap()));
    chain!(shapes, {}, Box<(u8, [Option<Result<Box<Self>, u64>>; 2])>
        = &'blink (u8, [Option<Result<&'blink Self, u64>>; 2]),
        |next| Box::new((1, [None, Some(Ok(Box::new(next)))])),
        |mut next| *next.1[1].take().unwrap().ok().unwrap());
    chain!(arrays, {}, Box<[Vec<Self>; 1]> = &'blink [&'blink [Self]; 1],
        |next| Box::new([vec![next]]),
        |mut next| next[0].remove(0));
    chain!(fields, {
        a: (String, String, String, String) = (&'blink str, &'blink str, &'blink str, &'blink str),
        b: (Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>)
            = (&'blink [u8], &'blink [u8], &'blink [u8], &'blink [u8]),
        c: [Option<String>; 8] = [Option<&'blink str>; 8],
        d: Option<(u64, Box<(String, u8)>)> = Option<(u64, &'blink (&'blink str, u8))>
    }, Box<Self> = &'blink Self, Box::new, |next| *next);

    fn unwrap_rc<T>(rc: Rc<T>) -> T {
        Rc::try_unwrap(rc).ok().unwrap()
    }
}
