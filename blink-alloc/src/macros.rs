//! Macros of a line, over functions that can be called without them.

/// Writes formatted text into an arena, as `format!` does into a `String`, and returns it as a
/// `&mut str`.
///
/// The arena is a [`Blink`](crate::Blink) of any mode or a [`Frame`](crate::Frame); the macro calls
/// its method [`format`](crate::Blink::format). With `try` in front, it is
/// [`try_format`](crate::Blink::try_format), and returns an error where memory cannot be had.
///
/// # Examples
///
/// ```
/// use blink_alloc::{Blink, blink_format};
///
/// let blink = Blink::new();
/// let name = "arena";
/// let text: &mut str = blink_format!(in blink, "{name}: {:>4}", 42);
/// assert_eq!(text, "arena:   42");
///
/// # let more = Blink::new();
/// more.allocator().set_limit(Some(0));
/// assert!(blink_format!(try in more, "{name}").is_err());
/// ```
#[macro_export]
macro_rules! blink_format {
    (in $blink:expr, $($format:tt)+) => {
        $blink.format(::core::format_args!($($format)+))
    };
    (try in $blink:expr, $($format:tt)+) => {
        $blink.try_format(::core::format_args!($($format)+))
    };
}

/// A [`BlinkVec`](crate::BlinkVec) of some items, as `vec!` makes a `Vec`.
///
/// What it stands on comes first: `&blink`, or `&frame`. With `try` in front, the macro is
/// [`try_from_array_in`](crate::BlinkVec::try_from_array_in) or
/// [`try_from_elem_in`](crate::BlinkVec::try_from_elem_in), and gives the items back where memory
/// cannot be had.
///
/// # Examples
///
/// ```
/// use blink_alloc::{Blink, BlinkVec, blink_vec};
///
/// let blink = Blink::new();
/// let mut numbers = blink_vec![in &blink; 1, 2, 3];
/// numbers.push(4);
/// assert_eq!(numbers, [1, 2, 3, 4]);
/// assert_eq!(blink_vec![in &blink; "again"; 2], ["again", "again"]);
/// let none: BlinkVec<u32, _> = blink_vec![in &blink];
/// assert!(none.is_empty());
///
/// # let more = Blink::new();
/// more.allocator().set_limit(Some(0));
/// assert_eq!(blink_vec![try in &more; 1, 2, 3], Err([1, 2, 3]));
/// ```
#[cfg(feature = "alloc")]
#[macro_export]
macro_rules! blink_vec {
    (in $handle:expr $(;)?) => {
        $crate::BlinkVec::new_in($handle)
    };
    (in $handle:expr; $item:expr; $count:expr) => {
        $crate::BlinkVec::from_elem_in($item, $count, $handle)
    };
    (in $handle:expr; $($item:expr),+ $(,)?) => {
        $crate::BlinkVec::from_iter_in([$($item),+], $handle)
    };
    (try in $handle:expr $(;)?) => {
        $crate::BlinkVec::try_from_array_in([], $handle)
    };
    (try in $handle:expr; $item:expr; $count:expr) => {
        $crate::BlinkVec::try_from_elem_in($item, $count, $handle)
    };
    (try in $handle:expr; $($item:expr),+ $(,)?) => {
        $crate::BlinkVec::try_from_array_in([$($item),+], $handle)
    };
}
