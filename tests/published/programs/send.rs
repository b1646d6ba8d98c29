//! An adaptor that goes from thread to thread, as a program written for 0.4 sends it.

use std::{
    rc::Rc,
    sync::mpsc::{channel, Receiver, Sender},
    thread,
};

use blink_alloc::{Blink, BlinkAlloc, SendBlink};

/// The adaptors that nobody uses now.
struct Pool {
    idle: Vec<SendBlink<BlinkAlloc>>,
}

impl Pool {
    fn take(&mut self) -> SendBlink<BlinkAlloc> {
        let idle = self.idle.pop();
        idle.unwrap_or_else(|| SendBlink::new(Blink::new()))
    }
}

/// Uses what is bound to its thread.
fn work(blink: &mut Blink, counted: &Rc<String>) -> usize {
    let clones = blink.emplace().from_iter((0..3).map(|_| counted.clone()));
    clones.iter().map(|text| text.len()).sum()
}

fn worker(tasks: Receiver<(String, SendBlink<BlinkAlloc>)>, done: Sender<(usize, SendBlink<BlinkAlloc>)>) {
    for (text, blink) in tasks {
        let counted = Rc::new(text);
        let mut blink = blink.into_inner();
        let len = work(&mut blink, &counted);
        assert_eq!(Rc::strong_count(&counted), 4);
        // Resets the adaptor, here.
        let blink = SendBlink::new(blink);
        assert_eq!(Rc::strong_count(&counted), 1);
        done.send((len, blink)).unwrap();
    }
}

fn main() {
    let mut pool = Pool { idle: Vec::new() };
    let (tasks, received) = channel();
    let (done, results) = channel();
    let worker = thread::spawn(move || worker(received, done));
    for len in 0..10 {
        tasks.send(("x".repeat(len), pool.take())).unwrap();
        let (result, blink) = results.recv().unwrap();
        assert_eq!(result, len * 3);
        pool.idle.push(blink);
    }
    drop(tasks);
    worker.join().unwrap();
    assert_eq!(pool.idle.len(), 1);
}
