//! What people type or paste to open a board: a code from the wall, a link from a message, or half of one.

/// Where a typed text leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// A join code, to exchange at the server.
    Code(String),
    /// A page of this site, from its path on.
    Page(String),
    /// A page of another site.
    Elsewhere {
        /// Its host, to say it.
        host: String,
    },
    /// A link to here, but to no board; or one without its key.
    NoBoard,
    /// Neither a code nor a link.
    Nothing,
}

/// Reads what was typed; `host` is ours, with its port, and `base` the path of our front page.
pub(crate) fn read(typed: &str, host: &str, base: &str) -> Destination {
    let typed = typed
        .trim()
        .trim_matches(|mark| matches!(mark, '<' | '>' | '«' | '»' | '"'));
    if typed.is_empty() {
        return Destination::Nothing;
    }
    let Some((place, path)) = split_link(typed) else {
        return read_code(typed);
    };
    if let Some(place) = place
        && !place.eq_ignore_ascii_case(host)
    {
        return Destination::Elsewhere {
            host: place.to_owned(),
        };
    }
    read_path(path, base)
}

/// The host, if it names one, and the path with all that follows it; none when this is no link.
fn split_link(typed: &str) -> Option<(Option<&str>, &str)> {
    if typed.starts_with('/') {
        return Some((None, typed));
    }
    let without_scheme = ["https://", "http://"].iter().find_map(|&scheme| {
        typed
            .get(..scheme.len())
            .filter(|start| start.eq_ignore_ascii_case(scheme))
            .map(|_| &typed[scheme.len()..])
    });
    if without_scheme.is_none() && !typed.contains('/') {
        return None;
    }
    let link = without_scheme.unwrap_or(typed);
    let end = link.find('/').unwrap_or(link.len());
    Some((Some(&link[..end]), &link[end..]))
}

fn read_path(path: &str, base: &str) -> Destination {
    let (page, key) = path.split_once('#').unwrap_or((path, ""));
    let page = page.split('?').next().unwrap_or_default();
    // Somebody may leave the path out that a proxy put before it.
    let page = page.strip_prefix(base).unwrap_or(page);
    let mut parts = page.trim_matches('/').split('/');
    match (parts.next(), parts.next()) {
        (Some(page @ ("board" | "wall")), Some(id)) if !id.is_empty() && !key.is_empty() => {
            Destination::Page([base, page, "/", id, "#", key].concat())
        }
        (Some("join"), Some(code)) => read_code(code),
        _ => Destination::NoBoard,
    }
}

/// Codes are read by the server, leniently; here only what cannot be one is kept from it.
fn read_code(typed: &str) -> Destination {
    let letters = typed
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .count();
    let is_plain = typed
        .chars()
        .all(|letter| letter.is_alphanumeric() || " -–_.".contains(letter));
    if is_plain && (4..=60).contains(&letters) {
        Destination::Code(typed.to_owned())
    } else {
        Destination::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, expected: Destination) {
        assert_eq!(
            read(typed, "samtavle.example:8080", "/"),
            expected,
            "{typed}"
        );
    }

    #[test]
    fn a_code_may_be_typed_as_people_do() {
        for typed in ["FJELL-LAKS-27", "fjell laks 27", "fjelllaks27"] {
            check(typed, Destination::Code(typed.into()));
        }
        check(
            "  FJELL-LAKS-27\n",
            Destination::Code("FJELL-LAKS-27".into()),
        );
        check(
            "https://samtavle.example:8080/join/FJELL-LAKS-27",
            Destination::Code("FJELL-LAKS-27".into()),
        );
    }

    #[test]
    fn a_link_to_here_opens_its_page() {
        let page = Destination::Page("/board/abc#key".into());
        check("https://samtavle.example:8080/board/abc#key", page.clone());
        check("HTTP://Samtavle.example:8080/board/abc#key", page.clone());
        check("samtavle.example:8080/board/abc#key", page.clone());
        check("/board/abc#key", page);
        check(
            "<https://samtavle.example:8080/wall/abc#key>",
            Destination::Page("/wall/abc#key".into()),
        );
    }

    #[test]
    fn a_link_under_a_path_keeps_its_path() {
        let page = Destination::Page("/verktoy/tavle/board/abc#key".into());
        for typed in [
            "https://samtavle.example/verktoy/tavle/board/abc#key",
            "/verktoy/tavle/board/abc#key",
            "/board/abc#key",
        ] {
            assert_eq!(
                read(typed, "samtavle.example", "/verktoy/tavle/"),
                page,
                "{typed}"
            );
        }
    }

    #[test]
    fn a_link_that_leads_to_no_board_is_told_apart_from_one_to_elsewhere() {
        check(
            "https://samtavle.example:8080/board/abc",
            Destination::NoBoard,
        );
        check("https://samtavle.example:8080/", Destination::NoBoard);
        check(
            "https://other.example/board/abc#key",
            Destination::Elsewhere {
                host: "other.example".into(),
            },
        );
        check("javascript:alert(1)", Destination::Nothing);
        check("//evil.example/board/a#b", Destination::NoBoard);
        check("//board/a#b", Destination::Page("/board/a#b".into()));
        check("", Destination::Nothing);
        check("abc", Destination::Nothing);
    }
}
