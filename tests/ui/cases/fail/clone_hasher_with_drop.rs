//! A copy is not dropped, and so its hasher must not have to be.

use blink_alloc::Blink;
use std::{
    collections::HashMap,
    hash::{BuildHasher, DefaultHasher},
};

#[derive(Clone)]
struct Seeded(Vec<u64>);

impl BuildHasher for Seeded {
    type Hasher = DefaultHasher;

    fn build_hasher(&self) -> DefaultHasher {
        let _ = &self.0;
        DefaultHasher::new()
    }
}

fn main() {
    let map: HashMap<u32, u32, Seeded> = HashMap::with_hasher(Seeded(Vec::new()));
    Blink::new().clone_in(&map);
}
