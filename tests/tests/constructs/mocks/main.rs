//! Expectations of the mocks of some constructs: tests of the crate that `builds.rs` makes.

mod body_choice;
mod multipart_body;
mod text_bodies;

fn block_on<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(work)
}
