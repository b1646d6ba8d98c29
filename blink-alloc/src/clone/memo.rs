//! What a copy remembers of shared values, so that each is copied once.
//!
//! Only pointers that are not the only one to their value come here: a tree needs no memo. The
//! key is the address and the type, because a value and its coercion to a slice have one address.
//! An entry holds a pointer to the value, or its address could be lent to another one while the
//! copy is made.

use core::{
    any::{Any, TypeId, type_name},
    marker::PhantomData,
    mem,
    ptr::{self, NonNull},
    sync::atomic::AtomicPtr,
};

use alloc::{boxed::Box, collections::BTreeMap};

use crate::clone::{BlinkCloneRef, BlinkWeak, CloneError, Cloner, cloner::sealed::Ours, weak};

/// The shared values that were met.
pub struct Memo<'blink> {
    entries: BTreeMap<Key, Entry<'blink>>,
    /// Invariant: what one cloner has entered another one reads only if its copies live for
    /// exactly the same time.
    lifetime: PhantomData<fn(&'blink ()) -> &'blink ()>,
}

/// The address of a shared value, and its type.
type Key = (usize, TypeId);

/// A shared value.
struct Entry<'blink> {
    /// Keeps the value alive, and so its address.
    _held: Box<dyn Any>,
    state: State,
    /// What the weak pointers to the value look at, once there is one.
    slot: Option<&'blink AtomicPtr<()>>,
}

/// How far the copy of a value is.
#[derive(Clone, Copy)]
enum State {
    /// Not begun, or failed.
    Absent,
    /// What it consists of is being copied.
    Begun,
    /// Here is a `&'blink T::Target`, where `T` is the type of the key.
    Done(NonNull<()>),
}

impl Memo<'_> {
    pub(crate) const fn new() -> Self {
        Self {
            entries: BTreeMap::new(),
            lifetime: PhantomData,
        }
    }
}

impl<'blink> Memo<'blink> {
    /// The entry of a value.
    fn entry<T: ?Sized + 'static>(
        &mut self,
        value: &T,
        hold: impl FnOnce() -> Box<dyn Any>,
    ) -> &mut Entry<'blink> {
        self.entries.entry(key(value)).or_insert_with(|| Entry {
            _held: hold(),
            state: State::Absent,
            slot: None,
        })
    }

    fn set(&mut self, key: &Key, state: State) {
        let Some(entry) = self.entries.get_mut(key) else {
            return; // Not so: no entry is ever taken out.
        };
        entry.state = state;
        if let (Some(slot), State::Done(place)) = (entry.slot, state) {
            weak::fill(slot, place);
        }
    }
}

fn key<T: ?Sized + 'static>(value: &T) -> Key {
    let address = ptr::from_ref(value).cast::<()>().addr();
    (address, TypeId::of::<T>())
}

/// Copies a shared value, or finds the copy. `hold` makes a pointer that keeps it alive.
pub(crate) fn shared<'blink, T, C>(
    value: &T,
    hold: impl FnOnce() -> Box<dyn Any>,
    cx: &mut C,
) -> Result<&'blink T::Target, C::Error>
where
    T: BlinkCloneRef<'blink> + ?Sized + 'static,
    C: Cloner<'blink>,
{
    let entry = cx.memo(Ours(())).entry(value, hold);
    match entry.state {
        // SAFETY: a memo is `shared`'s alone, and what `T` becomes for `'blink` is one type: the
        // entry was made for it.
        State::Done(place) => return Ok(unsafe { *place.cast::<&'blink T::Target>().as_ref() }),
        State::Begun => return Err(cx.fail(CloneError::Cycle(type_name::<T>()))),
        State::Absent => entry.state = State::Begun,
    }
    let attempt = Attempt {
        cx,
        key: key(value),
        of: PhantomData,
    };
    let target = value.blink_clone_ref(attempt.cx)?;
    let place = NonNull::from(attempt.cx.put(target)?).cast();
    attempt.succeed(place);
    Ok(target)
}

/// The copy of a shared value that has begun. On an error or a panic it has not.
struct Attempt<'c, 'blink, C: Cloner<'blink>> {
    cx: &'c mut C,
    key: Key,
    of: PhantomData<&'blink ()>,
}

impl<'blink, C: Cloner<'blink>> Attempt<'_, 'blink, C> {
    fn succeed(self, place: NonNull<()>) {
        self.cx.memo(Ours(())).set(&self.key, State::Done(place));
        mem::forget(self);
    }
}

impl<'blink, C: Cloner<'blink>> Drop for Attempt<'_, 'blink, C> {
    fn drop(&mut self) {
        self.cx.memo(Ours(())).set(&self.key, State::Absent);
    }
}

/// The weak pointer of the copy to a shared value: all of them look at one slot, which is filled
/// when the value has been copied.
pub(crate) fn weak<'blink, T, C>(
    value: &T,
    hold: impl FnOnce() -> Box<dyn Any>,
    cx: &mut C,
) -> Result<BlinkWeak<'blink, T::Target>, C::Error>
where
    T: BlinkCloneRef<'blink> + ?Sized + 'static,
    C: Cloner<'blink>,
{
    let entry = cx.memo(Ours(())).entry(value, hold);
    let slot = match (entry.slot, entry.state) {
        (Some(slot), _) => slot,
        (None, state) => {
            let slot: &AtomicPtr<()> = cx.put(AtomicPtr::new(ptr::null_mut()))?;
            if let State::Done(place) = state {
                weak::fill(slot, place);
            }
            if let Some(entry) = cx.memo(Ours(())).entries.get_mut(&key(value)) {
                entry.slot = Some(slot);
            }
            slot
        }
    };
    // SAFETY: `shared` fills the slot with the place of a `&'blink T::Target`.
    Ok(unsafe { BlinkWeak::of(slot) })
}
