//! lib0, the byte encoding below Yjs: whole numbers of seven bits a byte, strings and blobs with their length in front,
//! floats big-endian.
//!
//! [`Reader`] borrows what it reads: it never copies, never allocates by a length that it was told, and answers
//! anything it can't read with an [`Unreadable`]. Numbers that are longer than they need to be are refused: no encoder
//! makes them, and where two decoders disagree about such bytes, one of them can be fooled.

/// Why bytes could not be read. All of them mean: the sender is broken or hostile.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Unreadable {
    /// The bytes end before the value does.
    #[error("the bytes end too early")]
    EndsTooEarly,
    /// A whole number does not fit the place that it stands in.
    #[error("a number is too large")]
    NumberTooLarge,
    /// A whole number is written with more bytes than it needs.
    #[error("a number is padded")]
    NumberPadded,
    /// A string is not UTF-8.
    #[error("a text is not UTF-8")]
    NotUtf8,
}

/// The largest whole number that JavaScript holds exactly, and so the largest that lib0 reads.
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// A cursor over borrowed bytes.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

#[expect(
    clippy::missing_errors_doc,
    reason = "each fails when the bytes are not what it reads, and `Unreadable` says how"
)]
impl<'a> Reader<'a> {
    /// Starts at the first byte.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The bytes not yet read.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// How many bytes are not yet read.
    pub fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// Whether the last byte has been read.
    pub fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// One byte.
    pub fn u8(&mut self) -> Result<u8, Unreadable> {
        let (&first, rest) = self.rest.split_first().ok_or(Unreadable::EndsTooEarly)?;
        self.rest = rest;
        Ok(first)
    }

    /// So many bytes, borrowed.
    pub fn bytes(&mut self, length: usize) -> Result<&'a [u8], Unreadable> {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or(Unreadable::EndsTooEarly)?;
        self.rest = rest;
        Ok(taken)
    }

    /// A whole number of at most 53 bits, as lib0's `readVarUint`.
    pub fn var_u64(&mut self) -> Result<u64, Unreadable> {
        let first = self.u8()?;
        self.continue_number(u64::from(first & 0x7f), first & 0x80 != 0, 7)
    }

    /// A whole number of at most 32 bits.
    pub fn var_u32(&mut self) -> Result<u32, Unreadable> {
        u32::try_from(self.var_u64()?).map_err(|_| Unreadable::NumberTooLarge)
    }

    /// A signed whole number of at most 53 bits, as lib0's `readVarInt`: the sign is a bit of the first byte.
    pub fn var_i64(&mut self) -> Result<i64, Unreadable> {
        let first = self.u8()?;
        let size = self.continue_number(u64::from(first & 0x3f), first & 0x80 != 0, 6)?;
        let size = i64::try_from(size).map_err(|_| Unreadable::NumberTooLarge)?;
        Ok(if first & 0x40 == 0 { size } else { -size })
    }

    /// Reads the bytes of a number after its first, lowest first.
    fn continue_number(
        &mut self,
        lowest: u64,
        goes_on: bool,
        lowest_bits: u32,
    ) -> Result<u64, Unreadable> {
        let (mut number, mut goes_on, mut shift) = (lowest, goes_on, lowest_bits);
        while goes_on {
            let byte = self.u8()?;
            if byte == 0 {
                return Err(Unreadable::NumberPadded);
            }
            if shift > 53 {
                return Err(Unreadable::NumberTooLarge);
            }
            number |= u64::from(byte & 0x7f) << shift;
            if number > MAX_SAFE_INTEGER {
                return Err(Unreadable::NumberTooLarge);
            }
            goes_on = byte & 0x80 != 0;
            shift += 7;
        }
        Ok(number)
    }

    /// A blob with its length in front, borrowed.
    pub fn var_bytes(&mut self) -> Result<&'a [u8], Unreadable> {
        let length = self.var_u64()?;
        self.bytes(usize::try_from(length).map_err(|_| Unreadable::EndsTooEarly)?)
    }

    /// A UTF-8 string with its length in bytes in front, borrowed.
    pub fn var_str(&mut self) -> Result<&'a str, Unreadable> {
        std::str::from_utf8(self.var_bytes()?).map_err(|_| Unreadable::NotUtf8)
    }

    /// A 32-bit float.
    pub fn f32(&mut self) -> Result<f32, Unreadable> {
        Ok(f32::from_be_bytes(self.array()?))
    }

    /// A 64-bit float.
    pub fn f64(&mut self) -> Result<f64, Unreadable> {
        Ok(f64::from_be_bytes(self.array()?))
    }

    /// A 64-bit whole number of fixed length, JavaScript's `BigInt`.
    pub fn bigint(&mut self) -> Result<i64, Unreadable> {
        Ok(i64::from_be_bytes(self.array()?))
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Unreadable> {
        let (taken, rest) = self
            .rest
            .split_first_chunk()
            .ok_or(Unreadable::EndsTooEarly)?;
        self.rest = rest;
        Ok(*taken)
    }
}

