// Photos on the board: on the desk under the notes, and what a note was cut from on every screen.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import * as Y from "yjs";
import { Barriers } from "../harness/axe.mjs";
import { Guest } from "../harness/guest.mjs";
import { flipChart } from "../harness/pictures.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

// Hands a photo over as a phone does; gives its id.
async function sends(server, board, jpeg, photo = randomBytes(16).toString("hex")) {
  const answer = await fetch(`${server.address}/api/boards/${board.id}/photos/${photo}`, {
    method: "PATCH",
    headers: {
      authorization: `Bearer ${board.keys.participant}`,
      "upload-offset": "0",
      "upload-length": String(jpeg.length),
    },
    body: jpeg,
  });
  assert.equal(answer.status, 204, await answer.text());
  return photo;
}

function lays(truth, photo, { at = [300, 200], size = [360, 480], alt = "Flippover fra bord 2" } = {}) {
  const id = `js-${Math.random().toString(36).slice(2)}`;
  truth.doc.getMap("images").set(id, new Y.Map(Object.entries({ pos: at, size, photo, alt })));
  return id;
}

function cuts(truth, photo, words, at) {
  const id = truth.addNote(words, { at });
  truth.doc.getMap("notes").get(id).set("photo", `${photo} 0.0800 0.2000 0.2800 0.2100`);
  return id;
}

const image = (person, id) => person.page.locator(`[data-image="${id}"]`);
const isHere = (person, id) =>
  until(`${person.name} sees the picture`, async () => (await image(person, id).getAttribute("data-photo")) === "here");
const places = (truth) => truth.images().map((one) => one.get("pos"));

story("a photo lies under the notes: it is chosen, moved, looked at, taken off and brought back", async ({ people, document, server, board }) => {
  const truth = await document();
  const kari = await people.desk("Kari");
  const photo = await sends(server, board, await flipChart(kari.page));
  const id = lays(truth, photo);
  const note = truth.addNote("Ligger oppå", { at: [330, 230] });
  await isHere(kari, id);
  await kari.fits();
  assert.equal(await image(kari, id).getAttribute("aria-label"), text("photo.label", { words: "Flippover fra bord 2" }));
  await kari.note(note).click();
  assert.ok((await kari.note(note).getAttribute("class")).includes("note--selected"), "the note is on top");

  const { x, y, width, height } = await image(kari, id).boundingBox();
  const low = [x + width / 2, y + height - 30];
  await kari.draws([low, [low[0] + 60, low[1] - 20]]);
  assert.deepEqual(places(truth), [[300, 200]], "what is not chosen is like the table");
  await kari.page.mouse.click(...low);
  await kari.by("image-bar").waitFor();
  await kari.draws([low, [low[0] + 120, low[1]]]);
  await until("it was moved", () => places(truth)[0][0] > 350);
  await kari.undoes();
  await untilEqual("and back", () => places(truth), [[300, 200]]);

  await kari.page.mouse.click(...low);
  await kari.by("image-open").click();
  await kari.by("photo").locator("img").waitFor();
  await kari.key("Escape");
  await kari.by("photo").waitFor({ state: "detached" });
  await kari.by("image-remove").click();
  await untilEqual("it is off the board", () => places(truth), []);
  await kari.page.getByRole("button", { name: text("common.undo") }).last().click();
  await untilEqual("and back", () => places(truth), [[300, 200]]);
  await isHere(kari, id);
});

