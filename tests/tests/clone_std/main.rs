//! Deep copies of the types of std, of allocator-api2 and of hashbrown: what they become, and
//! that it stays when the originals are gone.

mod errors;
mod hashed;
mod ordered;
mod pointers;
mod values;

use std::{
    cmp::Ordering,
    collections::{
        BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque,
        hash_map::RandomState,
    },
    hash::{Hash, Hasher},
    marker::PhantomData,
    sync::{Mutex, OnceLock},
};

use allocator_api2::vec::Vec as ApiVec;
use blink_alloc::{Blink, BlinkAlloc, BlinkClone, BlinkVec, Cloner};
use blink_tests::base::Base;

type Arena = Blink<BlinkAlloc<Base>>;

fn arena() -> (Arena, Base) {
    let base = Base::plain();
    (Blink::new_in(BlinkAlloc::new_in(base.clone())), base)
}

/// The copy of a value that is gone.
fn copy_of<'b, T: BlinkClone<'b>>(blink: &'b Arena, original: T) -> T::Cloned {
    blink.clone_in(&original)
}

/// A string that is copied in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Folded(&'static str);

impl<'blink> BlinkClone<'blink> for Folded {
    type Cloned = &'blink str;

    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<&'blink str, C::Error> {
        let text = cx.str(self.0)?;
        text.make_ascii_lowercase();
        Ok(text)
    }
}

/// A number whose copy is made by this function.
struct Turned<T>(u32, fn(u32) -> T);

impl<T> PartialEq for Turned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for Turned<T> {}

impl<T> PartialOrd for Turned<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Turned<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<T> Hash for Turned<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<'blink, T: 'blink> BlinkClone<'blink> for Turned<T> {
    type Cloned = T;

    fn blink_clone<C: Cloner<'blink>>(&self, _: &mut C) -> Result<T, C::Error> {
        Ok((self.1)(self.0))
    }
}

#[test]
fn what_is_empty_touches_no_chunk() {
    let (blink, base) = arena();

    macro_rules! empty {
        ($($value:expr),* $(,)?) => {$(
            _ = blink.clone_in(&$value);
            _ = blink.clone_in(&blink.clone_in(&$value));
        )*};
    }

    empty!(
        Vec::<String>::new(),
        ApiVec::<String>::new(),
        VecDeque::<String>::new(),
        VecDeque::<u8>::with_capacity(4),
        LinkedList::<String>::new(),
        BinaryHeap::<String>::new(),
        BTreeMap::<String, String>::new(),
        BTreeSet::<String>::new(),
        HashMap::<String, String>::with_capacity(9),
        HashSet::<String>::new(),
        hashbrown::HashMap::<String, u8, RandomState>::default(),
        hashbrown::HashSet::<u8, RandomState>::default(),
        String::new(),
        None::<Vec<u8>>,
        PhantomData::<str>,
        ..,
        [0_u64; 9],
    );
    _ = blink.clone_in(&BlinkVec::<String, _>::new_in(&blink));
    _ = blink.clone_in(&Mutex::new(Vec::<String>::new()));
    _ = blink.clone_in(&OnceLock::<String>::new());
    assert_eq!(blink.allocator().allocated_bytes(), 0);
    assert_eq!(base.calls(), 0);
}
