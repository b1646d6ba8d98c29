//! Methods, of types and of traits.

use super::*;

struct Named {
    name: String,
    scratch: Blink,
}

impl Named {
    fn new() -> Self {
        Self {
            name: "name".to_owned(),
            scratch: Blink::new(),
        }
    }

    #[blink_frame]
    fn associated(name: &str) -> Self {
        let name = blink.copy_str(name).to_owned();
        Self {
            name,
            ..Self::new()
        }
    }

    #[blink_frame]
    fn by_ref(&self, other: &str) -> &str {
        blink.copy_str(other);
        &self.name
    }

    #[blink_frame]
    fn by_mut(&mut self, other: &str) -> &mut str {
        self.name.push_str(blink.copy_str(other));
        &mut self.name
    }

    #[blink_frame]
    fn by_value(mut self, other: &str) -> String {
        self.name.push_str(blink.copy_str(other));
        self.name
    }

    #[expect(clippy::boxed_local, reason = "it is a receiver")]
    #[blink_frame]
    fn boxed(self: Box<Self>, other: &str) -> &str {
        blink.copy_str(&self.name);
        other
    }

    #[blink_frame]
    fn counted(self: Rc<Self>) -> usize {
        blink.put(self.clone());
        Rc::strong_count(&self)
    }

    #[blink_frame]
    fn pinned(self: Pin<&mut Self>, other: &str) -> &mut str {
        let this = self.get_mut();
        this.name.push_str(blink.copy_str(other));
        &mut this.name
    }

    #[blink_frame]
    fn spelled(self: &Named, _other: &str) -> &str {
        blink.copy_str(&self.name);
        &self.name
    }

    #[blink_frame(in = self.scratch)]
    fn scratched(&mut self, other: &str) -> &mut str {
        blink.put(Word::new(1));
        self.name.push_str(blink.copy_str(other));
        &mut self.name
    }
}

#[test]
fn methods() {
    assert_eq!(traceless(|frame| Named::associated(frame, "x").name), "x");
    let named = Named::new();
    assert_eq!(traceless(|frame| named.by_ref(frame, "x").len()), 4);
    assert_eq!(traceless(|frame| named.spelled(frame, "x").len()), 4);
    let by_mut = |frame: &mut Frame<'_>| Named::new().by_mut(frame, "s").to_owned();
    assert_eq!(traceless(by_mut), "names");
    assert_eq!(
        traceless(|frame| Named::new().by_value(frame, "d")),
        "named"
    );
    let boxed = |frame: &mut Frame<'_>| Box::new(Named::new()).boxed(frame, "ab").len();
    assert_eq!(traceless(boxed), 2);
    assert_eq!(traceless(|frame| Rc::new(Named::new()).counted(frame)), 2);
    let mut named = Named::new();
    assert_eq!(named.scratched("s"), "names");
    assert_eq!(named.scratch.allocator().allocated_bytes(), 0);
    let pinned = |frame: &mut Frame<'_>| Pin::new(&mut Named::new()).pinned(frame, "s").to_owned();
    assert_eq!(traceless(pinned), "names");
}

trait Shape {
    #[blink_frame]
    fn area(&self) -> u32;

    #[blink_frame]
    fn twice(&self, text: &str) -> u32 {
        let text = blink.copy_str(text);
        let area = self.area(blink);
        area * 2 + text.len() as u32
    }

    /// Has a frame in some implementations, which is nobody's business.
    fn scratched(&mut self) -> u32;

    #[blink_frame]
    fn generic<T: Copy>(&self, value: T) -> T
    where
        Self: Sized,
    {
        *blink.put_no_drop(value)
    }
}

struct Square(u32, Blink);

impl Shape for Square {
    #[blink_frame]
    fn area(&self) -> u32 {
        blink.put(Word::new(7));
        let sides = blink.fill(2, self.0);
        sides.iter().product()
    }

    #[blink_frame(in = self.1)]
    fn scratched(&mut self) -> u32 {
        *blink.put(self.0)
    }
}

#[test]
fn methods_of_traits_and_of_trait_objects() {
    let mut square = Square(3, Blink::new());
    assert_eq!(traceless(|frame| square.area(frame)), 9);
    assert_eq!(traceless(|frame| square.generic(frame, 'x')), 'x');
    let shape: &mut dyn Shape = &mut square;
    assert_eq!(traceless(|frame| shape.area(frame)), 9);
    assert_eq!(traceless(|frame| shape.twice(frame, "ab")), 20);
    assert_eq!(shape.scratched(), 3);
    assert_eq!(square.1.allocator().allocated_bytes(), 0);
}
