//! The lifetimes of results.

use super::*;

#[test]
fn the_result_borrows_from_what_it_borrowed_from() {
    #[blink_frame]
    fn bare(text: &str) -> &str {
        let copy = blink.copy_str(text);
        &text[..copy.len() / 2]
    }
    #[blink_frame]
    fn underscore(text: std::str::Chars<'_>) -> std::str::Chars<'_> {
        blink.put(1);
        text
    }
    #[blink_frame]
    fn named<'t>(text: &'t str, number: usize) -> &str {
        blink.put(number);
        &text[number..]
    }
    #[blink_frame]
    fn mutable(text: &mut [u8]) -> &mut u8 {
        let at = *blink.put(1);
        &mut text[at]
    }
    #[blink_frame]
    fn nested(texts: Option<Vec<&str>>) -> Result<(Option<&str>, [&str; 1]), ()> {
        blink.put(1);
        Ok(texts.map(|texts| (Some(texts[0]), [texts[1]])).unwrap())
    }
    #[blink_frame]
    fn with_functions(text: &str, f: fn(&str) -> &str, g: impl Fn(&str) -> &str) -> &str {
        blink.copy_str(text);
        g(f(text))
    }
    #[blink_frame]
    fn higher<F>(f: F, text: &str) -> &str
    where
        F: for<'x> Fn(&'x str) -> &'x str,
    {
        blink.copy_str(text);
        f(text)
    }
    #[blink_frame]
    fn object(text: &str) -> Box<dyn Display + '_> {
        blink.copy_str(text);
        Box::new(text)
    }
    #[blink_frame]
    fn function(text: &str) -> Box<dyn Fn(&str) -> &str + '_> {
        blink.copy_str(text);
        Box::new(move |other| &other[text.len()..])
    }
    #[blink_frame]
    fn words(text: &str) -> impl Iterator<Item = &str> + use<'_> {
        blink.copy_str(text);
        text.split(' ')
    }
    #[blink_frame]
    fn references_of(any: &dyn Any) -> &dyn Any {
        blink.put(1);
        any
    }
    #[blink_frame]
    fn of_everywhere(text: &'static str) -> &str {
        blink.copy_str(text);
        text
    }

    let mut root = Blink::new();
    let mut frame = root.as_frame();
    let text = "to be".to_owned();
    // Each result stays while the frame is used by others.
    let a = bare(&mut frame, &text);
    let b = underscore(&mut frame, text.chars());
    let c = named(&mut frame, &text, 3);
    let mut bytes = [1, 2];
    let d = mutable(&mut frame, &mut bytes);
    let e = nested(&mut frame, Some(vec![&text, &text])).unwrap();
    let f = with_functions(&mut frame, &text, |text| &text[1..], |text| &text[1..]);
    let g = higher(&mut frame, |text| &text[4..], &text);
    let h = object(&mut frame, &text);
    let i = function(&mut frame, &text);
    let j = words(&mut frame, &text);
    let k = references_of(&mut frame, &text);
    let l: &'static str = of_everywhere(&mut frame, "ever");
    nothing(&mut frame);
    assert_eq!((a, b.count(), c, *d), ("to", 5, "be", 2));
    assert_eq!(e, (Some("to be"), ["to be"]));
    assert_eq!((f, g, h.to_string().len()), (" be", "e", 5));
    assert_eq!((i("12345six"), j.count(), l), ("six", 2, "ever"));
    assert!(k.is::<String>());
    drop((h, i));
    assert_eq!(root.allocator().allocated_bytes(), 0);
}

#[test]
fn results_without_names() {
    #[blink_frame]
    fn numbers(to: u32) -> impl Iterator<Item = u32> + Clone + use<> {
        let numbers = blink.fill_iter(0..to);
        let sum: u32 = numbers.iter().sum();
        (0..to).chain([sum])
    }
    /// Borrows from the caller's handle, in edition 2024.
    #[blink_frame]
    fn captures(to: u32) -> impl Iterator<Item = u32> {
        blink.put(Word::new(1));
        0..to
    }
    let numbers = traceless(|frame| numbers(frame, 3));
    assert_eq!(numbers.clone().collect::<Vec<_>>(), [0, 1, 2, 3]);
    assert_eq!(traceless(|frame| captures(frame, 3).count()), 3);
}
