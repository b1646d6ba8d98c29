//! Typed values and a base allocator that refuses: what was passed in comes back.

use blink_alloc::{Blink, BlinkAlloc};
use blink_tests::{
    base::Base,
    drops::{self, Counted, Wide, Word},
    every_counted,
};

type Adaptor = Blink<BlinkAlloc<Base>>;

/// An adaptor without room, over a base allocator that refuses from the n-th call on.
fn refusing(base: &Base, n: usize) -> Adaptor {
    base.refuse(n, usize::MAX);
    Blink::new_in(BlinkAlloc::with_chunk_size_in(64, base.clone()))
}

fn assert_id<T: Counted>(value: &T, id: u32) {
    assert!(!T::HAS_ID || value.id() == id);
}

#[test]
fn the_value_comes_back() {
    fn check<T: Counted>() {
        drops::restart();
        let base = Base::plain();
        let blink = refusing(&base, 0);
        let refused = [
            blink.try_put(T::new(1)).err().unwrap(),
            blink.emplace().try_value(T::new(2)).err().unwrap(),
        ];
        refused
            .iter()
            .zip(1..)
            .for_each(|(value, id)| assert_id(value, id));
        assert_eq!(drops::dropped(), 0);
        drop(refused);
        assert_eq!(drops::dropped(), 2);

        // Without a destructor to run, values without bytes always fit.
        let result = blink.try_put_no_drop(T::new(3));
        assert_eq!(result.is_err(), T::HAS_ID);
        assert_eq!(blink.try_uninit::<T>().is_none(), T::HAS_ID);
        drop(result);
        drop(blink);
        let forgotten = usize::from(!T::HAS_ID);
        assert_eq!(drops::dropped(), 3 - forgotten);
    }
    every_counted!(check);
}

#[test]
fn plain_data_comes_back() {
    let base = Base::plain();
    let blink = refusing(&base, 0);
    assert_eq!(blink.try_put(5), Err(5));
    assert_eq!(blink.try_put_no_drop([6; 500]), Err([6; 500]));
    assert_eq!(blink.emplace().try_value(7), Err(7));
    assert!(blink.try_copy_slice(&[1, 2, 3]).is_none());
    assert!(blink.try_copy_str("text").is_none());
    assert!(blink.try_uninit::<u8>().is_none());
    let (items, item) = blink.emplace().try_from_iter(1..9).err().unwrap();
    assert_eq!((&*items, item), (&[][..], Some(1)));
    assert_eq!(blink.allocator().stats().chunks(), 0);

    base.obey();
    assert_eq!(*blink.try_put(5).unwrap(), 5);
    assert_eq!(blink.emplace().try_from_iter(1..4).unwrap(), [1, 2, 3]);
}

#[test]
fn the_closure_comes_back_and_was_not_called() {
    fn check<T: Counted>() {
        drops::restart();
        let base = Base::plain();
        let blink = refusing(&base, 0);
        let captured = Word::new(7);
        let closure = move || {
            assert_eq!(captured.id(), 7);
            T::new(8)
        };
        let closure = blink.emplace().try_with(closure).err().unwrap();
        assert_eq!((drops::made(), drops::dropped()), (1, 0));
        base.obey();
        let value = blink.emplace().try_with(closure).ok().unwrap();
        assert_id(value, 8);
        drop(blink);
        assert_eq!(drops::dropped(), 2);
        drops::assert_all_dropped();
    }
    every_counted!(check);
}

/// Collects until memory runs out; checks that nothing is lost.
fn collect<T: Counted>(blink: &mut Adaptor, before: usize) {
    drops::restart();
    for _ in 0..before {
        if let Err(value) = blink.try_put(T::new(250)) {
            drop(value);
        }
    }
    let (made, dropped) = (drops::made(), drops::dropped());
    let used = blink.allocator().allocated_bytes();
    let result = blink.emplace().try_from_iter((0..200).map(T::new));
    match result {
        Ok(items) => assert_eq!(items.len(), 200),
        Err((items, item)) => {
            let count = items.len();
            items
                .iter()
                .zip(0..)
                .for_each(|(value, id)| assert_id(value, id));
            assert_id(&item.unwrap(), count as u32);
            assert_eq!(drops::made(), made + count + 1);
            assert_eq!(drops::dropped(), dropped + 1);
            assert!(count > 0 || blink.allocator().allocated_bytes() == used);
        }
    }
    blink.reset();
    drops::assert_counts();
    assert_eq!(blink.allocator().allocated_bytes(), 0);
}

#[test]
fn items_so_far_are_a_slice_and_the_next_comes_back() {
    fn check<T: Counted>() {
        for shape in Base::all() {
            for n in 0..8 {
                let base = shape.again();
                let mut blink = refusing(&base, n);
                for before in [0, 1, 3] {
                    collect::<T>(&mut blink, before);
                    base.refuse(n, usize::MAX);
                }
                base.obey();
                collect::<T>(&mut blink, 2);
                assert_eq!(drops::dropped(), 202);
            }
        }
    }
    every_counted!(check);
}

#[test]
fn a_single_refusal_is_gone_around() {
    // Where the chunk that was wanted is refused a smaller one will do.
    for n in 0..3 {
        for times in 1..4 {
            let base = Base::plain();
            base.refuse(n, times);
            let blink = Blink::new_in(BlinkAlloc::new_in(base.clone()));
            for id in 0..100_u32 {
                assert_eq!(blink.try_put(id), Ok(&mut { id }));
                assert!(blink.try_copy_slice(&[id; 5]).is_some());
            }
            assert!(base.refused() > 0);
        }
    }
}

#[test]
fn refusals_in_random_places_lose_no_value() {
    let mut random = blink_tests::random::Random::new(5);
    let rounds = blink_tests::time::budget(300);
    for base in Base::all() {
        let mut blink = Blink::new_in(BlinkAlloc::new_in(base.clone()));
        for _ in 0..rounds {
            drops::restart();
            base.refuse(random.below(4), random.pick(&[1, 2, usize::MAX]));
            for id in 0..random.scaled(60) as u32 {
                match random.below(5) {
                    0 => drop(blink.try_put(Word::new(id)).err()),
                    1 => drop(blink.try_put(Wide::new(id)).err()),
                    2 => drop(blink.emplace().try_with(|| Word::new(id)).is_err()),
                    3 => drop(blink.emplace().try_from_iter((0..id).map(Wide::new)).err()),
                    _ => drop(blink.try_copy_slice(&[id; 30])),
                }
            }
            blink.reset();
            drops::assert_counts();
        }
        base.obey();
    }
}
