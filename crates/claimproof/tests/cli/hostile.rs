//! Servers that mean ill, as `conform` and `load` meet them: a row is one behavior and the exit
//! codes it must lead to. Whatever a server does, a command ends in time, in little memory, with
//! reports that can be read, with no secret and no signed token in them, and with nothing on the
//! terminal that a terminal obeys.

mod bodies;
mod clocks;
mod connections;
mod heads;
mod moments;
mod redirects;
mod row;
mod secrets;
mod server;
mod texts;
mod tls;
