//! Records of the session that were left out because later ones replaced them: which, so that none that is lost passes for
//! one of them.

use crate::log::Seq;
use rusqlite::Connection;
use samtavle_shared::ids::BoardId;

/// The records of a board that were left out, as ranges from one to another, in their order.
pub(super) fn left_out(
    connection: &Connection,
    board: &BoardId,
) -> rusqlite::Result<Vec<(Seq, Seq)>> {
    connection
        .prepare_cached("SELECT first, last FROM left_out WHERE board = ?1 ORDER BY first")?
        .query_map([board.as_str()], |row| {
            let (first, last): (i64, i64) = (row.get(0)?, row.get(1)?);
            Ok((first.cast_unsigned(), last.cast_unsigned()))
        })?
        .collect()
}

/// How many records up to this one were left out.
pub(super) fn how_many_until(ranges: &[(Seq, Seq)], until: Seq) -> usize {
    let within = |&(first, last): &(Seq, Seq)| (last.min(until) + 1).saturating_sub(first);
    ranges.iter().map(within).sum::<Seq>() as usize
}

/// Those parts of `from..=to` that were not left out.
pub(super) fn without(ranges: &[(Seq, Seq)], from: Seq, to: Seq) -> Vec<(Seq, Seq)> {
    let mut rest = Vec::new();
    let mut next = from;
    for &(first, last) in ranges.iter().filter(|(_, last)| *last >= from) {
        if first > to {
            break;
        }
        if first > next {
            rest.push((next, first - 1));
        }
        next = next.max(last + 1);
    }
    if next <= to {
        rest.push((next, to));
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_out_is_not_missing_and_the_rest_is() {
        let ranges = [(3, 5), (8, 8)];
        assert_eq!(without(&ranges, 3, 5), []);
        assert_eq!(without(&ranges, 2, 9), [(2, 2), (6, 7), (9, 9)]);
        assert_eq!(without(&ranges, 4, 8), [(6, 7)]);
        assert_eq!(without(&[], 4, 8), [(4, 8)]);
        assert_eq!(how_many_until(&ranges, 2), 0);
        assert_eq!(how_many_until(&ranges, 4), 2);
        assert_eq!(how_many_until(&ranges, 9), 4);
    }
}
