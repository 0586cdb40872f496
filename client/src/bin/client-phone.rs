//! The bundle of the phone.

fn main() {
    samtavle_client::start(&samtavle_client::Bundle::PHONE);
}
