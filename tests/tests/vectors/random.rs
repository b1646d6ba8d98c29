//! Random operations on a vector, and on a model of it.

use super::*;

/// A vector, and a model of it.
struct Pair<'b, T: Counted, A: Arena> {
    blink: &'b Blink<A>,
    items: BlinkVec<T, &'b Blink<A>>,
    model: Vec<u32>,
    /// The next id, of clones too.
    next: Rc<Cell<u32>>,
    /// Whether memory may be refused.
    tight: bool,
    random: Random,
    /// What has become a slice.
    kept: Vec<(&'b mut [T], Vec<u32>)>,
}

impl<'b, T: Counted, A: Arena> Pair<'b, T, A> {
    fn new(blink: &'b Blink<A>, seed: u64) -> Self {
        Self {
            blink,
            items: blink.vec(),
            model: Vec::new(),
            next: Rc::default(),
            tight: false,
            random: Random::new(seed),
            kept: Vec::new(),
        }
    }

    fn id(&self) -> u32 {
        self.next.replace(self.next.get() + 1)
    }

    fn value(&self) -> (u32, T) {
        let id = self.id();
        (id, T::new(id))
    }

    /// New values, and their ids.
    fn values(&mut self, most: usize) -> (Vec<u32>, Vec<T>) {
        let count = self.random.below(most);
        (0..count).map(|_| self.value()).unzip()
    }

    /// A place up to the end.
    fn at(&mut self) -> usize {
        self.random.below(self.model.len() + 1)
    }

    fn range(&mut self) -> std::ops::Range<usize> {
        let (one, other) = (self.at(), self.at());
        one.min(other)..one.max(other)
    }

    /// Clones made by `f` have the next ids.
    fn cloning<R>(&mut self, f: impl FnOnce(&mut Self) -> R) -> R {
        let next = self.next.clone();
        let namer = Rc::new(move || next.replace(next.get() + 1));
        drops::naming_clones(namer, || f(self))
    }

    /// A refusal, which must have a reason.
    fn refused(&self) {
        assert!(self.tight, "refused although memory was to be had");
    }

    fn grow(&mut self) {
        let (at, (id, value)) = (self.at(), self.value());
        match self.random.below(5) {
            0 if !self.tight => {
                self.items.push(value);
                self.model.push(id);
            }
            1 if !self.tight => {
                self.items.insert(at, value);
                self.model.insert(at, id);
            }
            2 | 3 => match self.items.try_push(value) {
                Ok(()) => self.model.push(id),
                Err(value) => {
                    assert_ids(&[value], id);
                    self.refused();
                }
            },
            _ => match self.items.try_insert(at, value) {
                Ok(()) => self.model.insert(at, id),
                Err(value) => {
                    assert_ids(&[value], id);
                    self.refused();
                }
            },
        }
    }

    fn grow_by_many(&mut self) {
        let (ids, values) = self.values(30);
        let before = self.items.len();
        if self.tight || self.random.once_in(2) {
            let mut values = values.into_iter();
            let refused = self.items.try_extend(&mut values).err();
            let taken = self.items.len() - before;
            self.model.extend(&ids[..taken]);
            if let Some(refused) = &refused {
                assert_ids(std::slice::from_ref(refused), ids[taken]);
                self.refused();
            }
            assert_eq!(
                taken + usize::from(refused.is_some()) + values.len(),
                ids.len()
            );
        } else if self.random.once_in(2) {
            self.items.extend(values);
            self.model.extend(ids);
        } else {
            let range = self.range();
            let model: Vec<u32> = self.model.splice(range.clone(), ids).collect();
            let removed: Vec<T> = self.items.splice(range, values).collect();
            self.assert_are(&removed, &model);
        }
    }

    /// What makes clones.
    fn clone_some(&mut self) {
        let count = self.random.below(20);
        self.cloning(|this| match this.random.below(4) {
            0 => {
                let (source, values) = this.values(10);
                let first = this.next.get();
                match this.items.try_extend_from_slice(&values) {
                    Ok(()) => this.model.extend((first..).take(source.len())),
                    Err(_) => {
                        assert_eq!(first, this.next.get(), "cloned before there was room");
                        this.refused();
                    }
                }
            }
            1 => {
                let (id, value) = this.value();
                let (first, len) = (this.next.get(), this.model.len());
                match this.items.try_resize(count, value) {
                    Ok(()) if count > len => {
                        this.model.extend((first..).take(count - len - 1));
                        this.model.push(id);
                    }
                    Ok(()) => this.model.truncate(count),
                    Err(value) => {
                        assert_ids(&[value], id);
                        assert_eq!(first, this.next.get(), "cloned before there was room");
                        this.refused();
                    }
                }
            }
            2 => {
                let (id, value) = this.value();
                let first = this.next.get();
                let made = if this.tight {
                    BlinkVec::try_from_elem_in(value, count, this.blink)
                } else {
                    Ok(BlinkVec::from_elem_in(value, count, this.blink))
                };
                match made {
                    Ok(items) if count > 0 => {
                        this.items = items;
                        this.model = (first..).take(count - 1).chain([id]).collect();
                    }
                    Ok(items) => assert!(items.is_empty()),
                    Err(value) => {
                        assert_ids(&[value], id);
                        this.refused();
                    }
                }
            }
            _ if !this.tight => {
                let first = this.next.get();
                let copy = this.items.clone();
                this.model = (first..).take(copy.len()).collect();
                this.items = copy;
            }
            _ => {}
        });
    }

