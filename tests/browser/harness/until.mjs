// Waiting for a condition, never for a time.

export const PATIENCE_MS = 15_000;

// Asks again until `condition` gives something true, and gives that. What it threw or gave last is in
// the error, so that a failed story tells what it saw instead.
export async function until(what, condition, { within = PATIENCE_MS, each = 50 } = {}) {
  const end = Date.now() + within;
  let last;
  for (;;) {
    last = await condition();
    if (last) return last;
    if (Date.now() > end) throw new Error(`not within ${within} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, each));
  }
}

// Waits until `look()` gives what is expected; the error shows what it gave instead.
export async function untilEqual(what, look, expected, { within = PATIENCE_MS, each = 50 } = {}) {
  const wanted = JSON.stringify(expected);
  let seen;
  try {
    await until(what, async () => (seen = JSON.stringify(await look())) === wanted, { within, each });
  } catch (error) {
    throw new Error(`${error.message}\n  expected ${wanted}\n  but saw  ${seen}`);
  }
}
