//! Plain values as lib0 writes them (`any`): null, numbers, strings, and arrays and maps of them.
//!
//! Read without recursion and without building them: a value is walked to its end, and what the
//! schema asks about (is it a string? a pair of numbers?) is noted on the way.

use super::Rejection;
use super::rejection::{Limit, Malformed};
use crate::lib0::Reader;
use crate::limits::{MAX_VALUE_BYTES, MAX_VALUE_DEPTH};

const UNDEFINED: u8 = 127;
const NULL: u8 = 126;
const INTEGER: u8 = 125;
const FLOAT32: u8 = 124;
const FLOAT64: u8 = 123;
const BIGINT: u8 = 122;
const FALSE: u8 = 121;
const TRUE: u8 = 120;
const STRING: u8 = 119;
const MAP: u8 = 118;
const ARRAY: u8 = 117;
const BYTES: u8 = 116;

/// A plain value, as far as the schema asks about it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value<'a> {
    /// `null` or `undefined`.
    Nothing,
    /// `true` or `false`.
    Bool,
    /// A number of JavaScript (not a `BigInt`).
    Number(f64),
    /// A string.
    Text(&'a str),
    /// An array of exactly two numbers.
    Pair(f64, f64),
    /// An array of so many strings and nothing else.
    Texts(usize),
    /// Anything else.
    Other,
}

/// What one step over the bytes found.
enum Step<'a> {
    Leaf(Value<'a>),
    /// So many elements follow; in a map each has its key in front.
    Open {
        elements: usize,
        keyed: bool,
    },
}

/// An array or map that is being walked.
#[derive(Clone, Copy)]
struct Open {
    left: usize,
    keyed: bool,
}

impl<'a> Value<'a> {
    /// Walks one value to its end. `budget` is how many single values the update may still hold.
    pub(super) fn read(reader: &mut Reader<'a>, budget: &mut usize) -> Result<Self, Rejection> {
        let before = reader.remaining();
        let first = step(reader, budget)?;
        let Step::Open { elements, keyed } = first else {
            let Step::Leaf(value) = first else {
                return Ok(Self::Other);
            };
            return if before - reader.remaining() > MAX_VALUE_BYTES {
                Err(Rejection::TooLarge(Limit::ValueBytes))
            } else {
                Ok(value)
            };
        };
        let mut numbers = [0.0; 2];
        let mut all_numbers = elements == 2 && !keyed;
        let mut all_texts = !keyed;
        let mut open = [Open {
            left: elements,
            keyed,
        }; MAX_VALUE_DEPTH];
        let mut depth = 1;
        while depth > 0 {
            let top = &mut open[depth - 1];
            if top.left == 0 {
                depth -= 1;
                continue;
            }
            top.left -= 1;
            if top.keyed && reader.var_str()? == "__proto__" {
                // A JavaScript client would set the prototype of the object that it builds.
                return Err(Rejection::Malformed(Malformed::BadValue));
            }
            match step(reader, budget)? {
                Step::Leaf(Self::Number(number)) if all_numbers => {
                    numbers[usize::from(open[0].left == 0)] = number;
                    all_texts = false;
                }
                Step::Leaf(leaf) => {
                    all_numbers = false;
                    all_texts &= matches!(leaf, Self::Text(_));
                }
                Step::Open { elements, keyed } => {
                    (all_numbers, all_texts) = (false, false);
                    if depth == MAX_VALUE_DEPTH {
                        return Err(Rejection::TooLarge(Limit::ValueDepth));
                    }
                    open[depth] = Open {
                        left: elements,
                        keyed,
                    };
                    depth += 1;
                }
            }
        }
        if before - reader.remaining() > MAX_VALUE_BYTES {
            return Err(Rejection::TooLarge(Limit::ValueBytes));
        }
        Ok(if all_numbers {
            Self::Pair(numbers[0], numbers[1])
        } else if all_texts {
            Self::Texts(elements)
        } else {
            Self::Other
        })
    }
}

