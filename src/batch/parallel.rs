//! Work on all cores, with a bound on what is held: one thread brings items, some work on them, the caller takes the results.
//!
//! Whatever the number of items, only those between being brought and being taken are in memory, and together they weigh no more
//! than the plan's limit (a heavier one goes alone).

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, Scope};

use crossbeam_channel::{Receiver, Sender, unbounded};

/// The stack of a worker: twice that of a main thread, which costs nothing until it is used.
const STACK: usize = 16 << 20;

/// How items are worked on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    /// Workers.
    pub(super) threads: usize,
    /// How much may be held at once, in the unit of the items' weights.
    pub(super) limit: usize,
    /// In which order the results are taken.
    pub(super) order: Order,
}

/// Pages on their way for each worker: enough to keep it busy while the walk or a slow page holds up the rest.
const PAGES_AHEAD: usize = 8;
/// Results in any order that are given on together: to wake the taker for each page takes a hundredth of a run.
const TOGETHER: usize = 4;
/// What batches of records on their way may weigh together, some 16 MB of usual pages; a record that weighs more goes alone.
const RECORDS_AHEAD: usize = 192 << 20;

impl Plan {
    /// For pages, each of which weighs one.
    pub(super) fn pages(threads: usize, order: Order) -> Self {
        Self { threads, limit: threads * PAGES_AHEAD, order }
    }

    /// For batches of records, by their weights and in order.
    pub(super) fn records(threads: usize) -> Self {
        Self { threads, limit: RECORDS_AHEAD, order: Order::Kept }
    }
}

/// In which order results are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// That of the items.
    Kept,
    /// As they are done, so that a slow one holds up no other.
    Any,
}

/// An item on its way: its place in the row, its weight, and what it is.
struct Piece<T> {
    at: u64,
    weight: usize,
    what: T,
}

/// Works on `items`, each with its weight, and gives the results to `take` until it breaks off. `take` runs on the calling thread
/// and hears whether another result is ready.
pub(super) fn each<T: Send, R: Send>(
    plan: Plan,
    items: impl Iterator<Item = (usize, T)> + Send,
    work: impl Fn(T) -> R + Sync,
    take: impl FnMut(R, bool) -> ControlFlow<()>,
) -> io::Result<()> {
    let room = &Room::with_half_free(plan.limit);
    let work = &work;
    let (todo, waiting) = unbounded();
    let (done, results) = unbounded();
    std::thread::scope(|scope| {
        // Reached on a panic too, which must not leave the others waiting.
        let _closing = Closing(room);
        let started = (0..plan.threads).try_for_each(|_| worker(scope, plan.order, work, waiting.clone(), done.clone()));
        drop((waiting, done));
        let started = started.and_then(|()| spawn(scope, move || bring(room, items, &todo)));
        started.map_err(|why| io::Error::new(why.kind(), format!("cannot start {} threads: {why} (give fewer with -j)", plan.threads)))?;
        gather(plan.order, room, results, take);
        Ok(())
    })
}

