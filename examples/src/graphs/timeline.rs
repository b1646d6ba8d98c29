//! What a search for short messages has found: the shape of `data/twitter.json`.

use std::collections::{BTreeMap, HashMap};

use blink_alloc::BlinkClone;
use serde::Deserialize;

/// Messages, the newest first.
#[derive(BlinkClone, Clone, Debug, Deserialize)]
pub struct Timeline {
    /// The messages.
    pub statuses: Vec<Status>,
    /// Which of them have a tag.
    #[serde(skip)]
    pub by_tag: BTreeMap<String, Vec<usize>>,
}

/// A message.
#[derive(BlinkClone, Clone, Debug, Deserialize)]
pub struct Status {
    /// What others call it by.
    pub id: u64,
    /// When it was written.
    pub created_at: String,
    /// What was written.
    pub text: String,
    /// By whom.
    pub user: Box<User>,
    /// The message that it repeats.
    pub retweeted_status: Option<Box<Status>>,
    /// The message that it answers.
    pub in_reply_to_status_id: Option<u64>,
    /// Who wrote that.
    pub in_reply_to_screen_name: Option<String>,
    /// How often it was repeated.
    pub retweet_count: u32,
    /// How many liked it.
    pub favorite_count: u32,
    /// What stands in the text.
    pub entities: Entities,
    /// Why it was found.
    pub metadata: Metadata,
    /// The language of the text.
    pub lang: String,
}

/// Who writes messages.
#[derive(BlinkClone, Clone, Debug, Deserialize)]
pub struct User {
    /// What others call them by.
    pub id: u64,
    /// Their name.
    pub name: String,
    /// The name that they are addressed by.
    pub screen_name: String,
    /// Where they say that they are.
    pub location: String,
    /// What they say of themselves.
    pub description: String,
    /// Their page.
    pub url: Option<String>,
    /// How many read them.
    pub followers_count: u32,
    /// How many they read.
    pub friends_count: u32,
    /// Their place on the clock.
    pub time_zone: Option<String>,
    /// Whether it is known who they are.
    pub verified: bool,
}

/// What stands in a text.
#[derive(BlinkClone, Clone, Debug, Deserialize)]
pub struct Entities {
    /// Tags.
    pub hashtags: Vec<Hashtag>,
    /// Who is addressed.
    pub user_mentions: Vec<Mention>,
    /// Addresses of pages.
    pub urls: Vec<Link>,
    /// Pictures.
    #[serde(default)]
    pub media: Vec<Media>,
}

/// A tag.
#[derive(BlinkClone, Clone, Debug, Deserialize)]
pub struct Hashtag {
    /// The word.
    pub text: String,
    /// Where it begins and ends.
    pub indices: [u32; 2],
}

/// Somebody who is addressed.
#[derive(BlinkClone, Clone, Debug, Deserialize)]
pub struct Mention {
    /// Who it is.
    pub id: u64,
    /// Their name.
    pub name: String,
    /// The name that stands in the text.
    pub screen_name: String,
    /// Where it begins and ends.
    pub indices: (u32, u32),
}

/// The address of a page.
#[derive(BlinkClone, Clone, Debug, Deserialize)]
pub struct Link {
    /// As it stands in the text.
    pub url: String,
    /// Where it leads.
    pub expanded_url: String,
}

/// A picture.
#[derive(BlinkClone, Clone, Debug, Deserialize)]
pub struct Media {
    /// What others call it by.
    pub id: u64,
    /// Where it is.
    pub media_url: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: MediaKind,
    /// The sizes that there are of it, by their names.
    pub sizes: HashMap<String, Size>,
}

/// Kinds of pictures.
#[derive(BlinkClone, Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// Does not move.
    Photo,
    /// Moves.
    Video,
    /// Moves, again and again.
    AnimatedGif,
}

/// A size of a picture.
#[derive(BlinkClone, Clone, Copy, Debug, Deserialize)]
#[blink(copy)]
pub struct Size {
    /// Width.
    pub w: u32,
    /// Height.
    pub h: u32,
    /// How it was made.
    pub resize: Resize,
}

/// How a picture was brought to a size.
#[derive(BlinkClone, Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Resize {
    /// All of it is there.
    Fit,
    /// What did not fit was cut off.
    Crop,
}

/// Why a message was found.
#[derive(BlinkClone, Clone, Debug, Deserialize)]
pub struct Metadata {
    /// The reason.
    pub result_type: ResultType,
    /// The language that was asked for.
    pub iso_language_code: String,
}

/// Reasons to find a message.
#[derive(BlinkClone, Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum ResultType {
    /// It is new.
    Recent,
    /// Many read it.
    Popular,
}

impl Timeline {
    /// Finds out which messages have a tag.
    pub(super) fn index(&mut self) {
        for (place, status) in self.statuses.iter().enumerate() {
            for tag in &status.entities.hashtags {
                let places = self.by_tag.entry(tag.text.clone()).or_default();
                places.push(place);
            }
        }
    }
}
