// The wall that hangs there for hours, and nobody touches it.

import assert from "node:assert/strict";
import { Guest } from "../harness/guest.mjs";
import { Memory } from "../harness/memory.mjs";
import { story } from "../harness/story.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const hour = { title: "Trygt hjem fra sykehuset", template: "samskaping-60" };

// Its page has a clock that can be turned forward.
async function wallWithClock(people) {
  const wall = await people.wall({ language: "nb" });
  const link = wall.page.url();
  // Not under a page that runs already: it could not stop the timers that it has.
  await wall.page.goto("about:blank");
  await wall.page.clock.install();
  await wall.open(link);
  await wall.isReady();
  return wall;
}

const drift = (wall) => wall.page.locator(".wall__head").evaluate((head) => getComputedStyle(head).translate);
const isDimmed = (wall) => wall.by("wall").evaluate((one) => one.classList.contains("wall--dimmed"));

story("nothing burns in: the picture drifts within its margins, and is dimmed when nothing happens for hours", async ({ people, document }) => {
  const truth = await document();
  const wall = await wallWithClock(people);
  truth.addNote("Ingen ringte");
  await wall.sees("Ingen ringte");
  const seen = new Set();
  for (let turn = 0; turn < 4; turn += 1) {
    const before = await drift(wall);
    await wall.page.clock.fastForward("12:00");
    await until("the picture has drifted", async () => (await drift(wall)) !== before);
    seen.add(await drift(wall));
    await untilEqual("everything stands right", () => wall.faults(), []);
  }
  for (const one of seen) {
    const [x, y = 0] = one.split(" ").map(parseFloat);
    assert.ok(Math.abs(x) <= 12 && Math.abs(y) <= 8, `within the margins: ${one}`);
  }
  await wall.isSaved();
  assert.equal(await isDimmed(wall), false, "an hour is a workshop's length");
  await wall.page.clock.fastForward("03:01:00");
  await until("it is dimmed", () => isDimmed(wall));
  await wall.isSaved();
  assert.equal(await isDimmed(wall), true, "a line that comes back is no stir");
  truth.addNote("Her er vi igjen");
  await wall.sees("Her er vi igjen");
  await until("it is bright again", async () => !(await isDimmed(wall)));
});

story("a wall keeps its screen awake, and says so where it cannot", async ({ people }) => {
  const wall = await people.wall({ language: "nb" });
  const asked = () => wall.page.evaluate(() => window.locks.length);
  await wall.page.addInitScript(() => {
    window.locks = [];
    const request = async () => (window.locks.push({ released: false }), window.locks.at(-1));
    Object.defineProperty(navigator, "wakeLock", { configurable: true, get: () => ({ request }) });
  });
  await wall.reload();
  await untilEqual("it asks once", asked, 1);
  const comesBack = () => wall.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  await comesBack();
  assert.equal(await asked(), 1, "what is held is not asked for again");
  await wall.page.evaluate(() => (window.locks.at(-1).released = true));
  await comesBack();
  await untilEqual("it asks again when the browser has let go", asked, 2);
  assert.equal(await wall.by("wall-may-sleep").count(), 0);

  await wall.page.addInitScript(() => Object.defineProperty(navigator, "wakeLock", { get: () => undefined }));
  const link = wall.page.url();
  await wall.page.goto("about:blank");
  await wall.page.clock.install();
  await wall.open(link);
  await wall.by("wall-may-sleep").waitFor();
  await untilEqual("everything stands right", () => wall.faults(), []);
  await wall.page.clock.fastForward("02:01");
  await until("it stops saying so", async () => (await wall.by("wall-may-sleep").count()) === 0);
});

story("a wall whose server was away for a day comes back, and one that was refused begins anew", async ({ server, people, document }) => {
  const truth = await document();
  const wall = await wallWithClock(people);
  truth.addNote("Ingen ringte");
  await wall.sees("Ingen ringte");
  await server.die();
  await until("the wall says that it is away", async () => (await wall.connection()) === "offline");
  let tries = 0;
  wall.page.on("request", () => (tries += 1));
  wall.page.on("websocket", () => (tries += 1));
  for (let hours = 0; hours < 24; hours += 6) await wall.page.clock.fastForward("06:00:00");
  assert.ok(tries < 200, `it does not storm: ${tries} tries`);
  await server.startAgain();
  await wall.isSaved();
  truth.addNote("Men nå er vi her igjen");
  await wall.sees("Men nå er vi her igjen");

  // Somebody's wrong link: it says so, and looks again by itself whether it holds by now.
  const link = new URL(wall.page.url());
  await wall.page.goto("about:blank");
  await wall.open(`${link.href.split("#")[0]}#no-such-key`);
  await wall.page.getByRole("alert").waitFor();
  const begunAnew = wall.page.waitForEvent("load");
  await wall.page.clock.fastForward("10:01");
  await begunAnew;
});

story("a wall that has shown everything many times holds no more than before", async ({ server, board, people, document }) => {
  const truth = await document();
  const wall = await people.wall({ language: "nb" });
  await wall.context.tracing.stop(); // it keeps pieces of the page
  const kari = await Guest.come(server, board, "Kari", { as: "facilitator" });
  await Guest.come(server, board, "Ali", { voice: "patient" });
  const ids = truth.addNotes(Array.from({ length: 60 }, (_, at) => ({ words: `Ingen ringte (${at})`, kind: ["problem", "habit", "idea", "plan"][at % 4] })));
  const cluster = truth.addCluster("Nettene", ids.slice(0, 12));
  const notes = truth.doc.getMap("notes");
  const shows = async (scene) => {
    await kari.does("set-scene", { scene });
    await wall.shows(scene);
  };
  const round = async (number) => {
    for (const scene of ["gather", "insights", "plans", "follow"]) await shows(scene);
    for (const item of [`note:${ids[20]}`, `cluster:${cluster}`]) {
      await kari.does("spotlight", { item });
      await wall.shows("spotlight");
    }
    await kari.does("set-scene", { scene: null });
    await kari.does("start-turns");
    await wall.shows("turns");
    await kari.does("end-turns");
    await wall.shows("clusters");
    // Others come and go, move and are written anew.
    const note = ids.splice(1, 1)[0];
    notes.delete(note);
    ids.push(truth.addNote(`Ny (${number})`));
    notes.get(ids[5]).set("cluster", number % 2 ? cluster : "");
    notes.get(ids[6]).get("text").insert(0, "·");

  };
  const memory = await Memory.of(wall.page);
  for (let number = 0; number < 2; number += 1) await round(number);
  await shows("gather");
  const before = await memory.held();
  for (let number = 2; number < 8; number += 1) await round(number);
  await shows("gather");
  const after = await memory.held();
  const grown = (what) => after[what] - before[what];
  assert.ok(grown("listeners") <= 0, `listeners: ${before.listeners}, then ${after.listeners}`);
  assert.ok(grown("nodes") <= 30, `nodes: ${before.nodes}, then ${after.nodes}`);
  kari.leave();
}, { board: hour });
