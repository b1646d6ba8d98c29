//! The methods that put something in: those of [`Blink`](crate::Blink), and those of
//! [`Frame`](crate::Frame).
//!
//! They are the same but for one lifetime. What a `Blink` hands out lives as long as it is
//! borrowed, what a frame hands out lives as long as the frame. A trait over both would have
//! to be imported by everyone who puts a value, and its signatures would hide that difference;
//! so each method is a macro's text, once, with the lifetime left open. What the methods do is
//! in `place`, `collect` and `text`.

mod clones;
mod slices;
mod text;
mod values;
#[cfg(feature = "zerocopy")]
mod zeroed;

/// Gives the methods of a macro to both adaptors. To the macro it passes the lifetime of what
/// they hand out, and what stands in front of their examples: an adaptor named `blink`, and one
/// whose arena may not take memory.
macro_rules! both {
    ($methods:ident) => {
        impl<A: crate::BlinkAllocator, M: crate::Sharing> crate::Blink<A, M> {
            $methods!(
                '_,
                "# let blink = blink_alloc::Blink::new();",
                "# let blink = blink_alloc::Blink::new();\nblink.allocator().set_limit(Some(0));"
            );
        }

        impl<'f, A: crate::BlinkAllocator, M: crate::Sharing> crate::Frame<'f, A, M> {
            $methods!(
                'f,
                "# let mut root = blink_alloc::Blink::new();\n# let blink = root.as_frame();",
                "# let mut root = blink_alloc::Blink::new();\nroot.allocator().set_limit(Some(0));\n\
                 let blink = root.as_frame();"
            );
        }
    };
}
use both;
