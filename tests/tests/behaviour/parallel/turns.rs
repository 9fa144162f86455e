//! When parts are asked for that were refused: the client's own events tell, in their order.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use generated_client::{Client, ClientBuilder, Event};
use tests::api::Api;
use tests::store::{Fault, Store};

use super::{Delivered, LEN, PART, check, range, reached};
use crate::store_faults::{Setup, body};
use crate::{Naps, patient};

/// Requests to the store so far, and what came of them.
#[derive(Clone, Default)]
struct Told {
    attempts: Arc<AtomicUsize>,
    answers: Arc<AtomicUsize>,
    refusals: Arc<AtomicUsize>,
}

impl Told {
    /// Shows the number of each attempt to a function, from 1.
    fn of(
        &self,
        builder: ClientBuilder<Client>,
        attempt: impl Fn(usize) + Send + Sync + 'static,
    ) -> ClientBuilder<Client> {
        let told = self.clone();
        builder.on_event(move |event| match event {
            Event::Attempt { attempt: begun, .. } if begun.is_store() => {
                attempt(told.attempts.fetch_add(1, Ordering::SeqCst) + 1);
            }
            Event::Answer {
                attempt, status, ..
            } if attempt.is_store() => {
                told.answers.fetch_add(1, Ordering::SeqCst);
                let is_refusal = usize::from(status.as_u16() == 503);
                told.refusals.fetch_add(is_refusal, Ordering::SeqCst);
            }
            _ => {}
        })
    }
}

/// A refused part waits until another one is complete, and no longer.
#[tokio::test]
async fn after_a_complete_part() {
    let (told, delivered, naps) = (
        Told::default(),
        Delivered::default(),
        Arc::new(AtomicUsize::new(0)),
    );
    let store = Store::new(body(LEN - 1000)).fault(Fault::Cut(1000));
    let store = store.faults_from(PART, [Fault::status(503)]);
    let taken = naps.clone();
    let store = store
        .faults_from(2 * PART, [Fault::Cut(1000)])
        .watched(move |request| {
            // The first part is the first to break off.
            let is_third = range(request).is_some_and(|(start, _)| start == 2 * PART);
            while is_third && taken.load(Ordering::SeqCst) == 0 {
                std::thread::yield_now();
            }
        });
    let api = Api::downloading(&store);
    let seen = delivered.clone();
    let client = told.of(patient(&api, &Naps::default()), move |attempt| {
        // Three for the parts, and one for the rest of the first.
        assert!(attempt != 5 || seen.bytes() > PART / 2, "{}", seen.bytes());
    });
    let (all, seen) = (told.clone(), delivered.clone());
    let client = client.sleeper(move |_| {
        let (nap, all, seen) = (
            naps.fetch_add(1, Ordering::SeqCst) + 1,
            all.clone(),
            seen.clone(),
        );
        let naps = naps.clone();
        async move {
            if nap == 1 {
                // The refusal comes while both of the others are under way.
                reached(naps, 2).await;
                reached(all.refusals, 1).await;
            } else {
                let mut turns_left = 9;
                while all.attempts.load(Ordering::SeqCst) < 5 {
                    turns_left -= usize::from(seen.bytes() == PART);
                    assert!(turns_left > 0, "it is held for too long");
                    tokio::task::yield_now().await;
                }
            }
        }
    });
    let client = client.build().unwrap();
    let setup = Setup { store, api, client };
    check(&setup, delivered.of(setup.download().parallel(4))).await;
    assert_eq!(setup.store.requests().len(), 6);
}

/// When the store has refused all but one, there is one request at a time.
#[tokio::test]
async fn one_after_the_other() {
    let told = Told::default();
    let store = Store::new(body(LEN)).fault(Fault::Cut(1000));
    let store = [PART, 2 * PART].iter().fold(store, |store, start| {
        store.faults_from(*start, [Fault::status(503)])
    });
    let api = Api::downloading(&store);
    let answers = told.answers.clone();
    let client = told.of(patient(&api, &Naps::default()), move |attempt| {
        let is_answered = answers.load(Ordering::SeqCst) == attempt - 1;
        assert!(attempt < 4 || is_answered, "{attempt}");
    });
    let refusals = told.refusals.clone();
    let client = client.sleeper(move |_| reached(refusals.clone(), 2));
    let client = client.build().unwrap();
    let setup = Setup { store, api, client };
    check(&setup, setup.download().parallel(3)).await;
    assert_eq!(setup.store.requests().len(), 7);
}

/// A part that was refused is asked for even if the one that it has waited for comes to nothing.
#[tokio::test]
async fn after_a_part_that_stops() {
    let naps = Arc::new(AtomicUsize::new(0));
    let told = Told::default();
    let store = Store::new(body(2 * PART)).fault(Fault::Cut(1000));
    let store = store.faults_from(1000, [Fault::status(503)]);
    let taken = naps.clone();
    let store = store
        .faults_from(PART, [Fault::Cut(1000)])
        .faults_from(PART + 1000, [Fault::status(404)])
        .watched(move |request| {
            let is_second = range(request).is_some_and(|(start, _)| start == PART);
            while is_second && taken.load(Ordering::SeqCst) == 0 {
                std::thread::yield_now();
            }
        });
    let api = Api::downloading(&store);
    let client = told.of(patient(&api, &Naps::default()), |_| ());
    let refusals = told.refusals.clone();
    let client = client.sleeper(move |_| {
        let nap = naps.fetch_add(1, Ordering::SeqCst) + 1;
        let (naps, refusals) = (naps.clone(), refusals.clone());
        async move {
            // The first part is refused while the second is under way, which then ends.
            reached(naps, 2).await;
            reached(refusals, nap - 1).await;
        }
    });
    let client = client.build().unwrap();
    let setup = Setup { store, api, client };
    check(&setup, setup.download().parallel(2)).await;
    assert_eq!(setup.store.requests().len(), 6);
}
