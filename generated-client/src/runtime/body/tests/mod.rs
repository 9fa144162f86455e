//! Bodies over a real socket.

mod answers;
mod uploads;
