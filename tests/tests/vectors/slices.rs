//! What a vector has in common with a slice: it compares, hashes, is indexed, written and serialized.

use super::*;

#[test]
fn a_vector_is_compared_as_a_slice() {
    let (one, other) = (Blink::new(), SyncBlink::new());
    let ours = blink_vec![in &one; 1, 2, 3];
    let theirs = blink_vec![in &*other; 1_i32, 2, 3];
    let mut array = [1, 2, 3];
    let api = ours.clone().into_vec();

    macro_rules! equal {
        ($($other:expr),*) => {$(
            assert!(ours == $other && $other == ours);
            assert!(theirs == $other && $other == theirs);
            let mut less = blink_vec![in &one; 1, 2];
            assert!(less != $other && $other != less);
            less.push(4);
            assert!(less != $other && $other != less);
        )*};
    }

    equal!(
        ours,
        theirs,
        api,
        vec![1, 2, 3],
        array,
        array[..],
        &array[..],
        &mut array[..]
    );
    #[expect(clippy::op_ref, reason = "that too can be written")]
    {
        assert!(ours == &array);
    }
    assert_eq!(blink_vec![in &one; String::from("a")], ["a"]);

    let less = blink_vec![in &*other; 1, 2];
    assert_eq!(ours.partial_cmp(&less), Some(Ordering::Greater));
    assert!(less < ours && ours >= theirs);
    assert_eq!(ours.cmp(&blink_vec![in &one; 2]), Ordering::Less);
    assert_eq!(
        blink_vec![in &one; f64::NAN].partial_cmp(&blink_vec![in &one; 1.0]),
        None
    );
    assert!(blink_vec![in &one; f64::NAN] != [f64::NAN]);
    let none: BlinkVec<i32, &Blink> = blink_vec![in &one];
    assert!(none == [0; 0] && none < ours);
}

#[test]
#[expect(
    clippy::mutable_key_type,
    reason = "the arena, which is no part of the key"
)]
fn a_vector_is_a_key_that_a_slice_finds() {
    let blink = Blink::new();
    let mut map = HashMap::new();
    let mut set = BTreeSet::new();
    for n in 0..50_u8 {
        map.insert(blink_vec![in &blink; n; n.into()], n);
        set.insert(blink_vec![in &blink; n, n + 1]);
    }
    for n in 0..50_u8 {
        assert_eq!(map.get(&vec![n; n.into()][..]), Some(&n));
        assert!(set.contains(&[n, n + 1][..]));
    }
    assert!(!map.contains_key(&[1, 1][..]) && !set.contains(&[1][..]));
    let hashes: HashSet<BlinkVec<u8, _>> = map.into_keys().collect();
    assert_eq!(hashes.len(), 50);
}

#[test]
fn a_vector_is_used_as_a_slice() {
    let blink = Blink::new();
    let mut items = blink_vec![in &blink; 5, 6, 7, 8];
    assert_eq!(
        (items[0], &items[1..], &items[..=1], &items[..]),
        (5, &[6, 7, 8][..], &[5, 6][..], &[5, 6, 7, 8][..])
    );
    items[3] = 9;
    items[..2].reverse();
    assert_eq!(format!("{items:?}"), "[6, 5, 7, 9]");
    for index in [4, usize::MAX] {
        assert!(catch_unwind(AssertUnwindSafe(|| items[index])).is_err());
        assert!(catch_unwind(AssertUnwindSafe(|| items[index] = 1)).is_err());
    }
    assert_eq!((&items).into_iter().sum::<i32>(), 27);
    (&mut items).into_iter().for_each(|item| *item += 1);
    assert_eq!(AsRef::<[i32]>::as_ref(&items), [7, 6, 8, 10]);
    AsMut::<[i32]>::as_mut(&mut items)[0] = 1;
    BorrowMut::<[i32]>::borrow_mut(&mut items)[1] = 2;
    assert_eq!(Borrow::<[i32]>::borrow(&items), [1, 2, 8, 10]);
    items.extend(&[3, 4]);
    items.extend(&blink_vec![in &blink; 5]);
    items.extend([6]);
    let mut copy = blink_vec![in &blink; 0; 20];
    copy.clone_from(&items);
    assert_eq!(copy, [1, 2, 8, 10, 3, 4, 5, 6]);
    assert_eq!(
        items.into_iter().rev().collect::<Vec<_>>(),
        [6, 5, 4, 3, 10, 8, 2, 1]
    );
}

#[test]
fn bytes_are_written_or_there_is_no_memory() {
    let blink = Blink::new_in(BlinkAlloc::new_in(Base::plain()));
    let mut bytes = blink.vec();
    writeln!(bytes, "some {:>4}", 7).unwrap();
    assert_eq!(bytes.write(b"more").unwrap(), 4);
    bytes.write_all(b"").unwrap();
    bytes.flush().unwrap();
    assert_eq!(bytes, b"some    7\nmore"[..]);
    assert_eq!(io::copy(&mut &[7; 5000][..], &mut bytes).unwrap(), 5000);

    let before = bytes.clone();
    blink.allocator().set_limit(Some(0));
    let error = bytes.write(&[1; 1 << 20]).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::OutOfMemory);
    let error = bytes.write_all(&[1; 1 << 20]).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::OutOfMemory);
    assert!(bytes == before, "nothing was written");
    while bytes.write_all(b"x").is_ok() {}
    assert_eq!(
        bytes.write_all(b"x").unwrap_err().kind(),
        io::ErrorKind::OutOfMemory
    );
    assert_eq!(bytes[..before.len()], before[..]);
    assert!(bytes[before.len()..].iter().all(|&byte| byte == b'x'));
}

#[test]
fn a_vector_is_serialized_as_a_slice() {
    let blink = Blink::new();
    let words = blink_vec![in &blink; "a", "b\""];
    assert_eq!(serde_json::to_string(&words).unwrap(), r#"["a","b\""]"#);
    let nested = blink_vec![in &blink; words, blink_vec![in &blink]];
    assert_eq!(
        serde_json::to_string(&nested).unwrap(),
        r#"[["a","b\""],[]]"#
    );
    let mut json = blink.vec();
    serde_json::to_writer(&mut json, &nested).unwrap();
    assert_eq!(json, br#"[["a","b\""],[]]"#[..]);
}
