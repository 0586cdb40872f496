//! Whatever mail programs, filters and hands do to a link of ours, and in whatever order, it opens what it was made for;
//! and nothing that anybody makes up becomes an address that we would not write.

use proptest::{collection::vec, prelude::*};
use samtavle_shared::address::{Address, Destination, Page, is_whole, read_typed};

/// What a link may meet on its way.
#[derive(Clone, Debug)]
enum Mishap {
    /// `%23` for `#`.
    HashEncoded,
    /// `%` and two digits for all that is no letter.
    AllEncoded,
    /// The line is broken in the middle of the key.
    Broken { at: usize, by: &'static str },
    /// `?utm_source=…` where it belongs.
    Counted,
    /// The same at the very end.
    CountedAtTheEnd,
    /// Marks of the sentence that it stands in.
    Marked(&'static str),
}

fn mishap() -> impl Strategy<Value = Mishap> {
    let gaps = [
        "%20",
        " ",
        "\n",
        "%0A",
        "\r\n",
        "=\r\n",
        "\u{200b}",
        "%E2%80%8B",
        "\u{ad}",
    ];
    let marks = [
        ".",
        ",",
        ")",
        "]",
        ">",
        "\"",
        "»",
        "”",
        "…",
        ":",
        "%20",
        "\n",
        ").",
        " og koden",
        "%3E",
        "*",
        "/",
        "’",
    ];
    prop_oneof![
        Just(Mishap::HashEncoded),
        Just(Mishap::AllEncoded),
        (1..21usize, prop::sample::select(gaps.to_vec()))
            .prop_map(|(at, by)| Mishap::Broken { at, by }),
        Just(Mishap::Counted),
        Just(Mishap::CountedAtTheEnd),
        prop::sample::select(marks.to_vec()).prop_map(Mishap::Marked),
    ]
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |encoded, byte| {
        if byte.is_ascii_alphanumeric() || byte == b'/' || byte == b'-' || byte == b'_' {
            encoded + &char::from(byte).to_string()
        } else {
            encoded + &format!("%{byte:02X}")
        }
    })
}

/// The link after its way. Encoded more than twice is no link any more.
fn after(way: &[Mishap], page: &str, id: &str, key: &str) -> String {
    let mut key = key.to_owned();
    if let Some(Mishap::Broken { at, by }) =
        way.iter().find(|one| matches!(one, Mishap::Broken { .. }))
    {
        key.insert_str(*at, by);
    }
    let mut link = format!("{page}/{id}#{key}");
    let mut encodings = 0;
    for mishap in way {
        match mishap {
            Mishap::HashEncoded => link = link.replace('#', "%23"),
            Mishap::AllEncoded if encodings < 2 => {
                encodings += 1;
                link = encoded(&link);
            }
            Mishap::Counted if encodings == 0 => {
                link = link.replacen(id, &format!("{id}?utm_source=a&fbclid=b_c"), 1);
            }
            Mishap::CountedAtTheEnd => link += "?utm_source=a",
            Mishap::Marked(marks) => link += marks,
            Mishap::AllEncoded | Mishap::Broken { .. } | Mishap::Counted => {}
        }
    }
    link
}

proptest! {
    #[test]
    fn a_link_survives_its_way(
        way in vec(mishap(), 0..6), page in "board|wall", id in "[0-9a-hj-km-np-tv-z]{20}", key in "[A-Za-z0-9_-]{22}",
    ) {
        let link = after(&way, &page, &id, &key);
        let whole = format!("{page}/{id}#{key}");
        let read = Address::read(&link).map(|address| address.to_string());
        prop_assert_eq!(read.as_deref(), Some(&*whole), "{}", link);
        for typed in [format!("https://tavle.example/under/{link}"), format!("Her: http://TAVLE.example/{link} "), format!("/{link}")] {
            let leads = read_typed(&typed, "tavle.example", "/under/");
            prop_assert_eq!(leads, Destination::Page(Address::read(&whole).unwrap()), "{}", typed);
        }
    }

    #[test]
    fn nothing_becomes_an_address_that_we_would_not_write(text in "(board|wall|join|x)?[/%#?&=.a-zA-Z0-9<>\" \n\u{200b}æ€-]{0,60}") {
        let _ = read_typed(&text, "tavle.example", "/");
        if let Some(address) = Address::read(&text) {
            let written = address.to_string();
            let is_ours = |letter: char| letter.is_ascii_alphanumeric() || "/?#&=-_".contains(letter);
            let is_code = matches!(address.page, Page::Join { .. });
            prop_assert!(is_code || written.chars().all(is_ours), "{}", written);
            prop_assert!(!written.contains([' ', '\n', '<', '"', '%']) && !written.starts_with('/'), "{}", written);
            prop_assert_eq!(Address::read(&written), Some(address));
        }
    }

    #[test]
    fn a_key_is_whole_only_with_all_its_letters(key in "[A-Za-z0-9_-]{0,30}") {
        prop_assert_eq!(is_whole(&key), key.len() == 22);
    }
}
