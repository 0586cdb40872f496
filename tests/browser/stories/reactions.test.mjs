// What a reader says back to a note with one press: on the phone, on the desk, and seen on the wall.

import assert from "node:assert/strict";
import { Barriers } from "../harness/axe.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const HOUR = { board: { title: "Trygt hjem", template: "samskaping-60" } };
const WORDS = "Ingen svarte på telefonen";

const reactions = (truth) => {
  const fields = Object.entries(truth.fields(WORDS) ?? {}).filter(([field]) => field.startsWith("r-"));
  return fields.map(([, kind]) => kind).sort();
};
const isPressed = (button) => button.getAttribute("aria-pressed");

story("a press says it back, another takes it away, and nobody's name is on it", async ({ people, document }) => {
  const truth = await document();
  const id = truth.addNote(WORDS, { at: [300, 260] });
  const ali = await people.phone("Ali", { viewport: { width: 320, height: 568 } });
  const kari = await people.desk("Kari");
  const lead = await people.phone("Liv", { as: "facilitator" });
  const wall = await people.wall();

  await ali.opens("board");
  await ali.taps(ali.note(id).getByRole("button").first());
  const recognise = ali.by("react-recognise");
  await ali.taps(recognise);
  await untilEqual("it is on the board", () => reactions(truth), ["recognise"]);
  assert.equal(await isPressed(recognise), "true");
  const barriers = new Barriers();
  await barriers.lookAt(ali, "a note with reactions");

  // The desk: in the bar of the note, by key or mouse.
  await kari.sees(WORDS);
  await kari.selects(id);
  await kari.by("selection-bar").getByRole("button", { name: text("react.recognise") }).click();
  await kari.by("selection-bar").getByRole("button", { name: text("react.surprised") }).click();
  await untilEqual("three of two people", () => reactions(truth), ["recognise", "recognise", "surprised"]);
  await until("the phone counts two", async () => (await recognise.innerText()).includes("2"));
  await until("so does the note at the desk", async () => (await kari.note(id).getByTestId("reacted-recognise").innerText()).trim() === "2");
  assert.match(await kari.note(id).getAttribute("aria-label"), new RegExp(`${text("react.recognise")}: 2`));
  await barriers.lookAt(kari, "a desk with reactions");

  // Undo is for what one wrote; a reaction is taken back by pressing again. Also without a network.
  await kari.undoes();
  await ali.losesTheNetwork();
  await ali.taps(recognise);
  await ali.taps(ali.by("react-tell-more"));
  assert.equal(await isPressed(recognise), "false");
  assert.equal(reactions(truth).length, 3);
  await ali.getsTheNetworkBack();
  await untilEqual("it went up", () => reactions(truth), ["recognise", "surprised", "tell-more"]);
  await ali.reload();
  await ali.opens("board");
  await ali.taps(ali.note(id).getByRole("button").first());
  await until("the device knows its own", async () => (await isPressed(ali.by("react-tell-more"))) === "true");
  assert.equal(await isPressed(ali.by("react-recognise")), "false");

  // Alone on the wall.
  await lead.opens("board");
  await lead.taps(lead.note(id).getByRole("button").first());
  await lead.taps(lead.by("note-spotlight"));
  await wall.by("wall-spotlight").waitFor();
  for (const kind of ["recognise", "tell-more", "surprised"]) {
    await until(`the wall says ${kind}`, async () => (await wall.by(`reacted-${kind}`).first().innerText()).includes("1"));
  }
  await barriers.lookAt(wall, "the wall");
  barriers.expectNone();

  const { kind, pos, order, ...rest } = truth.fields(WORDS);
  for (const field of Object.keys(rest)) assert.match(field, /^(r-[0-9a-z]{20}|at)$/, "no author in it");
}, HOUR);

story("to one's own notes and in silence nobody reacts", async ({ people, document }) => {
  const truth = await document();
  const id = truth.addNote(WORDS);
  const liv = await people.phone("Liv", { as: "facilitator" });
  const ali = await people.phone("Ali");
  await ali.posts("Min egen");
  await ali.sees("Min egen");
  const own = await ali.idOf("Min egen");
  await ali.taps(ali.note(own).getByRole("button").first());
  await ali.note(own).locator("[aria-expanded=true]").first().waitFor();
  assert.equal(await ali.by("react-recognise").count(), 0);
  await ali.taps(ali.note(id).getByRole("button").first());
  await ali.taps(ali.by("react-recognise"));
  await untilEqual("it is there", () => reactions(truth), ["recognise"]);
  await liv.opens("lead");
  await liv.taps(liv.by("lead-next"));
  await until("it is silent", async () => (await ali.by("react-recognise").count()) === 0);
}, HOUR);
