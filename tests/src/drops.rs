//! Values that count how often they are dropped, and panic when told to.
//!
//! Counts belong to the thread, and so to the test: values without bytes have no place for a
//! pointer to a counter.

use std::{
    cell::RefCell,
    mem,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    rc::Rc,
};

#[derive(Default)]
struct Log {
    made: usize,
    order: Vec<u32>,
    /// Drops until one panics.
    fuse: Option<usize>,
}

/// What names clones.
type Namer = Rc<dyn Fn() -> u32>;

thread_local! {
    static LOG: RefCell<Log> = RefCell::default();
    static NAMER: RefCell<Option<Namer>> = RefCell::default();
}

/// The id of values without bytes.
pub const NO_ID: u32 = u32::MAX;

/// A value that counts. Its clones have its id, or what [`naming_clones`] says.
pub trait Counted: Clone + Sized + 'static {
    /// Whether values know which they are.
    const HAS_ID: bool = size_of::<Self>() > 0;

    /// A new value, counted.
    fn new(id: u32) -> Self;

    /// What it was made with, or [`NO_ID`]. Panics if the value is damaged or misaligned.
    fn id(&self) -> u32;
}

/// Forgets all counts.
pub fn restart() {
    LOG.take();
}

/// Values made since the last restart.
#[must_use]
pub fn made() -> usize {
    LOG.with_borrow(|log| log.made)
}

/// Values dropped since the last restart.
#[must_use]
pub fn dropped() -> usize {
    LOG.with_borrow(|log| log.order.len())
}

/// The ids in the order of their drops; empties the record of it.
#[must_use]
pub fn order() -> Vec<u32> {
    LOG.with_borrow_mut(|log| mem::take(&mut log.order))
}

/// The ids in the order of their drops, from the n-th drop on.
#[must_use]
pub fn order_from(n: usize) -> Vec<u32> {
    LOG.with_borrow(|log| log.order[n..].to_vec())
}

/// Panics unless as many values were dropped as were made.
#[track_caller]
pub fn assert_counts() {
    assert_eq!(dropped(), made(), "values dropped of those made");
}

/// Panics unless every value made was dropped once. Their ids differ.
#[track_caller]
pub fn assert_all_dropped() {
    assert_counts();
    let mut ids = LOG.with_borrow(|log| log.order.clone());
    ids.retain(|&id| id != NO_ID);
    ids.sort_unstable();
    assert!(
        ids.windows(2).all(|pair| pair[0] != pair[1]),
        "a value was dropped twice"
    );
}

/// After `after` more drops one panics, once.
pub fn panic_after(after: usize) {
    LOG.with_borrow_mut(|log| log.fuse = Some(after));
}

/// Runs `f`. Clones that are made meanwhile have ids from `namer`, which may panic or make
/// values itself.
pub fn naming_clones<R>(namer: Namer, f: impl FnOnce() -> R) -> R {
    struct Restore(Option<Namer>);

    impl Drop for Restore {
        fn drop(&mut self) {
            NAMER.set(self.0.take());
        }
    }

    let _restore = Restore(NAMER.replace(Some(namer)));
    f()
}

/// The id of the next clone of a value.
fn name_clone(id: u32) -> u32 {
    let namer = NAMER.with_borrow(Option::clone);
    namer.map_or(id, |namer| namer())
}

/// What planned panics carry.
struct Planned;

/// Panics in the way that [`planned`] expects, without a message.
pub fn panic_as_planned() -> ! {
    resume_unwind(Box::new(Planned))
}

/// Runs `f`; whether it ended by a planned panic. Other panics go on.
pub fn planned(f: impl FnOnce()) -> bool {
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(()) => false,
        Err(payload) if payload.is::<Planned>() => true,
        Err(payload) => resume_unwind(payload),
    }
}

fn count_made() {
    LOG.with_borrow_mut(|log| log.made += 1);
}

fn count_dropped(id: u32) {
    let panics = LOG.with_borrow_mut(|log| {
        log.order.push(id);
        let due = log.fuse == Some(0);
        log.fuse = log.fuse.and_then(|after| after.checked_sub(1));
        due
    });
    if panics {
        panic_as_planned();
    }
}

/// What values with bytes hold: a block of the heap, which a leak checker would miss, and a
/// check value.
struct Body {
    id: Box<u32>,
    check: u32,
}

impl Body {
    fn new(id: u32) -> Self {
        Self {
            id: Box::new(id),
            check: !id,
        }
    }

    fn id(&self) -> u32 {
        assert_eq!(self.check, !*self.id, "a damaged value");
        *self.id
    }
}

macro_rules! counted {
    ($(#[$attribute:meta])* $name:ident { $($field:ident: $type:ty = $value:expr),* }, $id:expr) => {
        $(#[$attribute])*
        pub struct $name {
            $($field: $type,)*
        }

        impl Counted for $name {
            fn new(id: u32) -> Self {
                count_made();
                let make: fn(u32) -> Self = |_id| Self { $($field: $value(_id),)* };
                make(id)
            }

            fn id(&self) -> u32 {
                let addr = (&raw const *self).addr();
                assert_eq!(addr % align_of::<Self>(), 0, "a misaligned value");
                let id: fn(&Self) -> u32 = $id;
                id(self)
            }
        }

        impl Clone for $name {
            fn clone(&self) -> Self {
                Self::new(name_clone(self.id()))
            }
        }

        impl Drop for $name {
            fn drop(&mut self) {
                count_dropped(self.id());
            }
        }
    };
}

counted!(
    /// No bytes.
    Nothing {}, |_| NO_ID
);
counted!(
    /// No bytes, and a large alignment.
    #[repr(align(64))]
    WideNothing {}, |_| NO_ID
);
counted!(
    /// One byte, so that slices of it have odd lengths.
    Byte { id: u8 = |id| id as u8 }, |this| u32::from(this.id)
);
counted!(
    /// Two words.
    Word { body: Body = Body::new }, |this| this.body.id()
);
counted!(
    /// A large alignment.
    #[repr(align(64))]
    Wide { body: Body = Body::new }, |this| this.body.id()
);
counted!(
    /// Too large for registers.
    Large { body: Body = Body::new, rest: [u32; 250] = |id| [id; 250] }, |this| {
        let id = this.body.id();
        assert!(this.rest == [id; 250], "a damaged value");
        id
    }
);

/// Calls a function that is generic over [`Counted`] with every such type.
#[macro_export]
macro_rules! every_counted {
    ($check:ident) => {
        $check::<$crate::drops::Nothing>();
        $check::<$crate::drops::WideNothing>();
        $check::<$crate::drops::Byte>();
        $check::<$crate::drops::Word>();
        $check::<$crate::drops::Wide>();
        $check::<$crate::drops::Large>();
    };
}
