//! The parser against `serde_json`: the same verdict on every text, and the same values.

use std::{env, fs, path::Path};

use blink_alloc::Blink;
use blink_examples::json::{equal::equal, parse::parse};
use serde_json::Value as Owned;

/// `serde_json` refuses the 128th array or object in another one.
const DEPTH: usize = 127;

/// Both parsers, and arenas for many texts.
#[derive(Default)]
struct Both {
    blink: Blink,
    scratch: Blink,
    accepted: usize,
    rejected: usize,
}

impl Both {
    /// Checks that both say the same about a text, and that it can be written and read again.
    fn check(&mut self, text: &[u8]) {
        let shown = || String::from_utf8_lossy(&text[..text.len().min(2000)]).into_owned();
        let (blink, scratch) = (&self.blink.as_frame(), &mut self.scratch.as_frame());
        let document = parse(scratch, blink, text, DEPTH);
        let owned = serde_json::from_slice::<Owned>(text);
        match (document, &owned) {
            (Ok(document), Ok(owned)) => {
                assert!(equal(document, owned), "{document}\n{owned}\n{}", shown());
                let written = document.to_string();
                let again = parse(scratch, blink, written.as_bytes(), DEPTH);
                assert_eq!(again, Ok(document), "{written}");
                self.accepted += 1;
            }
            (Err(_), Err(_)) => self.rejected += 1,
            (ours, theirs) => panic!("{ours:?}\n{theirs:?}\n{}", shown()),
        }
        self.blink.reset();
        self.scratch.reset();
    }
}

/// The comparison that the other tests rely on can say no.
#[test]
fn a_difference_is_found() {
    let (mut blink, mut scratch) = (Blink::new(), Blink::new());
    let (blink, mut scratch) = (blink.as_frame(), scratch.as_frame());
    let mut differ = |a: &str, b: &str| {
        let document = parse(&mut scratch, &blink, a.as_bytes(), DEPTH).unwrap();
        !equal(document, &serde_json::from_str(b).unwrap())
    };
    let texts = [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "0.0",
        "1",
        "-1",
        "1.0",
        "1.000000000000001",
        "\"\"",
        "\"a\"",
        "\"1\"",
        "[]",
        "[1]",
        "[1,1]",
        "[1,2]",
        "[[1]]",
        "{}",
        "{\"a\":1}",
        "{\"a\":2}",
        "{\"b\":1}",
        "{\"a\":1,\"b\":1}",
        "{\"a\":[1]}",
    ];
    for (index, a) in texts.iter().enumerate() {
        for (other, b) in texts.iter().enumerate() {
            assert_eq!(differ(a, b), index != other, "{a} {b}");
        }
    }
    assert!(!differ("{\"b\":0,\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}"));
    assert!(differ("{\"b\":2,\"a\":1,\"b\":0}", "{\"b\":2,\"a\":1}"));
}

/// The documents of a folder, as text.
fn documents(folder: &Path) -> Vec<Vec<u8>> {
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let documents = files.filter(|file| file.extension().is_some_and(|it| it == "json"));
    documents.map(|file| fs::read(file).unwrap()).collect()
}

#[test]
fn real_documents() {
    let mut folders = vec![concat!(env!("CARGO_MANIFEST_DIR"), "/data").into()];
    folders.extend(env::var_os("BLINK_JSON_CORPUS"));
    for folder in &folders {
        let documents = documents(folder.as_ref());
        assert!(documents.len() >= 3, "not a corpus: {}", folder.display());
        let mut both = Both::default();
        for text in &documents {
            both.check(text);
        }
        assert_eq!(both.accepted, documents.len());
    }
}

/// Something of everything, in little.
const SMALL: &str = r#" {"a\n":[null,true,false,-0.5e+3,120],"é\u00e9\ud834\udd1e":{"":""},"x":7}"#;

#[test]
fn a_document_with_one_other_byte() {
    let mut both = Both::default();
    both.check(SMALL.as_bytes());
    for at in 0..SMALL.len() {
        for byte in 0..=u8::MAX {
            let mut text = SMALL.as_bytes().to_vec();
            text[at] = byte;
            both.check(&text);
            text.insert(at, SMALL.as_bytes()[at]);
            both.check(&text);
        }
        let mut text = SMALL.as_bytes().to_vec();
        text.remove(at);
        both.check(&text);
    }
    assert!(both.accepted > 1000 && both.rejected > 1000);
}

#[test]
fn short_texts() {
    let mut both = Both::default();
    both.check(b"");
    for first in 0..=u8::MAX {
        both.check(&[first]);
        for second in 0..=u8::MAX {
            both.check(&[first, second]);
            both.check(&[b'"', first, second, b'"']);
            both.check(&[b'"', b'\\', first, second, b'"']);
        }
    }
    // Every text of a few characters that mean something.
    let characters = b"[]{},:\"1-.e0 \\n";
    for number in 0..characters.len().pow(5) {
        let digit = |place| characters[number / characters.len().pow(place) % characters.len()];
        both.check(&[0, 1, 2, 3, 4].map(digit));
    }
}

#[test]
fn depth() {
    let mut both = Both::default();
    for depth in 120..135 {
        both.check(("[".repeat(depth) + &"]".repeat(depth)).as_bytes());
        both.check(("{\"a\":".repeat(depth) + "1" + &"}".repeat(depth)).as_bytes());
        both.check(("[{\"a\":".repeat(depth / 2) + "1" + &"}]".repeat(depth / 2)).as_bytes());
    }
    assert!(both.accepted > 0 && both.rejected > 0);
}

