//! Questions about a catalogue.

use super::super::catalogue::{BlinkCatalogue, Catalogue};

/// A performance of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Showing<'a> {
    /// When it begins, in milliseconds since 1970.
    pub start: u64,
    /// What is given.
    pub event: &'a str,
    /// Where.
    pub venue: &'a str,
}

/// What can be asked of a catalogue.
pub trait AskCatalogue {
    /// The topics within topics, by their names, with their numbers.
    fn sub_topics(&self) -> Vec<(&str, u64)>;

    /// What is given of a topic within a topic, the earliest first.
    fn showings(&self, sub_topic: u64) -> Vec<Showing<'_>>;

    /// The least and the greatest price of each category of seats, in the order of their names.
    fn prices(&self) -> Vec<(&str, u32, u32)>;

    /// The areas that have seats for an event.
    fn areas(&self, event: u64) -> Vec<u64>;

    /// The events that have seats in one area only, in the order of their names.
    fn small(&self) -> Vec<&str>;
}

macro_rules! ask {
    ($($catalogue:ty),*) => {$(
        impl AskCatalogue for $catalogue {
            fn sub_topics(&self) -> Vec<(&str, u64)> {
                let topics = self.sub_topic_names.iter();
                let mut topics: Vec<_> = topics.map(|(&id, name)| (&**name, id)).collect();
                topics.sort_unstable();
                topics
            }

            fn showings(&self, sub_topic: u64) -> Vec<Showing<'_>> {
                let mut showings = Vec::new();
                for performance in &self.performances[..] {
                    let Some(event) = self.events.get(&performance.event_id) else {
                        continue;
                    };
                    if event.sub_topic_ids.contains(&sub_topic) {
                        let code = &*performance.venue_code;
                        showings.push(Showing {
                            start: performance.start,
                            event: &event.name,
                            venue: self.venue_names.get(code).map_or(code, |name| name),
                        });
                    }
                }
                showings.sort_unstable();
                showings
            }

            fn prices(&self) -> Vec<(&str, u32, u32)> {
                let mut prices = Vec::new();
                for (&category, name) in &self.seat_category_names {
                    let performances = self.performances.iter();
                    let all = performances.flat_map(|performance| performance.prices.iter());
                    let of = all.filter(|price| price.seat_category_id == category);
                    let range = of.fold((u32::MAX, 0), |(least, most), price| {
                        (least.min(price.amount), most.max(price.amount))
                    });
                    prices.push((&**name, range.0, range.1));
                }
                prices.sort_unstable();
                prices
            }

            fn areas(&self, event: u64) -> Vec<u64> {
                let performances = self.performances.iter();
                let performances = performances.filter(|it| it.event_id == event);
                let seats = performances.flat_map(|it| it.seat_categories.iter());
                let areas = seats.flat_map(|seats| seats.areas.iter());
                let mut areas: Vec<u64> = areas.map(|area| area.area_id).collect();
                areas.sort_unstable();
                areas.dedup();
                areas
            }

            fn small(&self) -> Vec<&str> {
                let events = self.events.iter();
                let small = events.filter(|&(&id, _)| self.areas(id).len() == 1);
                let mut names: Vec<&str> = small.map(|(_, event)| &*event.name).collect();
                names.sort_unstable();
                names
            }
        }
    )*};
}

ask!(Catalogue, BlinkCatalogue<'_>);
