//! Typed values and a base allocator that refuses: what was passed in comes back.

use blink_alloc::{Blink, BlinkAlloc, SyncBlinkAlloc};
use blink_tests::{
    arena::{Arena, Leased},
    base::Base,
    drops::{self, Counted, Wide, Word},
    every_counted, every_kind,
    ways::{End, Make, Way, ways},
};

/// An arena over a base allocator, whose first chunk has a size.
type New<A> = fn(usize, Base) -> A;

/// Calls a function that is generic over values and the arena with each kind of arena that takes
/// chunks itself, and how that is made.
macro_rules! over_every_arena {
    ($check:ident, $type:ty) => {
        $check::<$type, BlinkAlloc<_>>(BlinkAlloc::with_chunk_size_in);
        $check::<$type, SyncBlinkAlloc<_>>(SyncBlinkAlloc::with_chunk_size_in);
    };
}

/// An adaptor without room, over a base allocator that refuses from the n-th call on.
fn refusing<A: Arena>(new: New<A>, base: &Base, n: usize) -> Blink<A> {
    base.refuse(n, usize::MAX);
    Blink::new_in(new(64, base.clone()))
}

fn assert_id<T: Counted>(value: &T, id: u32) {
    assert!(!T::HAS_ID || value.id() == id);
}