/// Does `work` on a thread of its own. The C library keeps memory that is freed for the threads of one arena, and each worker has its
/// own: eight workers that had one large page each would hold the memory of eight. Threads that come and go share what is kept.
pub(super) fn apart<R: Send>(work: impl FnOnce() -> R + Send) -> io::Result<R> {
    std::thread::scope(|scope| {
        let thread = Builder::new().stack_size(STACK).spawn_scoped(scope, work)?;
        Ok(thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

fn spawn<'s>(scope: &'s Scope<'s, '_>, run: impl FnOnce() + Send + 's) -> io::Result<()> {
    Builder::new().stack_size(STACK).spawn_scoped(scope, run).map(drop)
}

fn worker<'s, T: Send + 's, R: Send + 's>(
    scope: &'s Scope<'s, '_>,
    order: Order,
    work: &'s (impl Fn(T) -> R + Sync),
    todo: Receiver<Piece<T>>,
    done: Sender<Vec<Piece<R>>>,
) -> io::Result<()> {
    let most = if order == Order::Any { TOGETHER } else { 1 };
    spawn(scope, move || {
        let mut ready = Vec::new();
        loop {
            let next = todo.try_recv();
            // Nobody waits with results in hand: what the next items wait for may be their room, and there may be no next item.
            if !ready.is_empty() && (ready.len() >= most || next.is_err()) && done.send(std::mem::take(&mut ready)).is_err() {
                return;
            }
            let Ok(Piece { at, weight, what }) = next.or_else(|_| todo.recv()) else { return };
            ready.push(Piece { at, weight, what: work(what) });
        }
    })
}

/// Brings the items as far as there is room for them.
fn bring<T>(room: &Room, items: impl Iterator<Item = (usize, T)>, todo: &Sender<Piece<T>>) {
    for (at, (weight, what)) in (0..).zip(items) {
        if !room.enter(weight) || todo.send(Piece { at, weight, what }).is_err() {
            return;
        }
    }
}

/// Takes the results; once it has enough, the receiver goes, and with it the workers.
fn gather<R>(order: Order, room: &Room, results: Receiver<Vec<Piece<R>>>, mut take: impl FnMut(R, bool) -> ControlFlow<()>) {
    let mut early = BTreeMap::new();
    let mut next = 0;
    while let Ok(pieces) = results.recv() {
        early.extend(pieces.into_iter().map(|piece| (piece.at, piece)));
        loop {
            let ready = if order == Order::Any { early.pop_first().map(|(_, piece)| piece) } else { early.remove(&next) };
            let Some(Piece { weight, what, .. }) = ready else { break };
            next += 1;
            let more = early.contains_key(&next) || !results.is_empty();
            if take(what, more).is_break() {
                return;
            }
            room.leave(weight);
        }
    }
}

/// The room for what is held: what comes waits until there is enough, or until nothing else is there.
#[derive(Debug)]
pub(super) struct Room {
    limit: usize,
    /// What waits is told when no more than this is held.
    tell: usize,
    held: Mutex<Held>,
    left: Condvar,
}

#[derive(Debug)]
struct Held {
    weight: usize,
    is_closed: bool,
}

impl Room {
    /// An empty room for what weighs no more than `limit` together.
    pub(super) const fn new(limit: usize) -> Self {
        Self { limit, tell: limit, held: Mutex::new(Held { weight: 0, is_closed: false }), left: Condvar::new() }
    }

    /// The same, but what waits is only told when half of it is free: to wake a thread for each page took longer than many a page.
    const fn with_half_free(limit: usize) -> Self {
        Self { tell: limit / 2, ..Self::new(limit) }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for room; false if nothing more is wanted.
    pub(super) fn enter(&self, weight: usize) -> bool {
        let is_full = |held: &mut Held| !held.is_closed && held.weight > 0 && held.weight + weight > self.limit;
        let mut held = self.left.wait_while(self.held(), is_full).unwrap_or_else(PoisonError::into_inner);
        held.weight += weight;
        !held.is_closed
    }

    /// Makes room again.
    pub(super) fn leave(&self, weight: usize) {
        let mut held = self.held();
        held.weight -= weight;
        if held.weight <= self.tell {
            self.left.notify_one();
        }
    }

    fn close(&self) {
        self.held().is_closed = true;
        self.left.notify_one();
    }
}

/// Closes the room when it goes.
struct Closing<'r>(&'r Room);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubled(threads: usize, limit: usize, order: Order, take: usize) -> Vec<u64> {
        let mut out = Vec::new();
        let items = (0..1000u64).map(|n| (usize::try_from(n % 7).unwrap(), n));
        // The first of ten is slow, so that others overtake it.
        let work = |n: u64| {
            if n.is_multiple_of(10) {
                std::thread::sleep(std::time::Duration::from_micros(300));
            }
            n * 2
        };
        each(Plan { threads, limit, order }, items, work, |n, _| {
            out.push(n);
            if out.len() == take { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .unwrap();
        out
    }

    #[test]
    fn no_result_stays_with_a_worker() {
        // More workers than cores, who take from each other what they were about to wait for; a room for hardly more than one item.
        let expected: Vec<usize> = (0..40).collect();
        for (round, limit) in (0..2000).zip([1, 3, 20].into_iter().cycle()) {
            let mut out = Vec::new();
            let items = expected.iter().map(|n| (n % 4, *n));
            let take = |n, _: bool| {
                out.push(n);
                ControlFlow::Continue(())
            };
            each(Plan { threads: 6, limit, order: Order::Any }, items, |n| n, take).unwrap();
            out.sort_unstable();
            assert_eq!(out, expected, "round {round}");
        }
    }

    #[test]
    fn order_is_kept_and_nothing_lost() {
        let all: Vec<u64> = (0..1000).map(|n| n * 2).collect();
        for (threads, limit) in [(1, 1), (4, 3), (4, 1000), (9, 20)] {
            assert_eq!(doubled(threads, limit, Order::Kept, usize::MAX), all);
            let mut any = doubled(threads, limit, Order::Any, usize::MAX);
            any.sort_unstable();
            assert_eq!(any, all);
        }
        assert_eq!(doubled(4, 10, Order::Kept, 17), all[..17]);
    }
}