story("by keys alone a photo is found after the notes, moved, looked at and taken off", async ({ people, document, server, board }) => {
  const truth = await document();
  const kari = await people.desk("Kari");
  const id = lays(truth, await sends(server, board, await flipChart(kari.page)));
  const barriers = new Barriers();
  truth.addNote("Først kommer lappen", { at: [700, 230] });
  await isHere(kari, id);
  await kari.sees("Først kommer lappen");
  await kari.canvas.focus();
  const focused = () => kari.page.evaluate(() => document.activeElement?.dataset.image);
  await kari.key("Tab", "Tab");
  await untilEqual("Tab comes to the picture", focused, id);
  await barriers.lookAt(kari, "a chosen picture");
  await kari.key("ArrowRight", "ArrowRight", "ArrowDown");
  await untilEqual("arrows move it", () => places(truth), [[316, 208]]);
  await kari.key("Enter");
  await kari.by("photo").locator("img").waitFor();
  await barriers.lookAt(kari, "a photo");
  await kari.key("Escape");
  await kari.by("photo").waitFor({ state: "detached" });
  await untilEqual("the focus is back", focused, id);
  await kari.key("Delete");
  await untilEqual("it is off the board", () => places(truth), []);
  await kari.undoes();
  await untilEqual("and back", () => places(truth), [[316, 208]]);
  barriers.expectNone();
});

story("two stops of Tab within one moment end at the second", async ({ people, document, server, board }) => {
  const truth = await document();
  const kari = await people.desk("Kari");
  const id = lays(truth, await sends(server, board, await flipChart(kari.page)));
  truth.addNote("Først kommer lappen", { at: [700, 230] });
  await isHere(kari, id);
  await kari.sees("Først kommer lappen");
  await kari.canvas.focus();
  // As keys come after the page was busy: between the two no timer runs.
  const focused = await kari.page.evaluate(async () => {
    for (let times = 0; times < 2; times += 1) {
      const press = { key: "Tab", code: "Tab", bubbles: true, cancelable: true };
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", press));
    }
    // What was put off at the first of them has its turn before this does.
    await new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), 10));
    return { ...document.activeElement?.dataset };
  });
  assert.equal(focused.image, id, `the focus is on ${JSON.stringify(focused)}`);
});

story("a photo that has not come yet says so, and comes by itself", async ({ people, document, server, board }) => {
  const truth = await document();
  const kari = await people.desk("Kari", { theme: "dark" });
  const photo = randomBytes(16).toString("hex");
  const id = lays(truth, photo);
  await until("it says so", async () => (await image(kari, id).innerText()).includes(text("photo.missing")));
  assert.ok((await image(kari, id).getAttribute("aria-label")).includes(text("photo.missing")));
  const barriers = new Barriers();
  await barriers.lookAt(kari, "a missing photo");
  await sends(server, board, await flipChart(kari.page), photo);
  await isHere(kari, id);
  barriers.expectNone();
});

story("a note that was cut from a photo shows it: on the desk, the phone and the wall", async ({ people, document, server, board }) => {
  const truth = await document();
  const kari = await people.desk("Kari", { as: "facilitator" });
  const photo = await sends(server, board, await flipChart(kari.page));
  const id = cuts(truth, photo, "Ingen ringte", [420, 300]);
  const barriers = new Barriers();
  await kari.sees("Ingen ringte");
  await kari.note(id).getByTestId("cut-mark").click();
  await kari.by("photo").locator("img").waitFor();
  const outline = await kari.by("photo-cut").boundingBox();
  const frame = await kari.by("photo").locator("img").boundingBox();
  assert.ok(Math.abs((outline.x - frame.x) / frame.width - 0.08) < 0.01, "it is outlined where it was");
  await barriers.lookAt(kari, "what a note was cut from");
  await kari.key("Escape");

  const ali = await people.phone("Ali");
  await ali.note(id).getByRole("button").first().click();
  await ali.by("note-photo").click();
  await ali.by("photo").locator("img").waitFor();
  await barriers.lookAt(ali, "the same on the phone");

  const wall = await people.wall();
  const lead = await Guest.come(server, board, "Leder", { as: "facilitator" });
  await lead.does("spotlight", { item: `note:${id}` });
  await wall.shows("spotlight");
  await wall.by("photo-cut").locator("img").waitFor();
  await until("it has its shape", async () => (await wall.by("photo-cut").boundingBox()).height > 100);
  assert.deepEqual(await wall.faults(), []);
  await barriers.lookAt(wall, "the same on the wall");
  barriers.expectNone();
});
