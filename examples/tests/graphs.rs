//! Documents in owned types, and their copies in an arena: the types, and the program.

mod program;

use std::fs;

use blink_alloc::{Blink, BlinkAlloc, blink_frame};
use blink_examples::{
    base::Base,
    graphs::{
        document::{BlinkDocument, Document},
        questions::{Answers, Ask, AskCatalogue, AskTimeline, Retweeted, Showing},
        walk::Sum,
    },
};
use program::{Run, file, run_unread};

const PROGRAM: &str = env!("CARGO_BIN_EXE_graphs");
// Programs run in the directory of the package, and so do tests.
const CATALOGUE: &str = "data/citm_catalog.json";
const TIMELINE: &str = "data/twitter.json";
const EVENTS: &str = "data/github_events.json";

fn run(args: &[&str]) -> Run {
    program::run(PROGRAM, args, b"")
}

/// Runs the program for no longer than it takes.
fn run_once(args: &[&str]) -> Run {
    run(&[&["--copies", "1", "--rounds", "1"], args].concat())
}

fn document(path: &str) -> Document {
    Document::parse(&fs::read(path).unwrap()).unwrap()
}

/// Has both forms looked at, the copy when the original is gone.
fn look_at_both(path: &str, look: impl Fn(&dyn Ask)) {
    let owned = document(path);
    let blink = Blink::new();
    let copy = blink.clone_in(&owned);
    assert_eq!(owned.ask(), copy.ask());
    look(&owned);
    drop(owned);
    look(&copy);
}

#[test]
fn the_programme_of_the_catalogue() {
    look_at_both(CATALOGUE, |document| {
        let Answers::Catalogue {
            programme,
            prices,
            small,
        } = document.ask()
        else {
            panic!("not a catalogue")
        };
        let counts: Vec<_> = programme.iter().map(|(_, all)| all.len()).collect();
        let expected = [
            2, 4, 199, 3, 6, 17, 3, 11, 137, 40, 31, 30, 146, 8, 10, 15, 4, 25, 3,
        ];
        assert_eq!(counts, expected);
        let (topic, jazz) = &programme[4];
        assert_eq!(*topic, "Jazz");
        let first = Showing {
            start: 1_372_701_600_000,
            event: "30th Anniversary Tour",
            venue: "Salle Pleyel",
        };
        assert_eq!(jazz[0], first);
        let names: Vec<_> = jazz[1..].iter().map(|showing| showing.event).collect();
        let expected = [
            "Joshua Redman Quartet",
            "The Saxophone Summit",
            "Remember Shakti",
            "Dave Holland & friends",
            "Orchestre Pasdeloup",
        ];
        assert_eq!(names, expected);

        assert_eq!(prices.len(), 64);
        assert_eq!(prices[2], ("1ère catégorie", 28_500, 90_250));
        assert_eq!(prices[63], ("catétgorie unique", 180_500, 180_500));
        let secret = ["2", "3", "4", "5", "6"].map(|number| format!("event secret {number}"));
        assert_eq!(small, secret);
    });
}

#[test]
fn the_messages_of_the_timeline() {
    look_at_both(TIMELINE, |document| {
        let Answers::Timeline {
            retweeted,
            mentioning,
            tagged,
            wide,
        } = document.ask()
        else {
            panic!("no messages")
        };
        let expected = [
            (439_430_848_190_742_500, 3291, "thsc782_407"),
            (505_655_792_733_650_940, 221, "Takashi_Shiina"),
            (505_864_943_636_197_400, 82, "KATANA77"),
            (505_759_640_164_892_700, 58, "omo_kko"),
            (505_871_615_125_491_700, 58, "shiawaseomamori"),
        ];
        let expected = expected.map(|(id, times, author)| Retweeted { id, times, author });
        assert_eq!(retweeted, expected);
        let expected = [
            "mote_danshi1",
            "kyoukan_aru",
            "arashi_suki1",
            "zenbu_johnnys",
            "gyosei_goukaku",
            "BDFF_LOVE",
            "renai_sennin",
        ];
        assert_eq!(mentioning, expected);
        let [tagged] = tagged[..] else {
            panic!("{tagged:?}")
        };
        assert!(tagged.starts_with("【状態良好】ペンタックス・デジタル一眼レフカメラ・K20D"));
        let wide: Vec<_> = wide.iter().map(|url| url.rsplit('/').next()).collect();
        let expected = [
            "BwUxfC6CIAEr-Ye.jpg",
            "BhksBzoCAAAJeDS.jpg",
            "BwU05MGCUAEY6Wu.jpg",
        ];
        assert_eq!(wide, expected.map(Some));
    });
}

