//! The types of the standard library by their spelling, and what they become.

use syn::{GenericArgument, Path, PathArguments, Type};

use super::names::Names;

/// What a known type becomes.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Known {
    /// Itself.
    Same,
    /// Itself, around what its arguments become.
    Shape,
    /// What its argument becomes.
    Inner,
    /// An `Option` of that.
    Maybe,
    /// A reference to what its argument becomes.
    Pointer,
    /// The same, and what it points to can be shared.
    Shared,
    /// A weak pointer.
    Weak,
    /// A slice of what its argument becomes.
    Slice,
    /// `&str` and its like: a reference to this.
    Text(&'static str),
    /// The string itself, behind a pointer.
    Unsized(&'static str),
    /// A map or set that the library has, by its name there.
    Ordered(&'static str),
    /// The same with a hasher behind so many other arguments.
    Hashed(&'static str, usize),
    /// Itself around what can be copied bit by bit.
    CopyCell,
}

/// Crates that have known types.
const CRATES: &[&str] = &["std", "core", "alloc", "allocator_api2", "hashbrown"];

/// Modules that a known type can be named in.
const MODULES: &[&str] = &[
    "borrow",
    "boxed",
    "c_str",
    "cell",
    "cmp",
    "collections",
    "atomic",
    "ffi",
    "marker",
    "net",
    "num",
    "ops",
    "option",
    "os_str",
    "path",
    "primitive",
    "rc",
    "result",
    "string",
    "sync",
    "time",
    "vec",
];

/// [`known`], unless the type itself or a parameter has that name.
pub(super) fn known_to(names: &Names, path: &Path) -> Option<Known> {
    let first = &path.segments.first()?.ident;
    if names.params.contains(first) || *first == names.ident {
        return None;
    }
    known(path)
}

/// Looks up a path, if its spelling leads into the standard library or is a single name. What is
/// not found is for the trait to say.
fn known(path: &Path) -> Option<Known> {
    let mut segments = path.segments.iter().rev();
    let last = segments.next()?;
    let first = path.segments.first()?.ident.to_string();
    let is_std = match segments.count() {
        0 => true,
        1 => MODULES.contains(&first.as_str()) || CRATES.contains(&first.as_str()),
        _ => CRATES.contains(&first.as_str()),
    };
    if !is_std {
        return None;
    }
    let mut rest = path.segments.iter().take(path.segments.len() - 1);
    if rest.any(|segment| !segment.arguments.is_none()) {
        return None;
    }
    let name = last.ident.to_string();
    lookup(&name, arguments(&last.arguments)?.len())
}

/// The types between the angle brackets.
fn arguments(arguments: &PathArguments) -> Option<Vec<&Type>> {
    match arguments {
        PathArguments::None => Some(Vec::new()),
        PathArguments::AngleBracketed(arguments) => arguments
            .args
            .iter()
            .filter(|argument| !matches!(argument, GenericArgument::Lifetime(_)))
            .map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            })
            .collect(),
        PathArguments::Parenthesized(_) => None,
    }
}

fn lookup(name: &str, arguments: usize) -> Option<Known> {
    Some(match (name, arguments) {
        ("bool" | "char", 0)
        | ("u8" | "u16" | "u32" | "u64" | "u128" | "usize", 0)
        | ("i8" | "i16" | "i32" | "i64" | "i128" | "isize", 0)
        | ("f32" | "f64", 0)
        | ("Duration" | "Instant" | "SystemTime" | "Ordering" | "RangeFull" | "PhantomPinned", 0)
        | ("IpAddr" | "Ipv4Addr" | "Ipv6Addr", 0)
        | ("SocketAddr" | "SocketAddrV4" | "SocketAddrV6", 0)
        | ("NonZeroU8" | "NonZeroU16" | "NonZeroU32" | "NonZeroU64", 0)
        | ("NonZeroU128" | "NonZeroUsize", 0)
        | ("NonZeroI8" | "NonZeroI16" | "NonZeroI32" | "NonZeroI64", 0)
        | ("NonZeroI128" | "NonZeroIsize", 0)
        | (
            "AtomicBool" | "AtomicU8" | "AtomicU16" | "AtomicU32" | "AtomicU64" | "AtomicUsize",
            0,
        )
        | ("AtomicI8" | "AtomicI16" | "AtomicI32" | "AtomicI64" | "AtomicIsize", 0)
        | ("NonZero", 1) => Known::Same,
        ("Option" | "RefCell" | "OnceCell" | "PhantomData" | "Bound" | "Poll", 1)
        | ("Wrapping" | "Saturating" | "Reverse", 1)
        | ("Range" | "RangeFrom" | "RangeInclusive" | "RangeTo" | "RangeToInclusive", 1)
        | ("Result", 2) => Known::Shape,
        ("Cell", 1) => Known::CopyCell,
        ("Mutex" | "RwLock", 1) => Known::Inner,
        ("OnceLock", 1) => Known::Maybe,
        ("Box", 1 | 2) | ("Cow", 1) => Known::Pointer,
        ("Rc" | "Arc", 1) => Known::Shared,
        ("Weak", 1) => Known::Weak,
        ("Vec", 1 | 2) | ("VecDeque" | "LinkedList" | "BinaryHeap", 1) => Known::Slice,
        ("String", 0) => Known::Text("::core::primitive::str"),
        ("CString", 0) => Known::Text("::core::ffi::CStr"),
        ("OsString", 0) => Known::Text("::std::ffi::OsStr"),
        ("PathBuf", 0) => Known::Text("::std::path::Path"),
        ("str", 0) => Known::Unsized("::core::primitive::str"),
        ("CStr", 0) => Known::Unsized("::core::ffi::CStr"),
        ("OsStr", 0) => Known::Unsized("::std::ffi::OsStr"),
        ("Path", 0) => Known::Unsized("::std::path::Path"),
        ("BTreeMap", 2) => Known::Ordered("BlinkOrderedMap"),
        ("BTreeSet", 1) => Known::Ordered("BlinkOrderedSet"),
        ("HashMap", 2 | 3) => Known::Hashed("BlinkHashedMap", 2),
        ("HashSet", 1 | 2) => Known::Hashed("BlinkHashedSet", 1),
        _ => return None,
    })
}
