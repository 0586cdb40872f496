// All screens, and the document, have the same on them.

import { untilEqual } from "./until.mjs";

// `screens` are people; `document` is a standard client's, which is taken for the truth.
export async function allAgree(document, screens, { within } = {}) {
  for (const screen of screens) {
    await untilEqual(`${screen.name} has all notes`, () => screen.texts(), document.texts(), { within });
  }
}
