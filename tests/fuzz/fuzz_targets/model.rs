//! The model test, with the fuzzer as the source of its operations.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| blink_tests::model::run(data));
