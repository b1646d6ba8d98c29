//! The system's allocator is not called by a parser whose arenas are warm.

use std::fs;

use blink_examples::{counting::Counting, json::arenas::Arenas};

#[global_allocator]
static GLOBAL: Counting = Counting;

/// The calls that a parse and its reset make.
fn calls(arenas: &mut Arenas, text: &[u8], accepted: bool) -> usize {
    Counting::calls_during(|| {
        assert_eq!(arenas.parse(text).is_ok(), accepted);
        arenas.reset();
    })
}

fn document(name: &str) -> Vec<u8> {
    fs::read(format!("{}/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn from_the_third_time_on_a_document_makes_no_calls() {
    for name in ["github_events.json", "twitter.json", "citm_catalog.json"] {
        let text = document(name);
        let mut arenas = Arenas::new();
        let calls = [0; 5].map(|_| calls(&mut arenas, &text, true));
        assert!((2..100).contains(&calls[0]), "{name}: {calls:?}");
        assert_eq!(calls[2..], [0; 3], "{name}: {calls:?}");
    }
}

#[test]
fn smaller_documents_make_no_calls_in_between() {
    let large = document("citm_catalog.json");
    let small = document("github_events.json");
    let mut arenas = Arenas::new();
    for _ in 0..3 {
        calls(&mut arenas, &large, true);
    }
    for _ in 0..3 {
        assert_eq!(calls(&mut arenas, &small, true), 0);
        assert_eq!(calls(&mut arenas, b"[1]", true), 0);
        assert_eq!(calls(&mut arenas, &large, true), 0);
    }
}

#[test]
fn errors_make_no_calls_either() {
    let text = document("github_events.json");
    let cut = &text[..text.len() / 2];
    let mut arenas = Arenas::new();
    for _ in 0..3 {
        calls(&mut arenas, &text, true);
    }
    for _ in 0..3 {
        assert_eq!(calls(&mut arenas, cut, false), 0);
        assert_eq!(calls(&mut arenas, &text, true), 0);
    }
}

#[test]
fn a_document_takes_little_more_than_its_strings_and_values() {
    let mut arenas = Arenas::new();
    arenas
        .parse(b"[\"four\",\"\\u0066ive.\",{\"six\":null}]")
        .unwrap();
    let (value, member) = (24, 40);
    let content = 4 + 5 + 3 + 3 * value + member;
    let used = arenas.documents().used();
    if cfg!(target_pointer_width = "64") {
        assert!(
            (content..content + 32).contains(&used),
            "{used}, not {content}"
        );
    }
}

#[test]
fn what_is_taken_is_counted() {
    // Boxes that are used, so that they are not optimized away.
    let block = |size: usize| std::hint::black_box(vec![0_u8; size].into_boxed_slice());
    let before = Counting::live();
    let kept = block(1000);
    assert_eq!(Counting::live() - before, 1000);

    let taken = Counting::taken_by(|| {
        drop(block(5000));
        let inner = Counting::taken_by(|| drop(block(300)));
        assert_eq!((inner.calls, inner.peak), (2, 300));
        let mut grown = Vec::<u8>::with_capacity(10);
        grown.extend([0; 10]);
        grown.reserve_exact(2000);
        std::hint::black_box(&grown);
        drop(block(100));
    });
    // The box of 5000 bytes was gone before the others came.
    assert_eq!((taken.calls, taken.peak), (9, 5000));
    drop(kept);
    assert_eq!(Counting::live(), before);

    // A job that only gives back.
    let kept = block(1000);
    let taken = Counting::taken_by(|| drop(kept));
    assert_eq!((taken.calls, taken.peak), (1, 0));
}
