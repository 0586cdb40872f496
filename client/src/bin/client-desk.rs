//! The bundle of the desk.

fn main() {
    samtavle_client::start(&samtavle_client::Bundle::DESK);
}