#[test]
fn any_other_document() {
    look_at_both(EVENTS, |document| {
        let expected = Answers::Other {
            having: [49, 39, 113, 6],
            longest: 4349,
            total: 2_006_754_842.0,
        };
        assert_eq!(document.ask(), expected);
    });
}

#[test]
fn what_there_is_not_is_not_found() {
    let (catalogue, timeline) = (document(CATALOGUE), document(TIMELINE));
    let blink = Blink::new();
    let copies = (blink.clone_in(&catalogue), blink.clone_in(&timeline));
    let (Document::Catalogue(catalogue), Document::Timeline(timeline)) = (&catalogue, &timeline)
    else {
        panic!("other documents")
    };
    let (BlinkDocument::Catalogue(catalogue_copy), BlinkDocument::Timeline(timeline_copy)) =
        &copies
    else {
        panic!("other copies")
    };
    fn ask_catalogue(catalogue: &impl AskCatalogue) {
        assert!(catalogue.showings(1).is_empty());
        assert!(catalogue.areas(1).is_empty());
    }
    fn ask_timeline(timeline: &impl AskTimeline) {
        assert!(timeline.tagged("none").is_empty());
        assert!(timeline.mentioning("人", u32::MAX).is_empty());
        assert!(timeline.mentioning("no such word", 0).is_empty());
        assert!(timeline.pictures(5000).is_empty());
        assert!(timeline.retweeted(0).is_empty());
        // Of 100 messages 73 repeat another one, and 15 of these are all different.
        assert_eq!(timeline.retweeted(100).len(), 15);
    }
    ask_catalogue(&**catalogue);
    ask_catalogue(*catalogue_copy);
    ask_timeline(timeline);
    ask_timeline(timeline_copy);
}

/// What there is was counted by another program, from the files.
#[test]
fn all_of_a_document_is_in_its_copy() {
    for (path, values, content) in [
        (CATALOGUE, 26_713, 341_118_134_649_468),
        (TIMELINE, 5009, 4_183_723_080_299_547_443),
        (EVENTS, 2327, 13_482_999_213_444_861_472),
    ] {
        let owned = document(path);
        let blink = Blink::new();
        let copy = blink.clone_in(&owned);
        assert_eq!(Sum::of(&owned), Sum { values, content }, "{path}");
        drop(owned);
        assert_eq!(Sum::of(&copy), Sum { values, content }, "{path}");
    }
}

#[test]
fn a_warm_arena_takes_nothing_from_its_base() {
    let base = Base::new();
    for path in [CATALOGUE, TIMELINE, EVENTS] {
        let owned = document(path);
        let mut blink = Blink::new_in(BlinkAlloc::new_in(&base));
        let sum = Sum::of(&owned);
        let calls = [(); 4].map(|()| {
            let before = base.calls();
            let copy = blink.clone_in(&owned);
            assert_eq!(Sum::of(&copy), sum);
            let calls = base.calls() - before;
            blink.reset();
            calls
        });
        assert!(calls[0] > 0, "{path}: {calls:?}");
        assert_eq!(calls[2..], [0, 0], "{path}: {calls:?}");
    }
}

#[test]
fn a_copy_in_a_frame_ends_with_it() {
    let owned = document(TIMELINE);
    let mut blink = Blink::new();
    let used = |blink: &Blink| blink.allocator().stats().used();
    let before = used(&blink);
    #[blink_frame]
    fn is_equal(owned: &Document) -> bool {
        blink.clone_in(owned).ask() == owned.ask()
    }
    assert!(is_equal(&mut blink.as_frame(), &owned));
    assert_eq!(used(&blink), before);
}

