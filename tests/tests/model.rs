//! Runs the model with programs from a generator. `BLINK_TEST_BUDGET` multiplies the number
//! of programs; `BLINK_TEST_SEED` runs one seed alone.

use std::{env, thread};

use blink_tests::{model, time::budget};

/// Programs of one test: seconds each under the slow checkers.
const PROGRAMS: usize = if cfg!(miri) {
    2
} else if cfg!(any(blink_msan, blink_valgrind)) {
    4
} else {
    50
};

/// Bytes of a program.
const LENGTH: usize = if cfg!(miri) { 400 } else { 8000 };

fn number(name: &str) -> Option<u64> {
    let value = env::var(name).ok()?;
    Some(
        value
            .parse()
            .unwrap_or_else(|_| panic!("{name} is no number: {value}")),
    )
}

/// A program (splitmix64).
fn bytes(seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0xa076_1d64_78bd_642f);
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)).to_ne_bytes()
    };
    (0..LENGTH / 8).flat_map(|_| next()).collect()
}

/// One program, in a thread with the seed in its name: panics and memory checkers say it.
fn run(kind: u8, seed: u64) {
    let program = move || {
        let mut program = bytes(seed);
        program[0] = kind;
        model::run(&program);
    };
    let thread = thread::Builder::new().name(format!("seed {seed}"));
    let done = thread.spawn(program).expect("a thread").join();
    assert!(done.is_ok(), "repeat with BLINK_TEST_SEED={seed}");
}

/// Programs for one kind of arena.
fn runs(kind: u8) {
    if let Some(seed) = number("BLINK_TEST_SEED") {
        return run(kind, seed);
    }
    (0..budget(PROGRAMS) as u64).for_each(|seed| run(kind, seed));
}

#[test]
fn minimum_alignment_1() {
    runs(0);
}

#[test]
fn minimum_alignment_4() {
    runs(1);
}

#[test]
fn minimum_alignment_8() {
    runs(2);
}

#[test]
fn minimum_alignment_16() {
    runs(3);
}

#[test]
fn shared() {
    runs(4);
}

#[test]
fn local() {
    runs(6);
}

#[test]
fn local_anew_in_each_cycle() {
    runs(7);
}

#[test]
fn any_input_is_a_program() {
    model::run(&[]);
    (0..=255).for_each(|byte| model::run(&[byte; 3]));
}