/// Reads a leaf, or the opening of an array or map.
fn step<'a>(reader: &mut Reader<'a>, budget: &mut usize) -> Result<Step<'a>, Rejection> {
    *budget = budget
        .checked_sub(1)
        .ok_or(Rejection::TooLarge(Limit::Values))?;
    Ok(Step::Leaf(match reader.u8()? {
        UNDEFINED | NULL => Value::Nothing,
        INTEGER => Value::Number(reader.var_i64()? as f64),
        FLOAT32 => Value::Number(f64::from(reader.f32()?)),
        FLOAT64 => Value::Number(reader.f64()?),
        BIGINT => {
            reader.bigint()?;
            Value::Other
        }
        FALSE | TRUE => Value::Bool,
        STRING => Value::Text(reader.var_str()?),
        BYTES => {
            reader.var_bytes()?;
            Value::Other
        }
        tag @ (MAP | ARRAY) => {
            let elements = reader.var_u64()?;
            // Each element is at least one byte: a larger count is a lie, and Yrs would reserve
            // memory for it.
            let elements = usize::try_from(elements)
                .ok()
                .filter(|&elements| elements <= reader.remaining())
                .ok_or(Rejection::Malformed(Malformed::BadValue))?;
            return Ok(Step::Open {
                elements,
                keyed: tag == MAP,
            });
        }
        _ => return Err(Rejection::Malformed(Malformed::BadValue)),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Value<'_>, Rejection> {
        let mut reader = Reader::new(bytes);
        let value = Value::read(&mut reader, &mut 100_000)?;
        assert!(reader.is_at_end());
        Ok(value)
    }

    #[test]
    fn the_values_that_the_schema_asks_about_are_told_apart() {
        assert_eq!(read(&[NULL]), Ok(Value::Nothing));
        assert_eq!(read(&[TRUE]), Ok(Value::Bool));
        assert_eq!(read(&[INTEGER, 0x6a]), Ok(Value::Number(-42.0)));
        assert_eq!(read(&[STRING, 2, b'n', b'o']), Ok(Value::Text("no")));
        assert_eq!(
            read(&[ARRAY, 2, INTEGER, 1, INTEGER, 2]),
            Ok(Value::Pair(1.0, 2.0))
        );
        assert_eq!(read(&[ARRAY, 2, INTEGER, 1, NULL]), Ok(Value::Other));
        assert_eq!(
            read(&[ARRAY, 2, STRING, 0, STRING, 1, b'x']),
            Ok(Value::Texts(2))
        );
        assert_eq!(read(&[ARRAY, 0]), Ok(Value::Texts(0)));
        assert_eq!(read(&[ARRAY, 2, STRING, 0, NULL]), Ok(Value::Other));
        assert_eq!(
            read(&[ARRAY, 3, INTEGER, 1, INTEGER, 2, INTEGER, 3]),
            Ok(Value::Other)
        );
        assert_eq!(read(&[MAP, 1, 1, b'a', ARRAY, 0]), Ok(Value::Other));
        assert_eq!(
            read(&[ARRAY, 2, ARRAY, 1, INTEGER, 1, INTEGER, 2]),
            Ok(Value::Other)
        );
    }

    #[test]
    fn twenty_thousand_levels_of_nesting_are_refused_without_recursion() {
        let mut bytes = [ARRAY, 1].repeat(20_000);
        bytes.push(NULL);
        assert_eq!(read(&bytes), Err(Rejection::TooLarge(Limit::ValueDepth)));
        let mut bytes = [ARRAY, 1].repeat(MAX_VALUE_DEPTH);
        bytes.push(NULL);
        assert_eq!(read(&bytes), Ok(Value::Other));
    }

    #[test]
    fn a_count_that_lies_and_an_unknown_kind_of_value_are_refused() {
        let bad = Err(Rejection::Malformed(Malformed::BadValue));
        assert_eq!(read(&[ARRAY, 0xff, 0xff, 0xff, 0x7a]), bad);
        assert_eq!(read(&[MAP, 0xff, 0xff, 0xff, 0x7a]), bad);
        assert_eq!(read(&[100]), bad);
        let mut proto = vec![MAP, 1, 9];
        proto.extend_from_slice(b"__proto__");
        proto.push(NULL);
        assert_eq!(read(&proto), bad);
    }
}