/// The cells of a row of the table, without its name.
fn row<'a>(out: &'a str, name: &str) -> [&'a str; 3] {
    let rows = out.lines().filter_map(|line| line.strip_prefix("| "));
    let mut found = rows.filter_map(|row| row.strip_prefix(name)?.trim_start().strip_prefix('|'));
    let row = found.next().unwrap_or_else(|| panic!("no {name} in {out}"));
    let cells: Vec<_> = row.split('|').map(str::trim).collect();
    [cells[0], cells[1], cells[2]]
}

#[test]
fn without_files_it_reads_those_that_come_with_it() {
    let Run { code, out, err } = run_once(&[]);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    let parts: Vec<_> = out.split("## ").collect();
    let ["", catalogue, timeline, events] = parts[..] else {
        panic!("{out}")
    };
    for (part, head, answer) in [
        (
            catalogue,
            "data/citm_catalog.json\n\n1727204 bytes, read 1 times",
            "\nMusique dirigée: 146, the first is Berliner Philharmoniker in Salle Pleyel\n",
        ),
        (
            timeline,
            "data/twitter.json\n\n631514 bytes, read 1 times",
            "\nRepeated 3291 times: thsc782_407\n",
        ),
        (
            events,
            "data/github_events.json\n\n65132 bytes, read 1 times",
            "\nObjects with \"type\": 39\n",
        ),
    ] {
        assert!(part.starts_with(head), "{part}");
        assert!(part.contains(answer), "{part}");
        assert!(
            part.trim_end()
                .ends_with("\nThe copy is equal to the original."),
            "{part}"
        );
        assert!(
            part.contains(", then 0. Its memory when it is warm: "),
            "{part}"
        );
        for name in ["calls to copy to a warm arena", "calls to free the copy"] {
            let [owned, copied, _] = row(part, name);
            assert!(owned.parse::<usize>().unwrap() > 500, "{part}");
            assert_eq!(copied, "0", "{part}");
        }
        let [clone, copy, _] = row(part, "calls to copy to a new arena");
        let [clone, copy] = [clone, copy].map(|calls| calls.parse::<usize>().unwrap());
        assert!(copy * 50 < clone, "{part}");
        for name in [
            "copy to a new arena",
            "ask",
            "visit everything",
            "free the copy",
        ] {
            let [_, _, ratio] = row(part, name);
            assert!(ratio.parse::<f64>().is_ok(), "{part}");
        }
    }
}

#[test]
fn copies_are_one_graph() {
    let values = |copies| {
        let Run { code, out, .. } = run(&["--copies", copies, "--rounds", "2", TIMELINE]);
        assert_eq!(code, Some(0), "{out}");
        let (_, values) = out.split_once("s: ").unwrap();
        values.split(' ').next().unwrap().parse::<u64>().unwrap()
    };
    // The vector of the documents is a value, too.
    assert_eq!(values("1"), 5010);
    assert_eq!(values("3"), 3 * 5009 + 1);
}

#[test]
fn documents_of_any_kind() {
    for text in [
        "null",
        "[]",
        "{}",
        "7",
        "\"\"",
        "{\"statuses\":[]}",
        "[[[1,2],[]],{\"a\":true}]",
    ] {
        let args = ["--copies", "2", "--rounds", "1", "-"];
        let Run { code, out, err } = program::run(PROGRAM, &args, text.as_bytes());
        assert_eq!((code, err.as_str()), (Some(0), ""), "{text}: {out}");
        assert!(out.starts_with("## -\n"), "{out}");
        assert!(out.contains("The copy is equal to the original."), "{out}");
    }
}

#[test]
fn the_chart_is_well_formed() {
    let [svg, report] = ["graphs.svg", "graphs.md"].map(|name| file(name, b""));
    let Run { code, out, err } = run_once(&["--svg", &svg, "--report", &report, TIMELINE, EVENTS]);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");

    let chart = fs::read_to_string(&svg).unwrap();
    let chart = roxmltree::Document::parse(&chart).unwrap();
    let root = chart.root_element();
    assert_eq!(
        root.tag_name().namespace(),
        Some("http://www.w3.org/2000/svg")
    );
    let texts: Vec<_> = chart.descendants().filter_map(|node| node.text()).collect();
    for text in [TIMELINE, EVENTS, "copy to a warm arena", "visit everything"] {
        assert!(texts.contains(&text), "no {text} in {texts:?}");
    }
    // The legend, and six groups.
    let bars = chart
        .descendants()
        .filter(|node| node.has_attribute("fill"));
    assert_eq!(bars.count(), 2 + 6 * 2);

    let report = fs::read_to_string(&report).unwrap();
    let (head, tables) = report.split_at(report.find("## ").unwrap());
    assert_eq!(tables.trim_end(), out.trim_end());
    assert!(head.starts_with("# Owned graphs, "), "{head}");
    assert!(
        head.ends_with("\n![The ratios as bars](graphs.svg)\n\n"),
        "{head}"
    );
    // The names of these files, but not where they are here.
    let command = "`cargo run --release -p blink-examples --bin graphs -- --copies 1 --rounds 1 \
                   --svg graphs.svg --report graphs.md data/twitter.json data/github_events.json`";
    assert!(head.contains(command), "{head}");
}

