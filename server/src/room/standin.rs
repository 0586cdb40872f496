//! Stand-in until `shared::guard` is there.
#![allow(missing_docs)]
use samtavle_shared::wire::RefusalCode;
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Permission {
    Write,
    ReadOnly,
    Log,
}
#[derive(Default)]
pub(crate) struct Guard;
pub(crate) struct Admission(bool);
#[derive(Debug, thiserror::Error)]
pub(crate) enum Rejection {
    #[error("gap")]
    #[allow(dead_code)]
    Gap,
    #[error("no")]
    No(RefusalCode),
}
impl Rejection {
    pub(crate) fn code(&self) -> RefusalCode {
        match self {
            Self::Gap => RefusalCode::Malformed,
            Self::No(c) => *c,
        }
    }
}
impl Admission {
    pub(crate) fn is_empty(&self) -> bool {
        self.0
    }
}
impl Guard {
    pub(crate) fn check(&self, u: &[u8], p: Permission) -> Result<Admission, Rejection> {
        use yrs::updates::decoder::Decode;
        if u == [0, 0] {
            return Ok(Admission(true));
        }
        if p == Permission::ReadOnly {
            return Err(Rejection::No(RefusalCode::MayNotWrite));
        }
        yrs::Update::decode_v1(u)
            .map(|_| Admission(false))
            .map_err(|_| Rejection::No(RefusalCode::Malformed))
    }
    pub(crate) fn take(&mut self, _: Admission) {}
}
