//! Rule 2: handles of frames that do not end together do not change places.

use std::mem;

use blink_alloc::{Blink, Frame};

fn closures(one: &mut Blink, other: &mut Blink) {
    one.scope(|outer| other.scope(|inner| mem::swap(&mut **outer, &mut **inner)));
}

fn nested(blink: &mut Blink) {
    blink.scope(|outer| {
        let mut stolen = None;
        outer.scope(|inner| stolen = Some(mem::replace(&mut **inner, Blink::new().as_frame())));
    });
}

fn arguments(one: &mut Frame<'_>, other: &mut Frame<'_>) {
    mem::swap(one, other);
}

fn outlives(other: &mut Blink) {
    let mut stolen = other.as_frame();
    let mut blink = Blink::new();
    let mut guard = blink.enter();
    mem::swap(&mut stolen, guard.frame());
    drop(guard);
    stolen.put(1);
}

fn main() {}
