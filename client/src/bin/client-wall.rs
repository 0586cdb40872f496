//! The bundle of the wall.

fn main() {
    samtavle_client::start(&samtavle_client::Bundle::WALL);
}
