//! The catalogue of a concert hall: the shape of `data/citm_catalog.json`.

use std::collections::HashMap;

use blink_alloc::BlinkClone;
use serde::Deserialize;

/// What is given where and when, for how much, and the names of everything.
#[derive(BlinkClone, Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Catalogue {
    /// Names of parts of the hall.
    pub area_names: HashMap<u64, String>,
    /// Events by their numbers.
    pub events: HashMap<u64, Event>,
    /// When the events are given.
    pub performances: Vec<Performance>,
    /// Names of categories of seats.
    pub seat_category_names: HashMap<u64, String>,
    /// Names of topics within topics.
    pub sub_topic_names: HashMap<u64, String>,
    /// Names of topics.
    pub topic_names: HashMap<u64, String>,
    /// The topics within each topic.
    pub topic_sub_topics: HashMap<u64, Vec<u64>>,
    /// Names of venues by their codes.
    pub venue_names: HashMap<String, String>,
}

/// Something that is given, once or several times.
#[derive(BlinkClone, Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// What others call it by.
    pub id: u64,
    /// Its title.
    pub name: String,
    /// More of the title.
    pub subtitle: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Where a picture is.
    pub logo: Option<String>,
    /// The topics that it belongs to.
    pub topic_ids: Vec<u64>,
    /// The topics within these.
    pub sub_topic_ids: Vec<u64>,
}

/// One evening of an event.
#[derive(BlinkClone, Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Performance {
    /// What others call it by.
    pub id: u64,
    /// The event.
    pub event_id: u64,
    /// A name of its own.
    pub name: Option<String>,
    /// Where a picture is.
    pub logo: Option<String>,
    /// What seats cost.
    pub prices: Vec<Price>,
    /// Where they are.
    pub seat_categories: Vec<SeatCategory>,
    /// When it begins, in milliseconds since 1970.
    pub start: u64,
    /// Where it is given.
    pub venue_code: String,
}

/// The price of a seat.
#[derive(BlinkClone, Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[blink(copy)]
pub struct Price {
    /// In cents.
    pub amount: u32,
    /// For whom.
    pub audience_sub_category_id: u64,
    /// Of what seats.
    pub seat_category_id: u64,
}

/// The seats of a category in a performance.
#[derive(BlinkClone, Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SeatCategory {
    /// The category.
    pub seat_category_id: u64,
    /// Where these seats are.
    pub areas: Vec<Area>,
}

/// A part of the hall.
#[derive(BlinkClone, Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Area {
    /// What it is called by.
    pub area_id: u64,
    /// The blocks of it that are for sale, if not all of them.
    pub block_ids: Vec<u64>,
}
