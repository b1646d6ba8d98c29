//! For the derive: the hasher of a map or set that is written without one.

/// Of `HashMap<K, V>`, whichever type has that name, the third parameter.
pub trait HasherOf {
    /// It.
    type Hasher;
}

#[cfg(feature = "std")]
impl<K, V, S> HasherOf for std::collections::HashMap<K, V, S> {
    type Hasher = S;
}

#[cfg(feature = "std")]
impl<K, S> HasherOf for std::collections::HashSet<K, S> {
    type Hasher = S;
}

#[cfg(feature = "hashbrown")]
impl<K, V, S> HasherOf for hashbrown::HashMap<K, V, S> {
    type Hasher = S;
}

#[cfg(feature = "hashbrown")]
impl<K, S> HasherOf for hashbrown::HashSet<K, S> {
    type Hasher = S;
}
