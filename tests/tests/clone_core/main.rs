//! Deep copies into an arena, for types whose implementations are written by hand: shapes of
//! graphs, depth, failures, and hostile code.

mod cycles;
mod depth;
mod drops;
mod failures;
mod graphs;
mod halves;
mod hostile;
mod order;
mod sizes;
mod stale;
mod types;

use blink_alloc::{BlinkClone, Cloner};

/// A list of boxes. It is dropped without recursion.
struct List {
    id: u32,
    next: Option<Box<List>>,
}

struct ListRef<'blink> {
    id: u32,
    next: Option<&'blink ListRef<'blink>>,
}

impl<'blink> BlinkClone<'blink> for List {
    type Cloned = ListRef<'blink>;

    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<ListRef<'blink>, C::Error> {
        Ok(ListRef {
            id: self.id.blink_clone(cx)?,
            next: self.next.blink_clone(cx)?,
        })
    }
}

impl List {
    /// A list with as many pointers, and one node more.
    fn of(pointers: usize) -> Self {
        let mut list = Self { id: 0, next: None };
        for id in 1..=pointers as u32 {
            let next = Some(Box::new(list));
            list = Self { id, next };
        }
        list
    }
}

impl Drop for List {
    fn drop(&mut self) {
        let mut next = self.next.take();
        while let Some(mut node) = next {
            next = node.next.take();
        }
    }
}

/// A tree that owns all kinds of memory.
struct Tree {
    name: String,
    children: Vec<Tree>,
}

#[derive(Debug, PartialEq)]
struct TreeRef<'blink> {
    name: &'blink str,
    children: &'blink [TreeRef<'blink>],
}

impl<'blink> BlinkClone<'blink> for Tree {
    type Cloned = TreeRef<'blink>;

    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<TreeRef<'blink>, C::Error> {
        Ok(TreeRef {
            name: self.name.blink_clone(cx)?,
            children: self.children.blink_clone(cx)?,
        })
    }
}

impl Tree {
    /// A tree in which every node but the leaves has as many children.
    fn of(children: usize, levels: usize) -> Self {
        let below = |child| Self {
            name: format!("{levels}.{child}"),
            ..Self::of(children, levels - 1)
        };
        Self {
            name: "root".to_owned(),
            children: match levels {
                0 => Vec::new(),
                _ => (0..children).map(below).collect(),
            },
        }
    }

    fn assert_same(&self, copy: &TreeRef<'_>) {
        assert_eq!(self.name, copy.name);
        assert_eq!(self.children.len(), copy.children.len());
        for (child, copy) in self.children.iter().zip(copy.children) {
            child.assert_same(copy);
        }
    }
}
