//! A vector of one type, with room for all: what an arena of values that it drops is measured
//! against. It gives out no references that last while it is pushed to.

use crate::peers::states::{EmptyStrings, HeapStrings, Keep, Warm};

type Strings = Vec<String>;

impl Warm for Strings {
    fn warm() -> Self {
        Vec::with_capacity(1000)
    }
}

impl Keep for Strings {
    fn keep(&mut self, string: String) {
        self.push(string);
    }
}

peer! {
    "typed_vec", name;
    Strings {
        fn put_string(strings: &mut Strings, string: String) { strings.push(string) }
    }
    EmptyStrings<Strings> {
        fn reset_empty_strings(strings: &mut EmptyStrings<Strings>) { strings.0.clear() }
    }
    HeapStrings<Strings> {
        fn reset_heap_strings(strings: &mut HeapStrings<Strings>) { strings.0.clear() }
    }
}
