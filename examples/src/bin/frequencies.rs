//! Counts the words of a text with everything in an arena: the words, the hash map that counts
//! them, and the sorted answer. Then does the same job without the arena and compares.
//!
//! ```text
//! cargo run --release -p blink-examples --bin frequencies [FILE...]
//! ```
//!
//! The job itself is [`rank`]. Without files it reads `data/twitter.json`.

use std::{
    env,
    ffi::OsString,
    fs,
    hint::black_box,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use blink_alloc::{Blink, BlinkAlloc};
use blink_examples::{counting::Counting, measure::Measured, program::exit_code};
use hashbrown::{DefaultHashBuilder, HashMap};

#[global_allocator]
static GLOBAL: Counting = Counting;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/twitter.json");
const HELP: &str = "\
Counts the words of files with an arena, and compares with the same job without one.

usage: frequencies [FILE...]

Without files it reads the JSON document that comes with the program.
A word is a run of letters, digits and `_` that begins with a letter; case does not matter.
";
/// Words that are printed.
const TOP: usize = 10;
/// Rounds that are measured. Odd, so that one of them is the median.
const ROUNDS: usize = 51;

fn main() -> ExitCode {
    let args: Vec<OsString> = env::args_os().skip(1).collect();
    if args.iter().any(|arg| arg == "--help" || arg == "-h") {
        print!("{HELP}");
        return ExitCode::SUCCESS;
    }
    if let Some(option) = args
        .iter()
        .find(|arg| arg.as_encoded_bytes().starts_with(b"-"))
    {
        eprintln!("frequencies: no option {}\n\n{HELP}", option.display());
        return ExitCode::from(2);
    }
    let mut files: Vec<PathBuf> = args.into_iter().map(PathBuf::from).collect();
    if files.is_empty() {
        files.push(PathBuf::from(CORPUS));
    }
    let done = report_all(&files, &mut io::stdout().lock());
    exit_code("frequencies", done)
}

/// Reports on every file that can be read, and says whether all could.
fn report_all(files: &[PathBuf], out: &mut impl Write) -> io::Result<bool> {
    // One arena for all files. It grows to what the largest of them needs.
    let mut arena = BlinkAlloc::new();
    let mut all = true;
    for file in files {
        match fs::read_to_string(file) {
            Ok(text) => {
                let text = text.to_lowercase();
                // Found before anything is measured: this takes longer than to count them, and
                // an arena makes no difference to it.
                let words: Vec<&str> = words(&text).collect();
                writeln!(out, "{}", file.display())?;
                show(&words, &arena, out)?;
                // Frees all that `show` allocated. With a word of it still in a variable this
                // line would not compile.
                arena.reset();
                compare(&words, &mut arena, out)?;
            }
            Err(error) => {
                eprintln!("frequencies: cannot read {}: {error}", file.display());
                all = false;
            }
        }
    }
    Ok(all)
}

/// Runs of letters, digits and `_` that begin with a letter, of any script.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| word.starts_with(char::is_alphabetic))
}

/// All words with their counts, the most frequent first. The answer lives in the arena, until
/// its owner resets it.
fn rank<'a>(words: &[&str], blink: &'a Blink<&BlinkAlloc>) -> &'a [(&'a str, u32)] {
    // A container takes the arena as its allocator; `blink` puts single values into the same.
    let arena: &BlinkAlloc = blink.allocator();
    let mut counts = HashMap::with_hasher_in(DefaultHashBuilder::default(), arena);
    for &word in words {
        match counts.get_mut(word) {
            Some(count) => *count += 1,
            None => {
                // A copy, so that the answer does not depend on the text.
                let word: &str = blink.copy_str(word);
                counts.insert(word, 1);
            }
        }
    }
    let ranked = blink.emplace_no_drop().from_iter(counts);
    ranked.sort_unstable_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    ranked
}

/// [`rank`] without an arena, line for line.
fn rank_owned(words: &[&str]) -> Vec<(String, u32)> {
    let mut counts = HashMap::with_hasher(DefaultHashBuilder::default());
    for &word in words {
        match counts.get_mut(word) {
            Some(count) => *count += 1,
            None => {
                counts.insert(word.to_owned(), 1);
            }
        }
    }
    let mut ranked = Vec::with_capacity(counts.len());
    ranked.extend(counts);
    ranked.sort_unstable_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    ranked
}

/// Prints the words and what they take of the arena.
fn show(words: &[&str], arena: &BlinkAlloc, out: &mut impl Write) -> io::Result<()> {
    let blink = Blink::new_in(arena);
    let ranked = rank(words, &blink);
    let (total, different) = (words.len(), ranked.len());
    writeln!(out, "{total} words, {different} of them different")?;
    for (word, count) in ranked.iter().take(TOP) {
        writeln!(out, "{count:>8}  {word}")?;
    }
    let owned = rank_owned(words);
    let pairs = owned.iter().map(|(word, count)| (word.as_str(), *count));
    assert!(
        pairs.eq(ranked.iter().copied()),
        "the two versions count differently"
    );
    writeln!(out, "All counts are the same without an arena.\n")?;
    writeln!(out, "The arena after the first round:\n{}\n", arena.stats())
}

/// Prints time and allocator calls, with and without the arena.
fn compare(words: &[&str], arena: &mut BlinkAlloc, out: &mut impl Write) -> io::Result<()> {
    // `show` was the first round, this is the second. From the third on the arena has one
    // chunk that is large enough, and the system's allocator is not called any more.
    round(words, arena);

    let [mut new, mut warm, mut owned] = <[Measured; 3]>::default();
    // Interleaved, so that whatever else is running slows down all three.
    for _ in 0..ROUNDS {
        new.run(|| round(words, &mut BlinkAlloc::new()));
        warm.run(|| round(words, arena));
        owned.run(|| drop(black_box(rank_owned(words))));
    }

    rank(words, &Blink::new_in(&*arena));
    writeln!(out, "The arena after a warm round:\n{}\n", arena.stats())?;
    arena.reset();

    writeln!(out, "{}", Measured::HEAD)?;
    writeln!(out, "{}", new.row("a new arena each round"))?;
    writeln!(out, "{}", warm.row("one arena, warm"))?;
    writeln!(out, "{}", owned.row("no arena"))?;
    writeln!(
        out,
        "median time of {ROUNDS} interleaved rounds, most calls in one of them\n"
    )
}

/// The job once, and the reset that frees what it allocated.
fn round(words: &[&str], arena: &mut BlinkAlloc) {
    black_box(rank(words, &Blink::new_in(&*arena)));
    arena.reset();
}
