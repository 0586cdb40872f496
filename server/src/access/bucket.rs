//! How often, in one value: a bucket holds `burst` tokens and fills again evenly; each act takes one, or some. It knows no
//! clock: it is told the time since any fixed moment, and whoever tells it always means the same.

use std::time::Duration;

/// How many, and how soon again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rate {
    /// How many at once after a rest.
    pub(crate) burst: u32,
    /// Time until an empty bucket is full again.
    pub(crate) refill: Duration,
}

/// A bucket of tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bucket {
    rate: Rate,
    tokens: f64,
    at: Duration,
}

impl Bucket {
    /// A full one.
    pub(crate) fn full(rate: Rate, now: Duration) -> Self {
        Self {
            rate,
            tokens: f64::from(rate.burst),
            at: now,
        }
    }

    /// Takes so many tokens, or none if there are not so many.
    pub(crate) fn take_tokens(&mut self, tokens: u32, now: Duration) -> Result<(), Empty> {
        self.has(f64::from(tokens), now)?;
        self.tokens -= f64::from(tokens);
        Ok(())
    }

    /// Whether there are so many, and if not, when.
    pub(crate) fn has(&mut self, tokens: f64, now: Duration) -> Result<(), Empty> {
        self.fill(now);
        let missing = tokens - self.tokens;
        if missing <= 0.0 {
            return Ok(());
        }
        let wait = self
            .rate
            .refill
            .mul_f64(missing / f64::from(self.rate.burst));
        Err(Empty { wait })
    }

    /// Takes so many tokens also when there are not so many, and gives how long to pause for it.
    pub(crate) fn spend(&mut self, tokens: u32, now: Duration) -> Duration {
        self.fill(now);
        self.tokens -= f64::from(tokens);
        let debt = (-self.tokens).max(0.0) / f64::from(self.rate.burst);
        self.rate.refill.mul_f64(debt)
    }

    /// Gives some back.
    pub(crate) fn give(&mut self, tokens: f64) {
        self.tokens = (self.tokens + tokens).min(f64::from(self.rate.burst));
    }

    /// How many there are; less than none after [`Self::spend`].
    pub(crate) fn left(&mut self, now: Duration) -> f64 {
        self.fill(now);
        self.tokens
    }

    /// How full it is, 0 to 1.
    pub(crate) fn level(&mut self, now: Duration) -> f64 {
        self.fill(now);
        self.tokens / f64::from(self.rate.burst)
    }

    fn fill(&mut self, now: Duration) {
        let waited = now.saturating_sub(self.at).as_secs_f64();
        let burst = f64::from(self.rate.burst);
        self.tokens = (self.tokens + waited / self.rate.refill.as_secs_f64() * burst).min(burst);
        self.at = now;
    }
}

/// Too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Empty {
    /// How long until there is one more.
    pub(crate) wait: Duration,
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate {
        burst: 100,
        refill: Duration::from_secs(1),
    };

    #[test]
    fn a_socket_over_its_rate_pauses_for_what_it_is_over() {
        let start = Duration::ZERO;
        let mut bucket = Bucket::full(RATE, start);
        assert_eq!(bucket.spend(100, start), Duration::ZERO);
        assert_eq!(bucket.spend(50, start), Duration::from_millis(500));
        assert_eq!(bucket.spend(0, Duration::from_millis(500)), Duration::ZERO);
    }

    #[test]
    fn it_fills_evenly_and_not_over_its_brim() {
        let mut bucket = Bucket::full(RATE, Duration::ZERO);
        assert_eq!(bucket.take_tokens(100, Duration::ZERO), Ok(()));
        let wait = Duration::from_millis(10);
        assert_eq!(bucket.take_tokens(1, Duration::ZERO), Err(Empty { wait }));
        assert_eq!(bucket.take_tokens(1, wait), Ok(()));
        assert!(bucket.level(Duration::from_hours(1)) >= 1.0);
        assert!(bucket.take_tokens(101, Duration::from_hours(1)).is_err());
    }
}