    fn remove(&mut self) {
        let at = self.at();
        let range = self.range();
        match self.random.below(8) {
            0 => {
                let (removed, model) = (self.items.pop(), self.model.pop());
                self.assert_are(removed.as_slice(), model.as_slice());
            }
            1 if at < self.model.len() => {
                let (removed, model) = (self.items.remove(at), self.model.remove(at));
                self.assert_are(&[removed], &[model]);
            }
            2 if at < self.model.len() => {
                let (removed, model) = (self.items.swap_remove(at), self.model.swap_remove(at));
                self.assert_are(&[removed], &[model]);
            }
            3 => {
                self.items.truncate(at);
                self.model.truncate(at);
            }
            4 | 5 => {
                let model: Vec<u32> = self.model.drain(range.clone()).collect();
                let removed: Vec<T> = self.items.drain(range).collect();
                self.assert_are(&removed, &model);
            }
            6 => {
                // Partly from both ends.
                let mut drain = self.items.drain(range.clone());
                drop((drain.next(), drain.next_back()));
                drop(drain);
                self.model.drain(range);
            }
            _ => {
                // By the place, since some values have no id.
                let (mut asked, mut model_asked) = (0, 0);
                self.items.retain(|_| {
                    asked += 1;
                    asked % 3 != 0
                });
                self.model.retain(|_| {
                    model_asked += 1;
                    model_asked % 3 != 0
                });
            }
        }
    }

    fn reshape(&mut self) {
        let at = self.at();
        match self.random.below(8) {
            0 => self.items.shrink_to_fit(),
            1 => {
                let bytes = self.random.scaled(300);
                assert!(self.items.try_reserve(bytes).is_ok() || self.tight);
            }
            // Something behind the vector.
            2 | 3 => _ = self.blink.try_copy_slice(&[0xff_u8; 33]),
            4 if !self.tight => {
                let rest = self.items.split_off(at).into();
                let model = self.model.split_off(at);
                if self.random.once_in(2) {
                    self.keep(rest, model);
                } else {
                    drop(rest);
                }
            }
            5 => {
                let items = mem::replace(&mut self.items, self.blink.vec());
                let model = mem::take(&mut self.model);
                self.keep(items, model);
            }
            // Without bytes see `items_without_bytes_are_iterated`.
            6 if T::HAS_ID => {
                let mut items = mem::replace(&mut self.items, self.blink.vec()).into_iter();
                let mut model = mem::take(&mut self.model).into_iter();
                let (ends, of_model) = (
                    [items.next(), items.next_back()],
                    [model.next(), model.next_back()],
                );
                let ends: Vec<T> = ends.into_iter().flatten().collect();
                let of_model: Vec<u32> = of_model.into_iter().flatten().collect();
                self.assert_are(&ends, &of_model);
            }
            _ => {
                let limit = (self.random.once_in(3)).then_some(0);
                self.tight = limit.is_some();
                self.blink.allocator().set_limit(limit);
            }
        }
    }

    /// Makes a slice of a vector.
    fn keep(&mut self, items: BlinkVec<T, &'b Blink<A>>, model: Vec<u32>) {
        let first = items.as_ptr();
        let len = items.len();
        let made = if self.tight {
            items.try_into_slice()
        } else {
            Ok(items.into_slice())
        };
        match made {
            Ok(slice) => {
                assert!(len == 0 || slice.as_ptr() == first, "the items have moved");
                self.kept.push((slice, model));
            }
            Err(items) => {
                self.refused();
                assert!(items.as_ptr() == first && items.len() == len);
                self.items = items;
                self.model = model;
            }
        }
    }

    #[track_caller]
    fn assert_are(&self, items: &[T], model: &[u32]) {
        assert_eq!(items.len(), model.len());
        for (item, &id) in items.iter().zip(model) {
            assert_eq!(item.id(), if T::HAS_ID { id } else { NO_ID });
        }
    }

    fn run(&mut self, steps: usize) {
        for _ in 0..steps {
            match self.random.below(10) {
                0..3 => self.grow(),
                3 | 4 => self.grow_by_many(),
                5 => self.clone_some(),
                6 | 7 => self.remove(),
                _ => self.reshape(),
            }
            self.assert_are(&self.items, &self.model);
            assert!(self.items.as_ptr().is_aligned());
            let alive = self.kept.iter().map(|(slice, _)| slice.len());
            let alive = alive.sum::<usize>() + self.items.len();
            assert_eq!(drops::made() - drops::dropped(), alive);
        }
        self.blink.allocator().set_limit(None);
        for (slice, model) in &self.kept {
            self.assert_are(slice, model);
        }
    }
}

#[test]
fn random_operations_are_those_of_a_vector_of_std() {
    fn of<T: Counted, A: Arena>(arena: &A) {
        let steps = if cfg!(miri) { 60 } else { 400 };
        for seed in 0..4 {
            drops::restart();
            let mut blink = Blink::new_in(arena.again());
            let mut pair = Pair::<T, A>::new(&blink, seed);
            pair.run(steps);
            // Newest first.
            let kept = pair.kept.iter().rev();
            let due: Vec<u32> = kept.flat_map(|(slice, _)| ids(slice)).collect();
            drop(pair);
            let before = drops::dropped();
            match seed % 3 {
                0 => blink.reset(),
                1 => blink.drop_all(),
                _ => drop(blink),
            }
            assert_eq!(drops::order_from(before), due);
            drops::assert_all_dropped();
        }
    }

    fn check<A: Arena>(arena: A) {
        of::<Word, A>(&arena);
        of::<WideNothing, A>(&arena);
        of::<Wide, A>(&arena);
    }
    every_arena!(check, [Base::plain(), Base::all().nth(4).unwrap()]);
}
