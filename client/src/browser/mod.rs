//! What the browser gives, without words and without a view: what it remembers, and which letter a key stands for.

pub(crate) mod key;
pub(crate) mod storage;
