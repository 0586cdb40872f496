//! One bundle for all screens: what `cargo run` without `--release` serves.

fn main() {
    samtavle_client::start(&samtavle_client::Bundle::ALL);
}
