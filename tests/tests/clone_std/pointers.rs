//! Pointers, strings and sequences: references into the arena.

use std::{
    borrow::Cow,
    collections::{BinaryHeap, LinkedList, VecDeque},
    ffi::{CStr, CString, OsStr, OsString},
    fmt::Debug,
    path::{Path, PathBuf},
    pin::Pin,
    rc::Rc,
    sync::Arc,
};

use allocator_api2::{boxed::Box as ApiBox, vec::Vec as ApiVec};
use blink_alloc::{Blink, BlinkClone, BlinkString, BlinkVec};

use crate::{arena, copy_of};

/// The copy of a value that is gone is this.
#[track_caller]
fn becomes<T: PartialEq + Debug + ?Sized>(
    original: impl for<'b> BlinkClone<'b, Cloned = &'b T>,
    expected: &T,
) {
    let (blink, _) = arena();
    assert_eq!(copy_of(&blink, original), expected);
}

/// [`becomes`], where the lifetime is in the items too.
macro_rules! becomes {
    ($original:expr, $expected:expr $(,)?) => {
        let (blink, _) = arena();
        assert_eq!(copy_of(&blink, $original), $expected);
    };
}

fn text() -> String {
    String::from("text")
}

#[test]
fn pointers_become_references() {
    let (blink, _) = arena();
    let pointee = text();
    let copies: [&&str; 7] = [
        blink.clone_in(&&pointee),
        blink.clone_in(&Pin::new(&pointee)),
        copy_of(&blink, Box::new(text())),
        copy_of(&blink, Box::pin(text())),
        copy_of(&blink, Rc::new(text())),
        copy_of(&blink, Arc::new(text())),
        copy_of(&blink, ApiBox::new(text())),
    ];
    drop(pointee);
    assert_eq!(copies, [&"text"; 7]);
}

#[test]
fn pointers_to_what_has_no_size_become_references_to_it() {
    fn all<T>(expected: &T)
    where
        T: PartialEq + Debug + ToOwned + ?Sized,
        for<'b> &'b T: BlinkClone<'b, Cloned = &'b T>,
        for<'b> Box<T>: BlinkClone<'b, Cloned = &'b T> + From<&'b T>,
        for<'b> Rc<T>: BlinkClone<'b, Cloned = &'b T> + From<&'b T>,
        for<'b> Arc<T>: BlinkClone<'b, Cloned = &'b T> + From<&'b T>,
        for<'a, 'b> Cow<'a, T>: BlinkClone<'b, Cloned = &'b T>,
    {
        becomes(Box::<T>::from(expected), expected);
        becomes(Rc::<T>::from(expected), expected);
        becomes(Arc::<T>::from(expected), expected);
        becomes(Cow::Borrowed(expected), expected);
        becomes(Cow::<T>::Owned(expected.to_owned()), expected);
    }

    all("text");
    all(c"text");
    all(OsStr::new("text"));
    all(Path::new("some/text"));
    all([1_u16, 2, 3].as_slice());
    becomes!(Cow::Owned::<[String]>(vec![text()]), &["text"][..]);
    becomes(Pin::new(Box::<str>::from("text")), "text");
    becomes!(
        ApiVec::from_iter([text()]).into_boxed_slice(),
        &["text"][..],
    );
}

#[test]
fn strings_become_what_they_deref_to() {
    becomes!(text(), "text");
    becomes!(String::from("ä\0€"), "ä\0€");
    becomes!(CString::from(c"text"), c"text");
    becomes!(CString::from(c""), c"");
    becomes!(OsString::from("text"), OsStr::new("text"));
    becomes!(PathBuf::from("/some/text"), Path::new("/some/text"));

    let (blink, _) = arena();
    let other = Blink::new();
    let copy: &str = copy_of(&blink, BlinkString::from_str_in("text", &other));
    drop(other);
    assert_eq!(copy, "text");
    let copy: &CStr = blink.clone_in(c"unsized");
    assert_eq!(copy, c"unsized");
    assert_eq!(blink.clone_in(OsStr::new("unsized")), "unsized");
    assert_eq!(blink.clone_in(Path::new("un/sized")), Path::new("un/sized"));
}

#[cfg(unix)]
#[test]
fn strings_of_the_system_need_not_be_text() {
    use std::os::unix::ffi::OsStrExt;

    let bytes = [b'/', 0xff, 0xfe, b'a', 0xc3];
    let string = OsStr::from_bytes(&bytes);
    becomes!(string.to_owned(), string);
    becomes!(PathBuf::from(string), Path::new(string));
    let (blink, _) = arena();
    assert_eq!(
        blink.clone_in(Path::new(string)).as_os_str().as_bytes(),
        bytes
    );
    assert_eq!(blink.clone_in(c"\xff\xfe").to_bytes(), [0xff, 0xfe]);
}

#[test]
fn sequences_become_slices() {
    let texts = ["one", "two", "three"];
    let owned = || texts.map(String::from);
    becomes!(Vec::from(owned()), &texts[..]);
    becomes!(VecDeque::from(owned()), &texts[..]);
    becomes!(LinkedList::from(owned()), &texts[..]);
    becomes!(ApiVec::from_iter(owned()), &texts[..]);

    let (blink, _) = arena();
    let other = Blink::new();
    let copy: &[&str] = copy_of(&blink, BlinkVec::from_iter_in(owned(), &other));
    drop(other);
    assert_eq!(copy, texts);
}

#[test]
fn a_deque_in_two_pieces_is_one_slice() {
    let mut deque = VecDeque::from([1, 2, 3, 4]);
    becomes!(deque.clone(), &[1, 2, 3, 4][..]);
    let capacity = deque.capacity();
    deque.rotate_left(2);
    deque.extend(10..10 + (capacity - deque.len()) as i32);
    deque.pop_front();
    deque.push_back(99);
    assert!(!deque.as_slices().1.is_empty());
    let items: Vec<_> = deque.iter().copied().collect();
    becomes!(deque.clone(), &*items);
    let texts: VecDeque<_> = deque.iter().map(i32::to_string).collect();
    let strings: Vec<_> = texts.iter().map(String::as_str).collect();
    let (blink, _) = arena();
    assert_eq!(blink.clone_in(&texts), strings);
}

#[test]
fn a_heap_is_copied_as_it_lies() {
    let (blink, _) = arena();
    let heap: BinaryHeap<_> = (0..100).map(|n| (n * 37 % 101).to_string()).collect();
    let lies: Vec<_> = heap.as_slice().to_vec();
    let copy: &[&str] = copy_of(&blink, heap);
    assert_eq!(copy, lies);
    assert_eq!(Some(&copy[0]), copy.iter().max());
    becomes!(BinaryHeap::from([1, 2]), &[2, 1][..]);
}
