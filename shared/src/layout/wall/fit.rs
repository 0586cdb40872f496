//! The best way to put some regions on one page.

use super::{
    Words,
    region::{Measured, Piece, measure::GAP},
};

/// Where each piece goes, in columns and em.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Plan {
    pub(super) words: Words,
    pub(super) columns: usize,
    pub(super) spots: Vec<Spot>,
}

/// Where one piece goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    pub(super) piece: Piece,
    /// The first of its columns.
    pub(super) column: usize,
    /// How many it takes.
    pub(super) span: usize,
    /// Its upper edge.
    pub(super) top: f64,
}

/// The plan that covers most of the page, of all that fit on it; `None` when none does.
pub(super) fn best(
    measured: &mut Measured<'_>,
    pieces: &[Piece],
    words: Words,
    height: f64,
) -> Option<Plan> {
    measured.words = words;
    let mut best: Option<(f64, Plan)> = None;
    for columns in 1..=measured.most_columns() {
        for (plan, covered) in plans(measured, pieces, columns, height) {
            // A hair more is no reason for another picture.
            if best.as_ref().is_none_or(|(most, _)| covered > most * 1.01) {
                best = Some((covered, plan));
            }
        }
    }
    best.map(|(_, plan)| plan)
}

/// Whether the pieces fit on a page, with whole words and the most columns in which these are: what [`best`]
/// would find too, sooner.
pub(super) fn fits(measured: &mut Measured<'_>, pieces: &[Piece], height: f64) -> bool {
    measured.words = Words::Whole;
    let mut most_first = (1..=measured.most_columns()).rev();
    let columns = most_first.find(|&columns| {
        pieces.iter().all(|piece| {
            (1..=columns)
                .rev()
                .any(|span| measured.holds_words(piece.region, columns, span))
        })
    });
    columns.is_some_and(|columns| {
        targets(measured, pieces, columns, height)
            .into_iter()
            .any(|target| pack(measured, pieces, columns, (target, height)).is_some())
    })
}

/// The plans with so many columns, all of them in use, and the area that their frames cover.
fn plans(
    measured: &mut Measured<'_>,
    pieces: &[Piece],
    columns: usize,
    height: f64,
) -> Vec<(Plan, f64)> {
    let words = measured.words;
    let mut plans: Vec<(Plan, f64)> = Vec::new();
    for target in targets(measured, pieces, columns, height) {
        let Some(spots) = pack(measured, pieces, columns, (target, height)) else {
            continue;
        };
        let is_used = |column| {
            spots
                .iter()
                .any(|spot| (spot.column..spot.column + spot.span).contains(&column))
        };
        if plans.iter().any(|(plan, _)| plan.spots == spots) || !(0..columns).all(is_used) {
            continue;
        }
        let column = measured.column(columns);
        let covered = spots
            .iter()
            .map(|spot| {
                (spot.span as f64 * column - GAP) * measured.height(spot.piece, columns, spot.span)
            })
            .sum();
        let plan = Plan {
            words,
            columns,
            spots,
        };
        plans.push((plan, covered));
    }
    plans
}

/// Heights that a piece could be asked to keep within: those that some piece can have.
fn targets(measured: &mut Measured<'_>, pieces: &[Piece], columns: usize, height: f64) -> Vec<f64> {
    /// More do not make the picture better, only later.
    const MOST: usize = 32;
    let mut targets: Vec<f64> = Vec::with_capacity(pieces.len() * columns);
    for &piece in pieces {
        targets.extend((1..=columns).map(|span| measured.height(piece, columns, span)));
    }
    targets.retain(|&target| target <= height);
    targets.push(height);
    crate::sorting::sort_by(&mut targets, |a, b| b.total_cmp(a));
    targets.dedup_by(|a, b| (*a - *b).abs() < 0.1);
    let stride = targets.len().div_ceil(MOST);
    targets.into_iter().step_by(stride.max(1)).collect()
}

/// Each piece as narrow as it can be within `target`, at the place where the columns end highest.
fn pack(
    measured: &mut Measured<'_>,
    pieces: &[Piece],
    columns: usize,
    (target, height): (f64, f64),
) -> Option<Vec<Spot>> {
    let mut ends = vec![0.0f64; columns];
    let mut spots = Vec::with_capacity(pieces.len());
    for &piece in pieces {
        let region = piece.region;
        let span = (1..=columns)
            .find(|&span| {
                measured.holds_words(region, columns, span)
                    && measured.height(piece, columns, span) <= target
            })
            .or_else(|| {
                let mut widest_first = (1..=columns).rev();
                widest_first.find(|&span| measured.holds_words(region, columns, span))
            })?;
        let top_at = |column: usize| {
            ends[column..column + span]
                .iter()
                .copied()
                .fold(0.0, f64::max)
        };
        let column = (0..=columns - span).min_by(|&a, &b| top_at(a).total_cmp(&top_at(b)))?;
        let top = top_at(column);
        let end = top + measured.height(piece, columns, span);
        if end > height {
            return None;
        }
        ends[column..column + span].fill(end + GAP);
        spots.push(Spot {
            piece,
            column,
            span,
            top,
        });
    }
    Some(spots)
}

/// The pieces in the columns that they had, and new ones after them where the columns end highest; `None`
/// when they do not fit any more.
pub(super) fn again(
    measured: &mut Measured<'_>,
    (columns, kept): (usize, &[(usize, usize)]),
    words: Words,
    height: f64,
) -> Option<Plan> {
    measured.words = words;
    let mut ends = vec![0.0f64; columns];
    let mut spots = Vec::new();
    for (place, piece) in measured.whole().into_iter().enumerate() {
        let top_at = |column: usize, span: usize| {
            let ends = ends[column..column + span].iter();
            ends.copied().fold(0.0, f64::max)
        };
        let places = match kept.get(place) {
            Some(&place) => vec![place],
            None => (1..=columns)
                .flat_map(|span| (0..=columns - span).map(move |column| (column, span)))
                .collect(),
        };
        let mut best: Option<(f64, Spot)> = None;
        for (column, span) in places {
            let top = top_at(column, span);
            let end = top + measured.height(piece, columns, span);
            let holds = measured.holds_words(piece.region, columns, span);
            if end <= height && holds && best.as_ref().is_none_or(|(lowest, _)| end < *lowest) {
                best = Some((
                    end,
                    Spot {
                        piece,
                        column,
                        span,
                        top,
                    },
                ));
            }
        }
        let (end, spot) = best?;
        ends[spot.column..spot.column + spot.span].fill(end + GAP);
        spots.push(spot);
    }
    Some(Plan {
        words,
        columns,
        spots,
    })
}