/// Writes what [`Reader`] reads.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// Starts with nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts with nothing, and with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self {
            bytes: Vec::with_capacity(bytes),
        }
    }

    /// One byte.
    pub fn write_u8(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Bytes as they are, without a length.
    pub fn write_bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// A whole number. lib0 reads at most 53 bits.
    pub fn write_var_u64(&mut self, mut number: u64) {
        while number > 0x7f {
            self.bytes.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// A signed whole number. lib0 reads at most 53 bits.
    pub fn write_var_i64(&mut self, number: i64) {
        let size = number.unsigned_abs();
        let sign = if number < 0 { 0x40 } else { 0 };
        let goes_on = if size > 0x3f { 0x80 } else { 0 };
        self.bytes.push((size & 0x3f) as u8 | sign | goes_on);
        if size > 0x3f {
            self.write_var_u64(size >> 6);
        }
    }

    /// A blob with its length in front.
    pub fn write_var_bytes(&mut self, bytes: &[u8]) {
        self.write_var_u64(bytes.len() as u64);
        self.bytes.extend_from_slice(bytes);
    }

    /// A string with its length in bytes in front.
    pub fn write_var_str(&mut self, text: &str) {
        self.write_var_bytes(text.as_bytes());
    }

    /// A 64-bit float.
    pub fn write_f64(&mut self, number: f64) {
        self.bytes.extend_from_slice(&number.to_be_bytes());
    }

    /// How many bytes were written.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_as_lib0_writes_them() {
        for (bytes, number) in [
            (&[0x00][..], 0),
            (&[0x7f], 127),
            (&[0x80, 0x01], 128),
            (
                &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f],
                MAX_SAFE_INTEGER,
            ),
        ] {
            assert_eq!(Reader::new(bytes).var_u64(), Ok(number));
        }
        for (bytes, number) in [
            (&[0x2a][..], 42),
            (&[0x6a], -42),
            (&[0x40], 0),
            (&[0xbf, 0xff, 0xff, 0xff, 0x0f], 2_147_483_647),
        ] {
            assert_eq!(Reader::new(bytes).var_i64(), Ok(number));
        }
    }

    #[test]
    fn numbers_beyond_53_bits_and_padded_numbers_are_refused() {
        let beyond = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f];
        assert_eq!(
            Reader::new(&beyond).var_u64(),
            Err(Unreadable::NumberTooLarge)
        );
        assert_eq!(
            Reader::new(&[0xff; 40]).var_u64(),
            Err(Unreadable::NumberTooLarge)
        );
        assert_eq!(
            Reader::new(&[0x80; 40]).var_u64(),
            Err(Unreadable::NumberTooLarge)
        );
        assert_eq!(
            Reader::new(&[0x80, 0x00]).var_u64(),
            Err(Unreadable::NumberPadded)
        );
        assert_eq!(
            Reader::new(&[0x81, 0x00]).var_i64(),
            Err(Unreadable::NumberPadded)
        );
    }

    #[test]
    fn a_length_that_lies_costs_nothing() {
        let huge = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f, b'a'];
        assert_eq!(
            Reader::new(&huge).var_bytes(),
            Err(Unreadable::EndsTooEarly)
        );
        assert_eq!(
            Reader::new(&[2, 0xc3, 0x28]).var_str(),
            Err(Unreadable::NotUtf8)
        );
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(unsigned in 0..=MAX_SAFE_INTEGER, signed in -(1_i64 << 52)..(1 << 52), text in ".*") {
            let mut writer = Writer::new();
            writer.write_var_u64(unsigned);
            writer.write_var_i64(signed);
            writer.write_var_str(&text);
            writer.write_f64(0.5);
            let bytes = writer.into_bytes();
            let mut reader = Reader::new(&bytes);
            prop_assert_eq!(reader.var_u64(), Ok(unsigned));
            prop_assert_eq!(reader.var_i64(), Ok(signed));
            prop_assert_eq!(reader.var_str(), Ok(text.as_str()));
            prop_assert_eq!(reader.f64(), Ok(0.5));
            prop_assert!(reader.is_at_end());
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let mut reader = Reader::new(&bytes);
            while reader.var_str().is_ok() && reader.var_i64().is_ok() && reader.f32().is_ok() && reader.bigint().is_ok() {}
        }
    }
}
