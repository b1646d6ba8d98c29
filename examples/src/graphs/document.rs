//! What is in a file.

use blink_alloc::BlinkClone;
use serde_json::Error;

use super::{catalogue::Catalogue, json::Json, timeline::Timeline};

/// A document of a file.
#[derive(BlinkClone, Clone, Debug)]
pub enum Document {
    /// The catalogue of a concert hall.
    Catalogue(Box<Catalogue>),
    /// Messages.
    Timeline(Timeline),
    /// Anything else.
    Other(Json),
}

impl Document {
    /// Reads a document as the first of the three that fits.
    ///
    /// # Errors
    ///
    /// When the text is no JSON, where and why.
    pub fn parse(text: &[u8]) -> Result<Self, Error> {
        if let Ok(catalogue) = serde_json::from_slice(text) {
            return Ok(Self::Catalogue(Box::new(catalogue)));
        }
        if let Ok(mut timeline) = serde_json::from_slice::<Timeline>(text) {
            timeline.index();
            return Ok(Self::Timeline(timeline));
        }
        serde_json::from_slice(text).map(Self::Other)
    }

    /// Reads a document several times: what a program has that has read as many of that kind.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn parse_copies(text: &[u8], copies: usize) -> Result<Vec<Self>, Error> {
        (0..copies).map(|_| Self::parse(text)).collect()
    }
}
