//! Work spread over the cores of this machine.

use std::collections::BTreeMap;
use std::io;
use std::num::NonZero;
use std::sync::{Mutex, PoisonError};

use futures::StreamExt;

/// How many items a core works on at once: some of the time they wait for providers that stall.
const AT_ONCE: usize = 4;

/// Does the work for each item and yields what came of it in their order, or the first error.
///
/// Whatever one item starts, servers and tasks, runs on the one thread that works on it: a request
/// then wakes nobody on another core, which cost more than to answer it.
pub(crate) fn each<'i, I, T, E, F>(
    items: &'i [I],
    work: impl Fn(&'i I) -> F + Sync,
) -> Result<Vec<T>, E>
where
    I: Sync,
    T: Send,
    E: Send + From<io::Error>,
    F: Future<Output = Result<T, E>>,
{
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let queue = Mutex::new(items.iter().enumerate());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let core = || {
        let done = futures::stream::iter(std::iter::from_fn(next))
            .map(async |(place, item)| (place, work(item).await));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let done: Vec<_> = runtime.block_on(done.buffer_unordered(AT_ONCE).collect());
        done.into_iter().map(|(place, result)| Ok((place, result?))).collect::<Result<Vec<_>, E>>()
    };
    let done = std::thread::scope(|threads| {
        let cores: Vec<_> = (0..cores).map(|_| threads.spawn(core)).collect();
        let ended = cores
            .into_iter()
            .map(|core| core.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        ended.collect::<Result<Vec<_>, E>>()
    })?;
    let in_order: BTreeMap<usize, T> = done.into_iter().flatten().collect();
    Ok(in_order.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..50).collect();
        let doubled = each(&items, async |item| {
            tokio::time::sleep(std::time::Duration::from_millis(item % 7)).await;
            Ok::<_, io::Error>(item * 2)
        });
        assert_eq!(doubled.unwrap(), items.iter().map(|item| item * 2).collect::<Vec<_>>());
    }

    #[test]
    fn an_error_is_not_lost_among_results() {
        let failed =
            each(
                &[1, 2, 3],
                async |item| if *item == 2 { Err(io::Error::other("two")) } else { Ok(()) },
            );
        assert_eq!(failed.unwrap_err().to_string(), "two");
    }
}
