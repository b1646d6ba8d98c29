//! Random work of several threads, directly and by local arenas, whose bytes are compared.

use std::sync::Mutex;

use allocator_api2::alloc::{Allocator, Layout};
use blink_alloc::SyncBlinkAlloc;
use blink_sync_tests::{
    base::Base,
    threads::{THREADS, at_once},
};
use blink_tests::{
    block::{Block, assert_disjoint, layout},
    random::Random,
    time::budget,
};

type Shared = SyncBlinkAlloc<Base>;

fn random_layout(random: &mut Random) -> Layout {
    let most = random.pick(&[64, 64, 2000, 20_000]);
    layout(random.scaled(most) - 1, random.power(64))
}

/// Takes, resizes or frees a block.
fn step<'a, A: Allocator>(alloc: &'a A, blocks: &mut Vec<Block<'a, A>>, random: &mut Random) {
    let layout = random_layout(random);
    let Some(newest) = blocks.last_mut().filter(|_| random.once_in(2)) else {
        let seed = random.below(256) as u8;
        let make = random.pick(&[Block::new, Block::zeroed]);
        return blocks.push(make(alloc, layout, seed).unwrap());
    };
    match random.below(4) {
        0 => blocks.pop().unwrap().free(),
        1 => {
            let at = random.below(blocks.len());
            blocks.swap_remove(at).free();
        }
        _ => resize(newest, layout, random),
    }
}

fn resize<A: Allocator>(block: &mut Block<'_, A>, layout: Layout, random: &mut Random) {
    if layout.size() < block.layout().size() {
        let (before, fits) = (block.addr(), block.addr().is_multiple_of(layout.align()));
        block.shrink(layout).unwrap();
        assert!(!fits || block.addr() == before, "a shrink has moved");
    } else if random.once_in(2) {
        block.grow(layout).unwrap();
    } else {
        block.grow_zeroed(layout).unwrap();
    }
}

/// What one thread does. Local arenas come and go.
fn work(shared: &Shared, seed: u64, steps: usize) {
    let mut random = Random::new(seed);
    let mut direct = Vec::new();
    for _ in 0..4 {
        let local = shared.local();
        let mut leased = Vec::new();
        for _ in 0..steps / 4 {
            if random.once_in(2) {
                step(shared, &mut direct, &mut random);
            } else {
                step(&local, &mut leased, &mut random);
            }
        }
        leased.iter().for_each(Block::check);
        assert_disjoint(&leased);
    }
    direct.iter().for_each(Block::check);
    assert_disjoint(&direct);
}

#[test]
fn blocks_keep_their_bytes() {
    for seed in 0..budget(20) as u64 {
        let base = Base::new();
        let mut shared = SyncBlinkAlloc::new_in(base.clone());
        for cycle in 0..6 {
            at_once(THREADS, |number| {
                let seed = (seed << 16) | (cycle << 8) | number as u64;
                work(&shared, seed, 400);
            });
            let stats = shared.stats();
            assert_eq!(stats.chunks(), base.blocks());
            assert!(stats.used() <= stats.capacity());
            // What is asked for at a time is some MiB.
            assert!(stats.chunks() < 40 && base.bytes() < 100 << 20, "{stats}");
            shared.reset();
            assert!(shared.stats().chunks() <= stats.chunks());
            assert_eq!(shared.allocated_bytes(), 0);
        }
        shared.reset_final();
        assert_eq!(base.blocks(), 0);
    }
}

/// The same work in each cycle finds its room, up to what threads do in another order.
#[test]
fn equal_cycles_settle() {
    let base = Base::new();
    let mut shared = SyncBlinkAlloc::new_in(base.clone());
    let mut peaks = Vec::new();
    for _ in 0..budget(60) {
        at_once(THREADS, |number| work(&shared, number as u64, 200));
        peaks.push(base.bytes());
        shared.reset();
    }
    let early = *peaks[..peaks.len().div_ceil(2)].iter().max().unwrap();
    let late = *peaks.last().unwrap();
    assert!(late <= 3 * early, "{peaks:?}");
}

/// A block on its way to another thread.
struct Sent<'a>(Block<'a, Shared>);

// SAFETY: a block is its bytes and a reference to an arena that threads share.
unsafe impl Send for Sent<'_> {}

/// Takes what another thread has left, changes it, and leaves something.
fn exchange<'a>(shared: &'a Shared, place: &Mutex<Option<Sent<'a>>>, random: &mut Random) {
    let found = place.lock().unwrap().take();
    let mine = match found {
        Some(Sent(block)) if random.once_in(2) => {
            block.free();
            Block::new(shared, random_layout(random), random.below(256) as u8).unwrap()
        }
        Some(Sent(mut block)) => {
            resize(&mut block, random_layout(random), random);
            block
        }
        None => Block::new(shared, random_layout(random), 9).unwrap(),
    };
    let found = place.lock().unwrap().replace(Sent(mine));
    found.into_iter().for_each(|Sent(block)| block.free());
}

/// Blocks are freed and resized by other threads than those that took them.
#[test]
fn blocks_change_hands() {
    for _ in 0..budget(5) {
        let shared = SyncBlinkAlloc::new_in(Base::new());
        let places: [Mutex<Option<Sent>>; 3] = Default::default();
        at_once(THREADS, |number| {
            let mut random = Random::new(number as u64);
            for _ in 0..500 {
                let place = random.below(places.len());
                exchange(&shared, &places[place], &mut random);
            }
        });
        for place in places {
            if let Some(Sent(block)) = place.into_inner().unwrap() {
                block.check();
            }
        }
    }
}

/// The tip goes forth and back in one chunk: blocks of all threads, freed at once.
#[test]
fn the_tip_is_reclaimed_and_never_shared() {
    let base = Base::new();
    let shared = SyncBlinkAlloc::with_capacity_in(1 << 20, base.clone());
    at_once(THREADS, |number| {
        let mut random = Random::new(number as u64);
        for at in 0..budget(20_000) {
            let mut block = Block::new(&shared, layout(8, 8), at as u8).unwrap();
            let size = 8 * random.below(5);
            resize(&mut block, layout(size, 8), &mut random);
            if random.once_in(500) {
                // Lost: it is not the tip of its own any more.
                block.check();
            } else {
                block.free();
            }
        }
    });
    assert!(shared.allocated_bytes() > 0);
    let chunks = shared.stats().chunks();
    assert!(chunks < 12, "{chunks} chunks");
}
