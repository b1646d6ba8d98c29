//! Programs that must not compile; see `tests/ui.rs`.