#[test]
fn generated_documents() {
    let mut both = Both::default();
    for seed in 1..=3000 {
        let mut generator = Generator {
            random: Random::new(seed),
            text: String::new(),
        };
        generator.value(0);
        generator.white_space();
        both.check(generator.text.as_bytes());
        assert_eq!(both.rejected, 0, "{}", generator.text);
    }
}

#[test]
fn generated_documents_with_damage() {
    let mut both = Both::default();
    for seed in 1..=1000 {
        let mut generator = Generator {
            random: Random::new(seed),
            text: String::new(),
        };
        generator.value(0);
        let Generator { mut random, text } = generator;
        for _ in 0..10 {
            let mut text = text.clone().into_bytes();
            for _ in 0..=random.below(3) {
                damage(&mut text, &mut random);
            }
            both.check(&text);
        }
    }
    assert!(both.accepted > 500 && both.rejected > 500);
}

#[test]
fn generated_numbers() {
    let mut both = Both::default();
    let mut generator = Generator {
        random: Random::new(1),
        text: String::new(),
    };
    for _ in 0..200_000 {
        generator.text.clear();
        generator.number();
        both.check(generator.text.as_bytes());
    }
    assert_eq!(both.rejected, 0);
}

/// Changes, removes, repeats or swaps something.
fn damage(text: &mut Vec<u8>, random: &mut Random) {
    if text.is_empty() {
        return;
    }
    let at = random.below(text.len());
    let end = (at + 1 + random.below(8)).min(text.len());
    match random.below(6) {
        0 => text[at] = random.below(256) as u8,
        1 => text[at] = random.pick(b"[]{},:\"\\0e.-tfn "),
        2 => text.insert(at, random.pick(b"[]{},:\"\\0e.-tfn ")),
        3 => drop(text.drain(at..end)),
        4 => drop(text.splice(at..at, text[at..end].to_vec())),
        _ => text.truncate(at),
    }
}

/// Writes random documents.
struct Generator {
    random: Random,
    text: String,
}

impl Generator {
    fn value(&mut self, depth: usize) {
        self.white_space();
        // Arrays and objects less and less often.
        match self.random.below(7 + depth) {
            0 => self.list(['[', ']'], |this| this.value(depth + 1)),
            1 => self.list(['{', '}'], |this| {
                this.white_space();
                this.string();
                this.white_space();
                this.text.push(':');
                this.value(depth + 1);
            }),
            2 | 3 => self.string(),
            4 => {
                let word = self.random.pick(&["null", "true", "false"]);
                self.text.push_str(word);
            }
            _ => self.number(),
        }
        self.white_space();
    }

    fn list(&mut self, [open, close]: [char; 2], mut entry: impl FnMut(&mut Self)) {
        self.text.push(open);
        let entries = self.random.below(12);
        for index in 0..entries {
            if index > 0 {
                self.text.push(',');
            }
            entry(self);
        }
        self.white_space();
        self.text.push(close);
    }

    fn white_space(&mut self) {
        while self.random.below(4) == 0 {
            let space = self.random.pick(&[' ', '\n', '\r', '\t']);
            self.text.push(space);
        }
    }

    /// A string; a short one often, so that names repeat.
    fn string(&mut self) {
        self.text.push('"');
        let longest = self.random.pick(&[2, 2, 10, 40]);
        for _ in 0..self.random.below(longest) {
            self.character();
        }
        self.text.push('"');
    }

    fn character(&mut self) {
        match self.random.below(16) {
            0 => {
                let escape = self
                    .random
                    .pick(&["\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t"]);
                self.text.push_str(escape);
            }
            1 => {
                let character = self.any_character();
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let escape = match self.random.below(2) {
                        0 => format!("\\u{unit:04x}"),
                        _ => format!("\\u{unit:04X}"),
                    };
                    self.text.push_str(&escape);
                }
            }
            2 | 3 => {
                let character = self.any_character();
                let escaped = character < ' ' || character == '"' || character == '\\';
                self.text.push(if escaped { 'x' } else { character });
            }
            _ => {
                let letter = self.random.pick(b"ab");
                self.text.push(char::from(letter));
            }
        }
    }

    /// A character of one, two, three or four bytes in UTF-8, each as likely.
    fn any_character(&mut self) -> char {
        let end = self.random.pick(&[0x80, 0x800, 0x1_0000, 0x11_0000]);
        char::from_u32(self.random.below(end) as u32).unwrap_or('\u{fffd}')
    }

    fn number(&mut self) {
        if self.random.below(2) == 0 {
            self.text.push('-');
        }
        let first = self.random.below(10);
        self.text.push_str(&first.to_string());
        if first > 0 {
            let most = self.random.pick(&[2, 19, 20, 21, 40]);
            self.digits(0, most);
        }
        if self.random.below(2) == 0 {
            self.text.push('.');
            let most = self.random.pick(&[2, 17, 40]);
            self.digits(1, most);
        }
        if self.random.below(3) == 0 {
            let exponent = self.random.pick(&["e", "E", "e+", "e-", "E+", "E-"]);
            self.text.push_str(exponent);
            let most = self.random.pick(&[10, 30, 260]);
            // `serde_json` takes some floats next to the largest one for infinite: no exponents
            // that lead there.
            let exponent = self.random.below(most).to_string();
            self.text.push_str(&exponent);
        }
    }

    fn digits(&mut self, least: usize, most: usize) {
        for _ in 0..least + self.random.below(most) {
            let digit = self.random.pick(b"0123456789");
            self.text.push(char::from(digit));
        }
    }
}

/// Random numbers by xorshift, the same in every run.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        // Neighbours become very different, and none is 0.
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `bound`, which is not 0.
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        // The high bits, which depend on all others.
        ((self.0 >> 32) as usize) % bound
    }

    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}
