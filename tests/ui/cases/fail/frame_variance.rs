//! Rules 1 and 2: the lifetime of a handle neither grows nor shrinks.

use blink_alloc::{Frame, FrameGuard, FrameIn};

fn shrinks<'a, 'b>(frame: Frame<'a>) -> Frame<'b>
where
    'a: 'b,
{
    frame
}

fn grows<'a, 'b>(frame: Frame<'b>) -> Frame<'a>
where
    'a: 'b,
{
    frame
}

fn guard<'a, 'b>(guard: FrameGuard<'a>) -> FrameGuard<'b>
where
    'a: 'b,
{
    guard
}

fn env<'f, 'a, 'b>(frame: FrameIn<'f, 'b>) -> FrameIn<'f, 'a>
where
    'a: 'b,
{
    frame
}

fn main() {}
