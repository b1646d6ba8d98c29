//! Ticks: what they do to the world, and that they take nothing from the system.

mod program;

use blink_alloc::Blink;
use blink_examples::{
    counting::Counting,
    ticks::world::{Events, World},
};
use program::Run;

#[global_allocator]
static GLOBAL: Counting = Counting;

fn run(args: &[&str]) -> Run {
    program::run(env!("CARGO_BIN_EXE_ticks"), args, b"")
}

/// What the next tick is, found by looking at every pair.
fn expected(world: &World, side: f64) -> Events {
    let mut events = Events::default();
    let mut discs = world.discs().to_vec();
    for disc in &mut discs {
        let mut bounced = false;
        for axis in 0..2 {
            let at = disc.place[axis] + disc.speed[axis];
            disc.place[axis] = at.clamp(0.0, side);
            if disc.place[axis] != at {
                disc.speed[axis] = -disc.speed[axis];
                bounced = true;
            }
        }
        events.bounces += u64::from(bounced);
    }
    for (index, a) in discs.iter().enumerate() {
        for b in &discs[..index] {
            let [x, y] = [0, 1].map(|axis| a.place[axis] - b.place[axis]);
            let [u, v] = [0, 1].map(|axis| a.speed[axis] - b.speed[axis]);
            let hit = x * x + y * y < 1.0 && x * u + y * v < 0.0;
            events.hits += u64::from(hit);
        }
    }
    events
}

#[test]
fn the_grid_misses_no_pair() {
    // Four square units a disc.
    for (discs, side, seed) in [
        (0, 1.0, 1),
        (1, 2.0, 1),
        (2, 3.0, 2),
        (9, 6.0, 3),
        (400, 40.0, 4),
    ] {
        let mut blink = Blink::new();
        let mut world = World::new(discs, seed);
        let mut all = Events::default();
        for _ in 0..200 {
            let expected = expected(&world, side);
            let events = world.tick(&mut blink.as_frame());
            assert_eq!(events, expected, "{discs} discs");
            all += events;
            assert_eq!(blink.allocator().allocated_bytes(), 0);
        }
        assert!(all.hits > 1000 || discs < 400, "{all:?}");
        assert!(all.bounces > 0 || discs == 0, "{discs}: {all:?}");
        let inside = |at: f64| (0.0..=side).contains(&at);
        assert!(
            world
                .discs()
                .iter()
                .all(|disc| disc.place.into_iter().all(inside))
        );
    }
}

#[test]
fn energy_stays() {
    let mut blink = Blink::new();
    let mut world = World::new(300, 5);
    let (before, first) = (world.energy(), world.discs().to_vec());
    for _ in 0..500 {
        world.tick(&mut blink.as_frame());
    }
    assert!((world.energy() / before - 1.0).abs() < 1e-9);
    assert_ne!(world.discs(), first);
    assert_eq!(World::new(0, 1).energy().to_bits(), 0);
}

#[test]
fn a_seed_makes_the_same_world() {
    assert_eq!(World::new(50, 1).discs(), World::new(50, 1).discs());
    assert_ne!(World::new(50, 1).discs(), World::new(50, 2).discs());
}

#[test]
fn ticks_take_nothing_after_the_first_ones() {
    let mut blink = Blink::new();
    let mut world = World::new(500, 6);
    let mut ticks = |count| {
        Counting::taken_by(|| {
            for _ in 0..count {
                world.tick(&mut blink.as_frame());
            }
        })
    };
    let first = ticks(1);
    assert!(first.calls > 0 && first.peak > 500 * 4, "{first:?}");
    // The lists of hits are longer or shorter each time; the most there were once was enough.
    ticks(200);
    let rest = ticks(200);
    assert_eq!((rest.calls, rest.peak), (0, 0));
}

#[test]
fn the_program_makes_no_calls_after_its_warm_up() {
    for seed in ["1", "2", "3"] {
        for discs in ["0", "1", "10", "300"] {
            let Run { code, out, err } = run(&["--ticks", "300", "--discs", discs, "--seed", seed]);
            assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
            assert!(
                out.starts_with(&format!("{discs} discs, 300 ticks in ")),
                "{out}"
            );
            let last = out.lines().last().unwrap();
            let calls = last
                .strip_prefix("Calls of the system's allocator: ")
                .unwrap();
            let (first, rest) = calls.split_once(" in the warm-up, then ").unwrap();
            assert!(first.parse::<usize>().unwrap() > 0, "{out}");
            assert_eq!(rest, "0", "{out}");
        }
    }
}

#[test]
fn options() {
    for option in ["--help", "-h"] {
        let Run { code, out, err } = run(&[option]);
        assert_eq!((code, err.as_str()), (Some(0), ""));
        assert!(out.contains("usage: ticks [OPTIONS]"), "{out}");
    }
    for (args, expected) in [
        (&["--fast"][..], "no option --fast"),
        (&["10"], "no option 10"),
        (&["--ticks"], "--ticks needs a number"),
        (
            &["--seed", "x"],
            "--seed: x is no number up to 18446744073709551615",
        ),
        (
            &["--ticks", "-1"],
            "--ticks: -1 is no number up to 18446744073709551615",
        ),
        (
            &["--discs", "10000001"],
            "--discs: 10000001 is no number up to 10000000",
        ),
    ] {
        let Run { code, out, err } = run(args);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{args:?}");
        assert_eq!(err.lines().next(), Some(&*format!("ticks: {expected}")));
    }
}
