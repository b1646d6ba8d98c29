//! Questions about messages.

use super::super::timeline::{BlinkTimeline, Timeline};

/// A message that others repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retweeted<'a> {
    /// What it is called by.
    pub id: u64,
    /// How often it was repeated.
    pub times: u32,
    /// Who wrote it.
    pub author: &'a str,
}

/// What can be asked of messages.
pub trait AskTimeline {
    /// The messages that were repeated most, and no more than `top` of them.
    fn retweeted(&self, top: usize) -> Vec<Retweeted<'_>>;

    /// Who has written a word, of those that more than so many read.
    fn mentioning(&self, word: &str, followers: u32) -> Vec<&str>;

    /// The texts of the messages with a tag.
    fn tagged(&self, tag: &str) -> Vec<&str>;

    /// Where the pictures are that have a large size of this width or more.
    fn pictures(&self, width: u32) -> Vec<&str>;
}

macro_rules! ask {
    ($($timeline:ty),*) => {$(
        impl AskTimeline for $timeline {
            fn retweeted(&self, top: usize) -> Vec<Retweeted<'_>> {
                let originals = self.statuses.iter();
                let originals = originals.filter_map(|status| status.retweeted_status.as_deref());
                let mut originals: Vec<_> = originals
                    .map(|status| Retweeted {
                        id: status.id,
                        times: status.retweet_count,
                        author: &status.user.screen_name,
                    })
                    .collect();
                originals.sort_unstable_by_key(|it| (u32::MAX - it.times, it.id));
                originals.dedup_by_key(|it| it.id);
                originals.truncate(top);
                originals
            }

            fn mentioning(&self, word: &str, followers: u32) -> Vec<&str> {
                let statuses = self.statuses.iter();
                let read = statuses.filter(|it| it.user.followers_count > followers);
                let mentioning = read.filter(|it| it.text.contains(word));
                mentioning.map(|it| &*it.user.screen_name).collect()
            }

            fn tagged(&self, tag: &str) -> Vec<&str> {
                let Some(places) = self.by_tag.get(tag) else {
                    return Vec::new();
                };
                let texts = places.iter().map(|&place| &*self.statuses[place].text);
                texts.collect()
            }

            fn pictures(&self, width: u32) -> Vec<&str> {
                let media = self.statuses.iter().flat_map(|it| it.entities.media.iter());
                let is_wide = |sizes: Option<u32>| sizes.is_some_and(|found| found >= width);
                let wide = media.filter(|it| is_wide(it.sizes.get("large").map(|size| size.w)));
                wide.map(|it| &*it.media_url).collect()
            }
        }
    )*};
}

ask!(Timeline, BlinkTimeline<'_>);
