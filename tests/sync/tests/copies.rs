//! Deep copies made and read by several threads.

use std::{
    sync::{Arc, Barrier, RwLock, Weak},
    thread,
};

use blink_alloc::{Blink, BlinkClone, SendBlink, SyncBlink};

const THREADS: usize = 4;
const NODES: usize = 200;

/// A node of a graph that threads share. The last one leads back to the first one.
#[derive(BlinkClone)]
struct Node {
    name: String,
    next: Option<Arc<Node>>,
    both: Option<Arc<Node>>,
    #[blink(as = blink_alloc::BlinkWeak<'blink, BlinkNode<'blink>>, with = first)]
    first: RwLock<Weak<Node>>,
}

/// Every copy of the lock's contents is made while other threads make theirs.
fn first<'blink, C: blink_alloc::Cloner<'blink>>(
    first: &RwLock<Weak<Node>>,
    cx: &mut C,
) -> Result<blink_alloc::BlinkWeak<'blink, BlinkNode<'blink>>, C::Error> {
    first.blink_clone(cx)
}

fn graph() -> Arc<Node> {
    let mut next = None;
    for number in (0..NODES).rev() {
        next = Some(Arc::new(Node {
            name: number.to_string(),
            both: next.clone(),
            next,
            first: RwLock::default(),
        }));
    }
    let first = next.unwrap();
    let mut node = &first;
    while let Some(next) = &node.next {
        node = next;
    }
    *node.first.write().unwrap() = Arc::downgrade(&first);
    first
}

/// Walks a copy.
fn check(copy: &BlinkNode<'_>) {
    let (mut node, mut number) = (copy, 0);
    while let Some(next) = node.next {
        assert_eq!(node.name, number.to_string());
        assert!(std::ptr::eq(next, node.both.unwrap()));
        assert!(node.first.upgrade().is_none());
        (node, number) = (next, number + 1);
    }
    assert_eq!(number, NODES - 1);
    assert!(std::ptr::eq(node.first.upgrade().unwrap(), copy));
}

#[test]
fn threads_copy_one_graph_into_one_arena() {
    let graph = graph();
    let mut blink = SyncBlink::new();
    for _ in 0..10 {
        let barrier = Barrier::new(THREADS);
        let copies: Vec<_> = thread::scope(|scope| {
            let copying = || {
                barrier.wait();
                (blink.clone_in(&graph), blink.clone_in(&graph))
            };
            let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(copying)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect()
        });
        for (one, other) in copies {
            check(one);
            check(other);
            assert!(!std::ptr::eq(one, other));
        }
        blink.reset();
    }
    assert_eq!(Arc::strong_count(&graph), 1);
}

#[test]
fn threads_read_one_copy() {
    let blink = Blink::new();
    let copy = blink.clone_in(&graph());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| check(copy));
        }
    });
}

#[test]
fn a_copy_is_made_in_another_thread() {
    let graph = graph();
    let mut blink = SendBlink::new(Blink::new());
    check(blink.clone_in(&graph));
    let blink = thread::spawn(move || {
        blink.reset();
        check(blink.clone_in(&graph));
        blink
    });
    check(blink.join().unwrap().clone_in(&self::graph()));
}
