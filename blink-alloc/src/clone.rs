//! Deep copies into an arena: the trait, and how a copy begins.
//!
//! A type says by [`BlinkClone`] what it becomes in an arena; a [`Cloner`] is where the copy
//! goes. Each is written once, over the other: what a type does serves every adaptor, and with
//! it both error modes. This file is the trait; `cloner` has the arena's side, `memo` and `weak`
//! what keeps the shape of shared graphs, and the other files the types of the standard library
//! by family.
//!
//! A failed or panicking copy leaves what it has copied where it is: the user's own
//! implementations may have kept references to it.

mod atomics;
mod cells;
mod cloner;
#[cfg(feature = "alloc")]
mod entries;
mod error;
#[cfg(any(feature = "std", feature = "hashbrown"))]
mod hashed;
mod hasher_of;
#[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
mod held;
mod limit;
#[cfg(feature = "std")]
mod locks;
#[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
mod memo;
#[cfg(feature = "alloc")]
mod ordered;
mod plain;
mod pointers;
#[cfg(feature = "alloc")]
mod probe;
mod ranges;
mod sequences;
mod shapes;
#[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
mod shared;
mod text;
#[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
mod weak;

#[cfg(any(feature = "std", feature = "hashbrown"))]
pub use self::hashed::{BlinkHashedMap, BlinkHashedSet};
#[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
pub use self::weak::BlinkWeak;
pub use self::{cloner::Cloner, error::CloneError, hasher_of::HasherOf};
pub(crate) use self::{cloner::Walker, limit::DEPTH};
#[cfg(feature = "alloc")]
pub use self::{
    entries::Entries,
    ordered::{BlinkOrderedMap, BlinkOrderedSet},
};

/// Copies a value, and all that it owns or points to, into an arena.
///
/// A copy has another type where the value owns memory: a `String` becomes a `&'blink str`, a
/// `Vec<T>` a `&'blink [T::Cloned]`, a `Box<T>`, `Rc<T>` or `&T` a `&'blink T::Cloned`. What is
/// in the arena has no destructor, so that it is freed with the arena, in no time.
///
/// The copy is made by [`Blink::clone_in`](crate::Blink::clone_in), and lives as long as what is put into that arena.
#[cfg_attr(
    feature = "macros",
    doc = "[`#[derive(BlinkClone)]`](macro@crate::BlinkClone) writes the implementation, and the type of the copy where that is another one."
)]
#[cfg_attr(
    not(feature = "macros"),
    doc = "The derive of feature `macros` writes the implementation, and the type of the copy where that is another one."
)]
///
/// # Examples
///
/// By hand, for a type that nothing is derived for:
///
/// ```
/// # #[cfg(feature = "alloc")] {
/// use blink_alloc::{Blink, BlinkClone, Cloner};
///
/// struct Tree {
///     name: String,
///     children: Vec<Tree>,
/// }
///
/// struct TreeRef<'blink> {
///     name: &'blink str,
///     children: &'blink [TreeRef<'blink>],
/// }
///
/// impl<'blink> BlinkClone<'blink> for Tree {
///     type Cloned = TreeRef<'blink>;
///
///     fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<TreeRef<'blink>, C::Error> {
///         Ok(TreeRef {
///             name: self.name.blink_clone(cx)?,
///             children: self.children.blink_clone(cx)?,
///         })
///     }
/// }
///
/// let leaf = |name: &str| Tree { name: name.to_string(), children: Vec::new() };
/// let tree = Tree { children: vec![leaf("a"), leaf("b")], ..leaf("root") };
/// let blink = Blink::new();
/// let copy = blink.clone_in(&tree);
/// drop(tree);
/// assert_eq!(copy.name, "root");
/// assert_eq!(copy.children[1].name, "b");
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be copied into an arena",
    label = "`BlinkClone` is not implemented for `{Self}`",
    note = "if the type is yours, derive it: `#[derive(BlinkClone)]`",
    note = "in a field: `#[blink(copy)]` for a `Copy` type, `#[blink(put)]` for a clone that the arena drops, `#[blink(as = .., with = ..)]` for a function of yours, `#[blink(skip)]` to leave it out"
)]
pub trait BlinkClone<'blink> {
    /// What the value becomes in an arena.
    type Cloned: 'blink;

    /// Makes the copy: what it consists of is cloned or put by the cloner, one after the other.
    ///
    /// # Errors
    ///
    /// Those of the cloner. The caller of [`clone_in`](crate::Blink::clone_in) panics instead.
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error>;

    /// Copies the items of a slice: of plain `Copy` types at once.
    #[doc(hidden)]
    #[inline]
    fn blink_clone_slice<C: Cloner<'blink>>(
        source: &[Self],
        cx: &mut C,
    ) -> Result<&'blink [Self::Cloned], C::Error>
    where
        Self: Sized,
    {
        Ok(cx.slice_with(source, |cx, item| item.blink_clone(cx))?)
    }
}

/// What is behind a pointer: a value, a slice or a string. With [`BlinkClone`] alone a type has
/// this, too.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be copied into an arena",
    label = "`BlinkClone` is not implemented for `{Self}`",
    note = "if the type is yours, derive it: `#[derive(BlinkClone)]`",
    note = "in a field: `#[blink(copy)]` for a `Copy` type, `#[blink(put)]` for a clone that the arena drops, `#[blink(as = .., with = ..)]` for a function of yours, `#[blink(skip)]` to leave it out"
)]
pub trait BlinkCloneRef<'blink> {
    /// What a pointer of the copy points to.
    type Target: ?Sized + 'blink;

    /// Makes the copy, in a place of its own.
    fn blink_clone_ref<C: Cloner<'blink>>(
        &self,
        cx: &mut C,
    ) -> Result<&'blink Self::Target, C::Error>;
}

impl<'blink, T: BlinkClone<'blink>> BlinkCloneRef<'blink> for T {
    type Target = T::Cloned;

    #[inline]
    fn blink_clone_ref<C: Cloner<'blink>>(
        &self,
        cx: &mut C,
    ) -> Result<&'blink T::Cloned, C::Error> {
        Ok(cx.put_with(|cx| self.blink_clone(cx))?)
    }
}

impl<'blink, T: BlinkClone<'blink>> BlinkCloneRef<'blink> for [T] {
    type Target = [T::Cloned];

    #[inline]
    fn blink_clone_ref<C: Cloner<'blink>>(
        &self,
        cx: &mut C,
    ) -> Result<&'blink [T::Cloned], C::Error> {
        T::blink_clone_slice(self, cx)
    }
}