#[test]
fn the_value_comes_back() {
    fn over<T: Counted, A: Arena>(new: New<A>) {
        drops::restart();
        let base = Base::plain();
        let blink = refusing(new, &base, 0);
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
    fn check<T: Counted>() {
        over_every_arena!(over, T);
    }
    every_counted!(check);
}

#[test]
fn plain_data_comes_back() {
    fn over<A: Arena>(new: New<A>) {
        let base = Base::plain();
        let blink = refusing(new, &base, 0);
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
    over(BlinkAlloc::with_chunk_size_in);
    over(SyncBlinkAlloc::with_chunk_size_in);
    over(Leased::with_chunk_size_in);
}

#[test]
fn the_closure_comes_back_and_was_not_called() {
    fn over<T: Counted, A: Arena>(new: New<A>) {
        drops::restart();
        let base = Base::plain();
        let blink = refusing(new, &base, 0);
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
    fn check<T: Counted>() {
        over_every_arena!(over, T);
    }
    every_counted!(check);
}

/// Collects until memory runs out; checks that nothing is lost.
fn collect<T: Counted, A: Arena>(blink: &mut Blink<A>, before: usize) {
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
    fn over<T: Counted, A: Arena>(new: New<A>) {
        for shape in Base::all() {
            for n in 0..8 {
                let base = shape.again();
                let mut blink = refusing(new, &base, n);
                for before in [0, 1, 3] {
                    collect::<T, A>(&mut blink, before);
                    base.refuse(n, usize::MAX);
                }
                base.obey();
                collect::<T, A>(&mut blink, 2);
                assert_eq!(drops::dropped(), 202);
            }
        }
    }
    fn check<T: Counted>() {
        over_every_arena!(over, T);
    }
    every_counted!(check);
}

#[test]
fn a_single_refusal_is_gone_around() {
    fn check<A: Arena>() {
        // Where the chunk that was wanted is refused a smaller one will do.
        for n in 0..3 {
            for times in 1..4 {
                let base = Base::plain();
                base.refuse(n, times);
                let blink = Blink::new_in(A::over(base.clone()));
                for id in 0..(A::FIRST / 4) as u32 {
                    assert_eq!(blink.try_put(id), Ok(&mut { id }));
                    assert!(blink.try_copy_slice(&[id; 5]).is_some());
                }
                assert!(base.refused() > 0);
            }
        }
    }
    every_kind!(check());
}

#[test]
fn refusals_in_random_places_lose_no_value() {
    fn check<A: Arena>() {
        let mut random = blink_tests::random::Random::new(5);
        let rounds = blink_tests::time::budget(300);
        for base in Base::all() {
            let mut blink = Blink::new_in(A::over(base.clone()));
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
    every_kind!(check());
}

/// Room that there is before a way runs.
#[derive(Clone, Copy, Debug)]
enum Room {
    /// No chunk yet.
    None,
    /// A few bytes.
    Little,
    /// A chunk with room for some values.
    Some,
}

fn with_room<A: Arena>(new: New<A>, base: Base, room: Room) -> Blink<A> {
    match room {
        Room::None => Blink::new_in(new(64, base)),
        Room::Little => {
            let blink = Blink::new_in(new(64, base));
            let arena = blink.allocator();
            blink.put(1_u64);
            while arena.total_capacity() - arena.allocated_bytes() > 12 {
                blink.put(1_u8);
            }
            blink
        }
        Room::Some => {
            let blink = Blink::new_in(new(2000, base));
            blink.put(1_u8);
            blink
        }
    }
}

/// Runs a way, with `refuse` in force, and twice more without. Whether it was refused.
fn refuse<T: Counted, A: Arena>(
    way: &Way<T, Blink<A>>,
    count: usize,
    blink: &mut Blink<A>,
    refuse: impl FnOnce(&Blink<A>),
    obey: impl FnOnce(&Blink<A>),
) -> bool {
    drops::restart();
    let used = blink.allocator().allocated_bytes();
    refuse(blink);
    let outcome = way.run(blink, &Make::new(0), count);
    outcome.check(0, count);
    let refused = outcome.end == End::Refused;
    let none = outcome.put().is_empty();
    let mut expected: Vec<u32> = Vec::new();
    if way.drops {
        expected.extend(outcome.put().iter().map(T::id));
    }
    let mut owned = outcome.into_owned();
    // The block of a vector that has a chunk of its own does not go back.
    if refused && none && !way.name.contains("of the arena") {
        assert_eq!(blink.allocator().allocated_bytes(), used, "{}", way.name);
    }

    // Something small may or may not have room; both are fine.
    _ = blink.try_copy_slice(&[0xff_u8; 7]);
    obey(blink);
    blink.copy_slice(&[0xff_u8; 70]);
    let outcome = way.run(blink, &Make::new(40), count);
    assert_ne!(outcome.end, End::Refused);
    outcome.check(40, count);
    if way.drops {
        expected.splice(0..0, outcome.put().iter().map(T::id));
    }
    owned.append(&mut outcome.into_owned());

    let dropped = drops::dropped();
    blink.reset();
    assert_eq!(drops::order_from(dropped), expected, "{}", way.name);
    drop(owned);
    drops::assert_counts();
    refused
}

#[test]
fn every_way_gives_back_what_is_refused_at_the_nth_call() {
    fn over<T: Counted, A: Arena>(new: New<A>) {
        let mut refusals = 0;
        let rooms = [Room::None, Room::Little, Room::Some];
        for (shape, room) in Base::all().zip(rooms.into_iter().cycle()) {
            for way in ways::<T, _>().iter().filter(|way| way.tries()) {
                for (&count, times) in way.counts().iter().zip([usize::MAX, 1].into_iter().cycle())
                {
                    for n in 0.. {
                        let base = shape.again();
                        let mut blink = with_room(new, base.clone(), room);
                        let refused = refuse(
                            way,
                            count,
                            &mut blink,
                            |_| base.refuse(n, times),
                            |_| base.obey(),
                        );
                        refusals += usize::from(refused);
                        if base.refused() == 0 {
                            break;
                        }
                    }
                }
            }
        }
        assert!(refusals > 20, "otherwise nothing is tested");
    }
    fn check<T: Counted>() {
        over_every_arena!(over, T);
    }
    every_counted!(check);
}

#[test]
fn every_way_gives_back_what_is_beyond_the_limit() {
    fn over<T: Counted, A: Arena>(new: New<A>) {
        let mut refusals = 0;
        for way in ways::<T, _>().iter().filter(|way| way.tries()) {
            for &count in way.counts() {
                let mut limit = 0;
                for room in [Room::None, Room::Little, Room::Some].into_iter().cycle() {
                    let mut blink = with_room(new, Base::plain(), room);
                    let refused = refuse(
                        way,
                        count,
                        &mut blink,
                        |blink| blink.allocator().set_limit(Some(limit)),
                        |blink| blink.allocator().set_limit(None),
                    );
                    refusals += usize::from(refused);
                    if limit > 1 << 20 {
                        assert!(!refused);
                        break;
                    }
                    limit = limit * 3 / 2 + 60;
                }
            }
        }
        assert!(refusals > 20, "otherwise nothing is tested");
    }
    fn check<T: Counted>() {
        over_every_arena!(over, T);
    }
    every_counted!(check);
}
