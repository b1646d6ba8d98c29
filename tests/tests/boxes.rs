//! Values that move out of their boxes: slices, strings and trait objects too.

use std::{ffi::CStr, fmt::Display, path::Path};

use blink_alloc::{Blink, BlinkAlloc};
use blink_tests::{
    arena::Arena,
    base::Base,
    drops::{self, Byte, Counted, Large, Nothing, Wide, WideNothing, Word},
    every_arena,
};

#[test]
fn strings_of_every_length() {
    for base in Base::all() {
        let mut blink = Blink::new_in(BlinkAlloc::new_in(base));
        let text = "Grüße, 世界, 👋 ".repeat(20);
        let ends = (0..=text.len()).filter(|&end| text.is_char_boundary(end));
        let put: Vec<_> = ends
            .map(|end| (end, blink.put_box(Box::<str>::from(&text[..end]))))
            .collect();
        for (end, string) in put {
            assert_eq!(string, &text[..end]);
        }
        let path: &mut Path = blink.put_box(Path::new("a/b").into());
        let c_string: &mut CStr = blink.put_box(c"some text".into());
        assert_eq!((&*path, &*c_string), (Path::new("a/b"), c"some text"));
        blink.reset();
        assert_eq!(blink.allocator().allocated_bytes(), 0);
    }
}

#[test]
fn boxes_without_bytes_and_destructor_touch_no_chunk() {
    #[derive(Clone, Copy)]
    #[repr(align(64))]
    struct Empty;

    let base = Base::plain();
    base.refuse_all();
    let blink = Blink::new_in(BlinkAlloc::new_in(base.clone()));
    blink.put_box(Box::new(()));
    let empty: *mut Empty = blink.put_box(Box::new(Empty));
    assert!(empty.is_aligned());
    assert_eq!(blink.put_box(Box::<str>::from("")), "");
    assert_eq!(blink.put_box(Box::<[u64]>::from([])).len(), 0);
    let many: &mut [Empty] = blink.put_box(vec![Empty; 100].into_boxed_slice());
    assert_eq!((many.len(), many.as_ptr().is_aligned()), (100, true));
    assert_eq!(base.calls(), 0);
}

trait Named {
    fn name(&self) -> u32;
}

impl<T: Counted> Named for T {
    fn name(&self) -> u32 {
        self.id()
    }
}

#[test]
fn trait_objects_of_every_type_in_turns() {
    fn check<A: Arena>(arena: A) {
        let mut blink = Blink::new_in(arena);
        for _ in 0..3 {
            drops::restart();
            let mut put: Vec<(u32, &mut dyn Named)> = Vec::new();
            for id in (0..60).step_by(6) {
                let boxes: [Box<dyn Named>; 6] = [
                    Box::new(Byte::new(id)),
                    Box::new(Wide::new(id + 1)),
                    Box::new(Nothing::new(0)),
                    Box::new(Word::new(id + 3)),
                    Box::new(WideNothing::new(0)),
                    Box::new(Large::new(id + 5)),
                ];
                for (id, value) in (id..).zip(boxes) {
                    put.push((id, blink.put_box(value)));
                    blink.copy_slice(&[0xff_u8; 5]);
                }
            }
            for (id, value) in put {
                assert!([id, drops::NO_ID].contains(&value.name()));
            }
            assert_eq!(drops::dropped(), 0);
            blink.reset();
            let mut order = drops::order();
            assert_eq!(order.len(), 60);
            order.retain(|&id| id != drops::NO_ID);
            assert!(order.is_sorted_by(|one, next| one > next), "newest first");
        }
    }
    every_arena!(check);
}

#[test]
fn over_aligned_values_are_aligned() {
    #[derive(Clone)]
    #[repr(align(4096))]
    struct Page(
        u8,
        #[expect(dead_code, reason = "has a destructor")] Option<Word>,
    );

    fn check<A: Arena>(arena: A) {
        drops::restart();
        let blink = Blink::new_in(arena);
        for id in 0..3 {
            let page = |byte| Page(byte, Some(Word::new(0)));
            let one = blink.put_box(Box::new(page(1)));
            blink.put(id);
            let many: &mut [Page] = blink.put_box(vec![page(2); 3].into_boxed_slice());
            let plain: &mut [Page] = blink.put_slice(vec![Page(3, None); 3]);
            let captured = page(4);
            let closure: &mut dyn Fn() -> (u8, usize) = {
                let made = move || (captured.0, (&raw const captured).addr());
                blink.put_box(Box::new(made))
            };
            assert_eq!((one.0, many[2].0, plain[2].0), (1, 2, 3));
            let (byte, captured) = closure();
            assert_eq!(byte, 4);
            let addrs = [
                (&raw const *one).addr(),
                many.as_ptr().addr(),
                plain.as_ptr().addr(),
                captured,
            ];
            assert!(addrs.iter().all(|addr| addr.is_multiple_of(4096)));
        }
        drop(blink);
        assert_eq!(drops::dropped(), drops::made());
    }
    every_arena!(check);
}

#[test]
fn what_is_refused_is_the_box_that_it_was() {
    let base = Base::plain();
    let blink = Blink::new_in(BlinkAlloc::new_in(base.clone()));
    base.refuse_all();

    /// Refused, at the same address.
    fn refused<T: ?Sized + 'static>(blink: &Blink<BlinkAlloc<Base>>, value: Box<T>) -> Box<T> {
        let before = &raw const *value;
        let Err(value) = blink.try_put_box(value) else {
            panic!("there was no room");
        };
        assert!(std::ptr::addr_eq(before, &raw const *value));
        value
    }

    let shown: Box<dyn Display> = Box::new(5);
    assert_eq!(refused(&blink, shown).to_string(), "5");
    assert_eq!(&*refused(&blink, Box::<str>::from("text")), "text");
    assert_eq!(*refused(&blink, Box::new([7_u64; 50])), [7; 50]);
    assert_eq!(*refused(&blink, Box::<[u16]>::from([1, 2])), [1, 2]);

    let mut vector = Vec::with_capacity(30);
    vector.extend([1, 2, 3]);
    let before = vector.as_ptr();
    let vector = blink.try_put_slice(vector).unwrap_err();
    assert_eq!((vector.as_ptr(), vector.capacity()), (before, 30));
    assert_eq!(vector, [1, 2, 3]);
    assert_eq!(blink.try_put_slice([4_u8; 9]), Err([4; 9]));
}
