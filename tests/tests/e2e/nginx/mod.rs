//! nginx plays the store that downloads come from, with signed URLs that expire.

mod bare;
mod conditional;
mod downloads;
mod object;
mod sent;
mod way;
