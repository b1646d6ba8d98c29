//! Visits every value of a document, as it is owned and in an arena.

use std::collections::{BTreeMap, HashMap};

use blink_alloc::{BlinkHashedMap, BlinkOrderedMap};

use super::{
    catalogue::{
        Area, BlinkArea, BlinkCatalogue, BlinkEvent, BlinkPerformance, BlinkSeatCategory,
        Catalogue, Event, Performance, Price, SeatCategory,
    },
    document::{BlinkDocument, Document},
    json::{BlinkJson, Json},
    timeline::{
        BlinkEntities, BlinkHashtag, BlinkLink, BlinkMedia, BlinkMention, BlinkMetadata,
        BlinkStatus, BlinkTimeline, BlinkUser, Entities, Hashtag, Link, Media, MediaKind, Mention,
        Metadata, Resize, ResultType, Size, Status, Timeline, User,
    },
};

/// What there was on the way. The same for a document and its copy, in whatever order their maps
/// are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Texts, numbers, collections and so on.
    pub values: u64,
    /// All numbers, and all bytes of texts, added up; lengths of collections too.
    pub content: u64,
}

impl Sum {
    /// What there is in a value.
    pub fn of(value: &(impl Walk + ?Sized)) -> Self {
        let mut sum = Self::default();
        value.walk(&mut sum);
        sum
    }

    fn add(&mut self, content: u64) {
        self.values += 1;
        self.content = self.content.wrapping_add(content);
    }
}

/// What can be visited.
pub trait Walk {
    /// Visits the value and all that is in it.
    fn walk(&self, sum: &mut Sum);
}

/// Implements the trait for numbers, and what is as good as a number.
macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Walk for $number {
            fn walk(&self, sum: &mut Sum) {
                sum.add(*self as u64);
            }
        }
    )*};
}

numbers!(bool, u32, u64, usize, MediaKind, Resize, ResultType);

/// Implements the trait for structs, which have the same fields in both forms.
macro_rules! structs {
    ($($($form:ty),+ => $fields:tt)*) => {
        $($(structs!(@ $form, $fields);)+)*
    };
    (@ $form:ty, { $($field:ident),* }) => {
        impl Walk for $form {
            fn walk(&self, sum: &mut Sum) {
                $(self.$field.walk(sum);)*
            }
        }
    };
}

structs! {
    Catalogue, BlinkCatalogue<'_> => {
        area_names, events, performances, seat_category_names, sub_topic_names, topic_names,
        topic_sub_topics, venue_names
    }
    Event, BlinkEvent<'_> => { id, name, subtitle, description, logo, topic_ids, sub_topic_ids }
    Performance, BlinkPerformance<'_> => {
        id, event_id, name, logo, prices, seat_categories, start, venue_code
    }
    Price => { amount, audience_sub_category_id, seat_category_id }
    SeatCategory, BlinkSeatCategory<'_> => { seat_category_id, areas }
    Area, BlinkArea<'_> => { area_id, block_ids }
    Timeline, BlinkTimeline<'_> => { statuses, by_tag }
    Status, BlinkStatus<'_> => {
        id, created_at, text, user, retweeted_status, in_reply_to_status_id,
        in_reply_to_screen_name, retweet_count, favorite_count, entities, metadata, lang
    }
    User, BlinkUser<'_> => {
        id, name, screen_name, location, description, url, followers_count, friends_count,
        time_zone, verified
    }
    Entities, BlinkEntities<'_> => { hashtags, user_mentions, urls, media }
    Hashtag, BlinkHashtag<'_> => { text, indices }
    Mention, BlinkMention<'_> => { id, name, screen_name, indices }
    Link, BlinkLink<'_> => { url, expanded_url }
    Media, BlinkMedia<'_> => { id, media_url, kind, sizes }
    Size => { w, h, resize }
    Metadata, BlinkMetadata<'_> => { result_type, iso_language_code }
}

/// Implements the trait for enums, which have the same variants in both forms.
macro_rules! enums {
    ($($enum:ident, $copy:ident { $($variant:ident),* })*) => {$(
        enums!(@ $enum, $enum { $($variant),* });
        enums!(@ $copy<'_>, $copy { $($variant),* });
    )*};
    (@ $type:ty, $enum:ident { $($variant:ident),* }) => {
        impl Walk for $type {
            fn walk(&self, sum: &mut Sum) {
                match self {
                    $($enum::$variant(value) => value.walk(sum),)*
                    // A unit, if there is one.
                    #[allow(unreachable_patterns, reason = "not every enum has one")]
                    _ => sum.add(0),
                }
            }
        }
    };
}

enums! {
    Document, BlinkDocument { Catalogue, Timeline, Other }
    Json, BlinkJson { Bool, Number, Text, Array, Object }
}

impl Walk for f64 {
    fn walk(&self, sum: &mut Sum) {
        sum.add(self.to_bits());
    }
}

impl Walk for str {
    fn walk(&self, sum: &mut Sum) {
        sum.add(self.bytes().map(u64::from).sum());
    }
}

impl Walk for String {
    fn walk(&self, sum: &mut Sum) {
        self.as_str().walk(sum);
    }
}

impl<T: Walk> Walk for [T] {
    fn walk(&self, sum: &mut Sum) {
        sum.add(self.len() as u64);
        self.iter().for_each(|item| item.walk(sum));
    }
}

impl<T: Walk, const N: usize> Walk for [T; N] {
    fn walk(&self, sum: &mut Sum) {
        self.as_slice().walk(sum);
    }
}

impl<T: Walk> Walk for Vec<T> {
    fn walk(&self, sum: &mut Sum) {
        self.as_slice().walk(sum);
    }
}

impl<T: Walk, U: Walk> Walk for (T, U) {
    fn walk(&self, sum: &mut Sum) {
        self.0.walk(sum);
        self.1.walk(sum);
    }
}

impl<T: Walk> Walk for Option<T> {
    fn walk(&self, sum: &mut Sum) {
        match self {
            Some(value) => value.walk(sum),
            None => sum.add(0),
        }
    }
}

impl<T: Walk> Walk for Box<T> {
    fn walk(&self, sum: &mut Sum) {
        T::walk(self, sum);
    }
}

impl<T: Walk + ?Sized> Walk for &T {
    fn walk(&self, sum: &mut Sum) {
        T::walk(self, sum);
    }
}

/// Implements the trait for maps.
macro_rules! maps {
    ($($map:ty),*) => {$(
        impl<K: Walk, V: Walk> Walk for $map {
            fn walk(&self, sum: &mut Sum) {
                sum.add(self.len() as u64);
                for (key, value) in self {
                    key.walk(sum);
                    value.walk(sum);
                }
            }
        }
    )*};
}

maps!(
    HashMap<K, V>,
    BTreeMap<K, V>,
    BlinkHashedMap<'_, K, V>,
    BlinkOrderedMap<'_, K, V>
);