#[test]
fn a_bad_file_is_named_and_the_others_are_read() {
    let broken = file("graphs-broken.json", b"{\n  \"events\": [1 2]\n}");
    let binary = file("graphs-binary.json", b"\"\xff\"");
    let deep = file("graphs-deep.json", "[".repeat(100_000).as_bytes());
    let svg = file("graphs-of-others.svg", b"");
    let files = ["data/none.json", &broken, &binary, "data", &deep, EVENTS];
    let Run { code, out, err } = run_once(&[&["--svg", &svg], &files[..]].concat());
    assert_eq!(code, Some(1), "{out}");
    assert_eq!(out.matches("## ").count(), 1, "{out}");
    let lines: Vec<_> = err.lines().collect();
    let expected = [
        "graphs: data/none.json: cannot read: ".to_owned(),
        format!("graphs: {broken}: expected `,` or `]` at line 2 column 16"),
        format!("graphs: {binary}: invalid unicode code point at line 1"),
        "graphs: data: cannot read: ".to_owned(),
        format!("graphs: {deep}: recursion limit exceeded at line 1 column 128"),
    ];
    assert_eq!(lines.len(), expected.len(), "{err}");
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.starts_with(&expected), "{line}");
    }
    // The chart has the file that could be read.
    assert!(fs::read_to_string(&svg).unwrap().contains(EVENTS));
}

#[test]
fn a_file_that_cannot_be_written_is_an_error() {
    for option in ["--svg", "--report"] {
        let Run { code, out, err } = run_once(&[option, "data", EVENTS]);
        assert_eq!(code, Some(1), "{out}");
        assert!(err.starts_with("graphs: data: cannot write: "), "{err}");
    }
    // Nothing is written where there is nothing to write about.
    let svg = file("graphs-empty.svg", b"before");
    let Run { code, .. } = run_once(&["--svg", &svg, "data/none.json"]);
    assert_eq!(code, Some(1));
    assert_eq!(fs::read(&svg).unwrap(), b"before");
}

#[test]
fn options() {
    for option in ["--help", "-h"] {
        let Run { code, out, err } = run(&[option]);
        assert_eq!((code, err.as_str()), (Some(0), ""));
        assert!(out.contains("usage: graphs [OPTIONS] [FILE...]"), "{out}");
    }
    for (args, expected) in [
        (&["--fast"][..], "no option --fast"),
        (&["--copies"], "--copies needs a number"),
        (
            &["--copies", "0"],
            "--copies: 0 is no number from 1 to 10000",
        ),
        (
            &["--rounds", "x"],
            "--rounds: x is no number from 1 to 10000",
        ),
        (&[EVENTS, "--svg"], "--svg needs a file"),
        (&["--report"], "--report needs a file"),
    ] {
        let Run { code, out, err } = run(args);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{args:?}");
        assert_eq!(err.lines().next(), Some(&*format!("graphs: {expected}")));
        assert!(err.contains("usage: graphs [OPTIONS] [FILE...]"), "{err}");
    }
    let Run { code, err, .. } = run(&["--", "--svg"]);
    assert_eq!(code, Some(1));
    assert!(err.starts_with("graphs: --svg: cannot read: "), "{err}");
}

#[test]
fn who_does_not_read_its_output_is_no_error() {
    for args in [&["--help"][..], &["--copies", "1", "--rounds", "1", EVENTS]] {
        let Run { code, err, .. } = run_unread(PROGRAM, args);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{args:?}");
    }
}
