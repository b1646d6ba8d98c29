//! What is asked of documents, by the same code in both forms.
//!
//! A copy has the fields of the original, by the same names. The types of the fields differ, but
//! what reads them mostly serves both: `iter` of a vector and of a slice, `as_deref` of an
//! `Option<String>` and of an `Option<&str>`, `get` of both kinds of maps. So the methods are
//! written once, in macros that implement a trait for both.

mod catalogue;
mod json;
mod timeline;

use std::{cmp::Reverse, fmt};

pub use self::{
    catalogue::{AskCatalogue, Showing},
    json::AskJson,
    timeline::{AskTimeline, Retweeted},
};
use super::document::{BlinkDocument, Document};

/// The tag that is looked up in every timeline.
const TAG: &str = "一眼レフ";
/// A word that messages are searched for, and how many read those who wrote them.
const WORD: &str = "人";
const FOLLOWERS: u32 = 500;
/// Messages that are asked for.
const TOP: usize = 5;
/// Pixels from which on a picture is wide.
const WIDTH: u32 = 700;
/// Topics that are printed, those of which most is given.
const SHOWN: usize = 3;
/// Names that are looked up in every object.
const NAMES: [&str; 4] = ["name", "type", "id", "description"];

/// The answers to the questions about a document. What they consist of is in the document.
#[derive(Clone, Debug, PartialEq)]
pub enum Answers<'a> {
    /// Those about a catalogue.
    Catalogue {
        /// What is given, for each topic within a topic, in the order of the names.
        programme: Vec<(&'a str, Vec<Showing<'a>>)>,
        /// The least and the greatest price of each category of seats.
        prices: Vec<(&'a str, u32, u32)>,
        /// The events that have seats in one area only.
        small: Vec<&'a str>,
    },
    /// Those about messages.
    Timeline {
        /// The messages that were repeated most.
        retweeted: Vec<Retweeted<'a>>,
        /// Who has written a word, of those that many read.
        mentioning: Vec<&'a str>,
        /// Messages with a tag.
        tagged: Vec<&'a str>,
        /// Wide pictures.
        wide: Vec<&'a str>,
    },
    /// Those about other documents.
    Other {
        /// How many objects have a member, by the names of members.
        having: [usize; NAMES.len()],
        /// How many bytes the longest text has.
        longest: usize,
        /// All numbers, added up.
        total: f64,
    },
}

/// What all questions can be asked of.
pub trait Ask {
    /// Asks all questions.
    fn ask(&self) -> Answers<'_>;
}

macro_rules! ask {
    ($($type:ty, $document:ident);*) => {$(
        impl Ask for $type {
            fn ask(&self) -> Answers<'_> {
                match self {
                    $document::Catalogue(catalogue) => ask_catalogue(&**catalogue),
                    $document::Timeline(timeline) => ask_timeline(timeline),
                    $document::Other(json) => ask_json(json),
                }
            }
        }
    )*};
}

ask!(Document, Document; BlinkDocument<'_>, BlinkDocument);

fn ask_catalogue(catalogue: &impl AskCatalogue) -> Answers<'_> {
    let topics = catalogue.sub_topics().into_iter();
    Answers::Catalogue {
        programme: topics
            .map(|(name, id)| (name, catalogue.showings(id)))
            .collect(),
        prices: catalogue.prices(),
        small: catalogue.small(),
    }
}

fn ask_timeline(timeline: &impl AskTimeline) -> Answers<'_> {
    Answers::Timeline {
        retweeted: timeline.retweeted(TOP),
        mentioning: timeline.mentioning(WORD, FOLLOWERS),
        tagged: timeline.tagged(TAG),
        wide: timeline.pictures(WIDTH),
    }
}

fn ask_json(json: &impl AskJson) -> Answers<'_> {
    Answers::Other {
        having: NAMES.map(|name| json.having(name)),
        longest: json.longest(),
        total: json.total(),
    }
}

/// A few lines about the answers.
impl fmt::Display for Answers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Catalogue {
                programme,
                prices,
                small,
            } => {
                let mut topics: Vec<_> = programme.iter().collect();
                topics.sort_by_key(|(_, showings)| Reverse(showings.len()));
                for (topic, showings) in topics.into_iter().take(SHOWN) {
                    if let [first, ..] = &showings[..] {
                        let Showing { event, venue, .. } = first;
                        let count = showings.len();
                        writeln!(f, "{topic}: {count}, the first is {event} in {venue}")?;
                    }
                }
                let most = prices.iter().map(|(.., most)| *most).max();
                let most = f64::from(most.unwrap_or(0)) / 100.0;
                let categories = prices.len();
                writeln!(
                    f,
                    "Categories of seats: {categories}, the dearest seat {most}"
                )?;
                write!(f, "Small events: {}", small.join(", "))
            }
            Self::Timeline {
                retweeted,
                mentioning,
                tagged,
                wide,
            } => {
                for Retweeted { times, author, .. } in retweeted {
                    writeln!(f, "Repeated {times} times: {author}")?;
                }
                writeln!(f, "With {WORD}: {}", mentioning.join(", "))?;
                write!(
                    f,
                    "With #{TAG}: {}, wide pictures: {}",
                    tagged.len(),
                    wide.len()
                )
            }
            Self::Other {
                having,
                longest,
                total,
            } => {
                for (name, count) in NAMES.iter().zip(having) {
                    writeln!(f, "Objects with \"{name}\": {count}")?;
                }
                write!(f, "The longest text: {longest} bytes; all numbers: {total}")
            }
        }
    }
}
