// A test with a server, a board and people of its own. When it fails, the screens of all of them,
// what their browsers said, the server's log and a trace of each stay in `results/`.

import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { closeBrowser } from "./browser.mjs";
import { Document } from "./document.mjs";
import { People } from "./people.mjs";
import { Server } from "./server.mjs";

export const RESULTS = fileURLToPath(new URL("../results/", import.meta.url));

// No story takes half of it; a browser that hangs must not hold up the rest.
const LIMIT_MS = 120_000;

let isClosed = false;

// story("two desks end the same", async ({ server, board, people, document }) => { … })
// `document` joins as a standard client when it is called, and leaves at the end.
export function story(name, tell, { board: wish, limit = LIMIT_MS, clockSpeed } = {}) {
  if (!isClosed) {
    isClosed = true;
    after(closeBrowser);
  }
  test(name, { timeout: limit }, async () => {
    const folder = join(RESULTS, name.toLowerCase().replace(/[^a-z0-9æøå]+/g, "-").slice(0, 80));
    const server = await Server.start({ clockSpeed });
    const board = await server.makeBoard(wish);
    const people = new People(server, board);
    const documents = [];
    const document = async (key) => {
      documents.push(await Document.join(server.address, board, key));
      return documents.at(-1);
    };
    let failure;
    try {
      await withLimit(tell({ server, board, people, document }), limit - 15_000);
      people.expectNoTrouble();
    } catch (error) {
      failure = error;
      mkdirSync(folder, { recursive: true });
      await people.keepEvidence(folder).catch((trouble) => console.error(`no evidence: ${trouble.message}`));
      console.error(`What was on the screens: ${folder}`);
    } finally {
      for (const one of documents) one.leave();
      await people.leave();
      if (failure && existsSync(server.logFile)) copyFileSync(server.logFile, join(folder, "server.log"));
      await server.stop();
    }
    if (failure) throw failure;
  });
}

// So that the evidence is still kept when a story hangs.
async function withLimit(work, ms) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the story took longer than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
