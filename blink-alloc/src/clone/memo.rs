//! What a copy remembers of shared values, so that each is copied once.
//!
//! Only pointers that are not the only one to their value come here: a tree needs no memo. The
//! key is the address and the type, because a value and its coercion to a slice have one address.
//! An entry holds a pointer to the value, or its address could be lent to another one while the
//! copy is made.

use core::{
    any::{TypeId, type_name},
    marker::PhantomData,
    mem,
    ptr::{self, NonNull},
    sync::atomic::AtomicPtr,
};

use alloc::{vec, vec::Vec};

use crate::clone::{
    BlinkCloneRef, BlinkWeak, CloneError, Cloner, cloner::sealed::Ours, held::Held, probe::probe,
    weak,
};

/// The shared values that were met.
pub struct Memo<'blink> {
    /// In the order in which they were met.
    entries: Vec<Entry<'blink>>,
    /// Where they are by their keys: the numbers of entries, counted from one, and zeroes. At least
    /// twice as many, and a power of two.
    slots: Vec<usize>,
    /// Invariant: what one cloner has entered another one reads only if its copies live for
    /// exactly the same time.
    lifetime: PhantomData<fn(&'blink ()) -> &'blink ()>,
}

/// The address of a shared value, and its type.
type Key = (usize, TypeId);

/// A shared value.
struct Entry<'blink> {
    key: Key,
    /// Keeps the value alive, and so its address.
    _held: Held,
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
            entries: Vec::new(),
            slots: Vec::new(),
            lifetime: PhantomData,
        }
    }
}

impl<'blink> Memo<'blink> {
    /// The entry of a value, which is made where there is none.
    fn entry<T: ?Sized + 'static>(
        &mut self,
        value: &T,
        hold: impl FnOnce() -> Held,
    ) -> &mut Entry<'blink> {
        let key = key(value);
        let at = match self.find(&key) {
            Some(at) => at,
            None => self.add(Entry {
                key,
                _held: hold(),
                state: State::Absent,
                slot: None,
            }),
        };
        &mut self.entries[at]
    }

    fn find(&self, key: &Key) -> Option<usize> {
        probe(hash(key), self.slots.len())
            .map_while(|slot| self.slots[slot].checked_sub(1))
            .find(|&at| self.entries[at].key == *key)
    }

    fn add(&mut self, entry: Entry<'blink>) -> usize {
        let at = self.entries.len();
        self.entries.push(entry);
        if self.slots.len() < 2 * self.entries.len() {
            self.slots = vec![0; (4 * at).max(64).next_power_of_two()];
            (0..=at).for_each(|at| self.index(at));
        } else {
            self.index(at);
        }
        at
    }

    /// Enters the number of an entry into the first free slot.
    fn index(&mut self, at: usize) {
        let mut slots = probe(hash(&self.entries[at].key), self.slots.len());
        if let Some(slot) = slots.find(|&slot| self.slots[slot] == 0) {
            self.slots[slot] = at + 1;
        }
    }

    fn set(&mut self, key: &Key, state: State) {
        // It is there: no entry is ever taken out.
        let Some(at) = self.find(key) else { return };
        let entry = &mut self.entries[at];
        entry.state = state;
        if let (Some(slot), State::Done(place)) = (entry.slot, state) {
            weak::fill(slot, place);
        }
    }
}

/// By the address alone: few values have one in common.
fn hash(key: &Key) -> u64 {
    key.0 as u64
}

fn key<T: ?Sized + 'static>(value: &T) -> Key {
    let address = ptr::from_ref(value).cast::<()>().addr();
    (address, TypeId::of::<T>())
}

/// Copies a shared value, or finds the copy. `hold` makes a pointer that keeps it alive.
pub(crate) fn shared<'blink, T, C>(
    value: &T,
    hold: impl FnOnce() -> Held,
    cx: &mut C,
) -> Result<&'blink T::Target, C::Error>
where
    T: BlinkCloneRef<'blink> + ?Sized + 'static,
    C: Cloner<'blink>,
{
    let entry = cx.memo(Ours(())).entry(value, hold);
    match entry.state {
        // SAFETY: only this function makes an entry done, for the type of its key, with the place of
        // a `&'blink T::Target` in the arena. What `T`, which is `'static`, becomes for `'blink` is
        // one type, and a memo is of exactly one `'blink` (I4).
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
    hold: impl FnOnce() -> Held,
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
            let memo = cx.memo(Ours(()));
            if let Some(at) = memo.find(&key(value)) {
                memo.entries[at].slot = Some(slot);
            }
            slot
        }
    };
    // SAFETY: `set` alone fills the slot, with the place of a `&'blink T::Target`, which stays for
    // `'blink`.
    Ok(unsafe { BlinkWeak::of(slot) })
}
