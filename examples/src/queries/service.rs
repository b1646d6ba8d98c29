//! The threads that answer.

use std::{
    sync::{
        Arc, Mutex,
        mpsc::{self, Receiver, Sender},
    },
    thread,
};

use blink_alloc::{Blink, Cached, Holds, SendBlink, Sharing};

use super::{
    arenas::{self, Arena},
    request::{self, Query, Request},
    search,
    vectors::{DIMENSIONS, Vector},
};
use crate::counting::Counting;

/// Rounds in which arenas learn what a query takes.
const WARM_UP: usize = 3;

/// The answer to what is no request.
const BAD_REQUEST: &str = "bad request";

/// A service that answers requests about vectors.
#[derive(Debug)]
pub struct Service<'v> {
    /// Threads that answer.
    pub threads: usize,
    /// What they look for.
    pub vectors: &'v [Vector],
}

/// What came of some requests.
#[derive(Debug)]
pub struct Answers {
    /// The answers, in the order of the requests.
    pub texts: Vec<String>,
    /// Calls of the system's allocator that the threads made, for arenas and for all else.
    pub calls: usize,
}

/// The answer to the request of a number.
struct Answer {
    number: usize,
    text: String,
}

/// A request that was read, on its way to the thread that answers it.
struct Job {
    number: usize,
    query: Option<Query>,
    /// The arena in which it was read. What is in it is dropped over there.
    blink: Cached<'static, SendBlink<Arena>>,
}

impl Service<'_> {
    /// Arenas that are lent at once, at most: one for each thread that answers, and as many for
    /// jobs that wait, and one for the thread that reads.
    pub fn most_arenas(&self) -> usize {
        2 * self.threads + 1
    }

    /// Has the cache make all arenas that will ever be needed, and large enough.
    pub fn warm_up(&self, top: usize) {
        let query = Query {
            top,
            kind: None,
            point: [-1.0 / 3.0; DIMENSIONS],
        };
        for _ in 0..WARM_UP {
            let blinks: Vec<_> = (0..self.most_arenas()).map(|_| arenas::blink()).collect();
            for blink in &blinks {
                let query = read(request::text(&query), blink);
                let query = query.expect("a request");
                search::answer(&query, self.vectors, blink);
            }
        }
    }

    /// Answers requests, each in one thread.
    pub fn answer_pooled(&self, requests: Vec<Request>) -> Answers {
        let count = requests.len();
        let queue = &Mutex::new(queue(requests));
        let (answers, answered) = mpsc::channel();
        thread::scope(|scope| {
            let start = |answers: Sender<Answer>| {
                scope.spawn(move || {
                    Counting::calls_during(|| {
                        while let Some(request) = next(queue) {
                            let blink = arenas::blink();
                            let query = read(request.text, &blink);
                            self.answer(request.number, query, &blink, &answers);
                        }
                    })
                })
            };
            let threads = (0..self.threads).map(|_| start(answers.clone())).collect();
            drop(answers);
            Answers {
                texts: in_order(count, answered),
                calls: Counting::calls_of(threads),
            }
        })
    }

    /// Answers requests that one thread reads and another one answers.
    pub fn answer_split(&self, requests: Vec<Request>) -> Answers {
        let count = requests.len();
        let queue = queue(requests);
        let (jobs, waiting) = mpsc::sync_channel(self.threads);
        // Shared by those who answer alone: with the last of them it is gone, and who reads ends.
        let waiting = Arc::new(Mutex::new(waiting));
        let (answers, answered) = mpsc::channel();
        thread::scope(|scope| {
            let reader = scope.spawn(move || {
                Counting::calls_during(|| {
                    for request in queue {
                        if jobs.send(Job::read(request)).is_err() {
                            // Nobody answers any more.
                            return;
                        }
                    }
                })
            });
            let start = |waiting: Arc<Mutex<Receiver<Job>>>, answers: Sender<Answer>| {
                scope.spawn(move || {
                    Counting::calls_during(|| {
                        while let Some(Job {
                            number,
                            query,
                            blink,
                        }) = next(&waiting)
                        {
                            self.answer(number, query, &blink, &answers);
                        }
                    })
                })
            };
            let mut threads = vec![reader];
            threads.extend((0..self.threads).map(|_| start(waiting.clone(), answers.clone())));
            drop((waiting, answers));
            Answers {
                texts: in_order(count, answered),
                calls: Counting::calls_of(threads),
            }
        })
    }

    /// Answers queries one after the other, without arenas.
    pub fn answer_plainly(&self, queries: &[Query]) -> Vec<String> {
        let answer = |query| search::plain_answer(query, self.vectors);
        queries.iter().map(answer).collect()
    }

    /// Sends the answer to what was asked for.
    fn answer<M: Sharing>(
        &self,
        number: usize,
        query: Option<Query>,
        blink: &Blink<Arena, M>,
        answers: &Sender<Answer>,
    ) {
        let text = match query {
            Some(query) => search::answer(&query, self.vectors, blink),
            None => BAD_REQUEST.to_owned(),
        };
        let sent = answers.send(Answer { number, text });
        sent.expect("all answers are waited for");
    }
}

impl Job {
    fn read(request: Request) -> Self {
        let blink = arenas::send_blink();
        Self {
            number: request.number,
            query: read(request.text, &blink),
            blink,
        }
    }
}

/// Reads a request. Its text stays in the arena, which drops it when it goes back to the cache.
fn read<M: Holds<String>>(text: String, blink: &Blink<Arena, M>) -> Option<Query> {
    request::parse(blink.put(text), blink)
}

/// A queue of requests, to which none is added any more.
fn queue(requests: Vec<Request>) -> Receiver<Request> {
    let (queue, waiting) = mpsc::channel();
    for request in requests {
        queue.send(request).expect("the other end is here");
    }
    waiting
}

/// The next one of what all threads take from. `None` when there will be none any more.
fn next<T>(queue: &Mutex<Receiver<T>>) -> Option<T> {
    let queue = queue.lock().expect("no thread panics while it waits");
    queue.recv().ok()
}

/// The answers to requests, in the order of those.
fn in_order(count: usize, answers: Receiver<Answer>) -> Vec<String> {
    let mut texts = vec![String::new(); count];
    for Answer { number, text } in answers {
        texts[number] = text;
    }
    texts
}
