// What is elsewhere is said where the thumb is, on every page of a phone, in a place of its own: it covers nothing.

import assert from "node:assert/strict";
import { Barriers } from "../harness/axe.mjs";
import { Guest } from "../harness/guest.mjs";
import { Sizes, turn } from "../harness/sizes.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until } from "../harness/until.mjs";

const HOUR = { board: { title: "Trygt hjem", template: "samskaping-60" } };
const NB = { language: "nb" };
const tab = (person) => person.page.locator(".phone__page").getAttribute("data-tab");

// Whether what waits lies over the page, the tabs or the words at the top.
const coversSomething = (person) =>
  person.page.evaluate(() => {
    const on = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    const lines = [...document.querySelectorAll(".waits")].map((one) => one.getBoundingClientRect());
    const others = [...document.querySelectorAll(".phone__page, .tabs, .phone__top .icon-button, .phone__where, .phone__title, [data-testid=connection]")];
    const covered = others.filter((other) => lines.some((line) => on(line, other.getBoundingClientRect())));
    return covered.map((one) => one.className);
  });

// Written, shown to all, and with time for cards.
async function inTheHour(server, board) {
  const liv = await Guest.come(server, board, "Liv", { as: "facilitator" });
  await liv.next();
  await liv.next();
  return liv;
}

story("that a card waits is said in a place of its own, on each size of phone", async ({ server, board, people, document }) => {
  const truth = await document();
  truth.addNotes(Array.from({ length: 12 }, (_, at) => ({ words: `Apoteket var stengt da vi kom hjem, dag ${at}`, at: [at * 200, 0] })));
  const liv = await inTheHour(server, board);
  const ali = await people.phone("Ali", NB);
  const sizes = new Sizes();
  await until("the others' notes are there", async () => (await ali.page.locator(".write__lists [data-note]").count()) > 9);
  await liv.does("disturb-all");
  await ali.by("moment-disturbance").waitFor();
  for (const [width, height] of [[390, 844], [360, 640], [320, 568], [844, 390]]) {
    await turn(ali.page, { width, height });
    await ali.page.locator(".phone__page").evaluate((page) => page.scrollTo(0, page.scrollHeight));
    await ali.by("card-above").waitFor();
    assert.deepEqual(await coversSomething(ali), [], `at ${width} × ${height}`);
    const last = ali.page.locator(".write__lists li").last();
    await until(`the end of the list is seen whole at ${width} × ${height}`, async () => {
      await ali.page.locator(".phone__page").evaluate((page) => page.scrollTo(0, page.scrollHeight));
      const [end, line] = [await last.boundingBox(), await ali.by("card-above").boundingBox()];
      return end.y + end.height <= height && (line.y >= end.y + end.height - 1 || line.y + line.height <= end.y);
    });
  }
  await turn(ali.page, { width: 390, height: 844 });
  await ali.page.locator(".phone__page").evaluate((page) => page.scrollTo(0, page.scrollHeight));
  await ali.by("card-above").waitFor();
  await sizes.lookAt(ali, "a card waits");
  await ali.taps(ali.by("card-above"));
  await until("the card is in view", async () => (await ali.by("moment-disturbance").boundingBox()).y > 0);
  await ali.by("card-above").waitFor({ state: "detached" });

  // With the keyboard open the button of what is written is seen over the line that comes.
  await ali.taps(ali.by("moment-aside"));
  await turn(ali.page, { width: 390, height: 460 });
  await ali.by("compose").tap();
  await ali.by("compose").fill("Skrevet mens det kom noe");
  await liv.does("disturb-all");
  await ali.by("card-above").waitFor();
  await until("the box and its button are seen", async () => {
    const [field, post, line] = [await ali.by("compose").boundingBox(), await ali.by("post").boundingBox(), await ali.by("card-above").boundingBox()];
    return field.y >= 0 && post.y + post.height <= line.y + 1;
  });
  sizes.expectNone();
  liv.leave();
}, HOUR);

story("what is read aloud is said on every page of a phone, once, and takes nothing away", async ({ server, board, people, document }) => {
  const truth = await document();
  const [first, second] = truth.addNotes([{ words: "Ingen ringte da hun kom hjem" }, { words: "Bussen går ikke etter klokka seks" }]);
  truth.addCluster("Medisinene", [truth.addNote("To lister")]);
  const liv = await inTheHour(server, board);
  const ali = await people.phone("Ali", NB);
  const barriers = new Barriers();
  const sizes = new Sizes();
  const reads = (note) => liv.does("spotlight", { item: `note:${note}` });
  await ali.opens("clusters");
  await reads(first);
  const line = ali.by("spotlit-line");
  await until("it is said", async () => (await line.innerText()).includes("Ingen ringte da hun kom hjem"));
  assert.equal(await tab(ali), "clusters", "nobody is torn away from what they do");
  assert.deepEqual(await coversSomething(ali), []);
  await sizes.lookAt(ali, "what is read, in a line");
  await barriers.lookAt(ali, "what is read, in a line");
  await ali.opens("board");
  await line.waitFor();
  await ali.taps(ali.by("spotlit-open"));
  const sheet = ali.page.getByRole("dialog");
  await until("it opens", async () => (await sheet.innerText()).includes("Ingen ringte da hun kom hjem"));
  await sizes.lookAt(ali, "what is read, opened");
  await barriers.lookAt(ali, "what is read, opened");
  await reads(second);
  await until("the next is seen there, too", async () => (await sheet.innerText()).includes("Bussen går ikke"));
  await ali.page.keyboard.press("Escape");
  await ali.opens("clusters");
  assert.equal(await line.count(), 0, "what one has looked at is not said again");

  // In the middle of a cluster's name.
  await ali.taps(ali.page.locator(".phone__page [data-cluster]").first().getByRole("button").first());
  const name = ali.page.locator(".page-title");
  await name.fill("Medisinlista");
  await reads(first);
  await line.waitFor();
  assert.ok(await name.evaluate((field) => field === document.activeElement), "one writes on");
  await ali.taps(line.getByRole("button", { name: text("common.close", {}, "nb") }));
  await line.waitFor({ state: "detached" });

  // On the page for writing it stands above the box; below it, it is said.
  await ali.opens("write");
  await ali.by("spotlit").waitFor();
  assert.equal(await line.count(), 0);
  await ali.by("compose").fill("Skrevet mens det leses");
  await reads(second);
  await until("it is read", async () => (await ali.by("spotlit").innerText()).includes("Bussen går ikke"));
  assert.equal(await ali.by("compose").inputValue(), "Skrevet mens det leses");
  await ali.opens("board");
  await liv.does("spotlight", { item: null });
  await line.waitFor({ state: "detached" });
  barriers.expectNone();
  sizes.expectNone();
  liv.leave();
}, HOUR);

story("a phone sees what the facilitator sees, live, until one looks elsewhere oneself", async ({ people, document }) => {
  const truth = await document();
  const far = truth.addNote("Den kommer aldri", { at: [3_020, 2_060] });
  truth.addCluster("Bussen", [far], { at: [3_000, 2_000] });
  const near = truth.addNote("To lister", { at: [20, 60] });
  const medicines = truth.addCluster("Medisinene", [near], { at: [0, 0] });
  const kari = await people.phone("Kari", { as: "facilitator" });
  const ali = await people.phone("Ali", NB);
  const barriers = new Barriers();
  const sizes = new Sizes();
  const opens = async (title) => {
    await kari.opens("clusters");
    if (!(await kari.page.locator(".phone__page li[data-cluster]").first().isVisible())) await kari.opens("clusters");
    await kari.taps(kari.page.locator(".phone__page li[data-cluster]").filter({ hasText: title }).getByRole("button"));
  };
  await opens("Bussen");
  await kari.opens("lead");
  await kari.by("lead-next").waitFor();
  if (!(await kari.by("lead-gather").first().isVisible())) await kari.taps(kari.by("lead-more"));
  await kari.taps(kari.by("lead-gather").first());
  await ali.by("led").waitFor();
  assert.equal(await tab(ali), "write", "nobody is torn away from what they do");
  await sizes.lookAt(ali, "somebody shows something");
  await ali.taps(ali.by("led"));
  await until("he is at the board", async () => (await tab(ali)) === "board");
  const seen = () => ali.page.locator(".group [data-note]").evaluateAll((all) => all.map((one) => one.dataset.note));
  await until("what she sees is listed, and nothing else", async () => JSON.stringify(await seen()) === JSON.stringify([far]));
  await sizes.lookAt(ali, "what the facilitator sees");
  await barriers.lookAt(ali, "what the facilitator sees");
  await opens("Medisinene");
  await until("it goes along", async () => JSON.stringify(await seen()) === JSON.stringify([near]));
  const title = ali.page.locator(`[data-frame="${medicines}"] text`).first();
  await until("so does the picture", async () => {
    const [place, view] = [await title.boundingBox(), await ali.page.locator(".overview__view").boundingBox()];
    return place && view && place.x >= view.x - 1 && place.x < view.x + view.width && place.y >= view.y - 1 && place.y < view.y + view.height;
  });

  // What one opens stays while she goes on.
  await ali.taps(ali.page.locator(`.group [data-note="${near}"]`).getByRole("button").first());
  await ali.page.locator(".row-note--open").waitFor();
  await opens("Bussen");
  await until("the picture goes on", async () => (await ali.page.locator(".overview__view").evaluate((view) => view.scrollLeft)) > 0);
  assert.deepEqual(await seen(), [near]);
  await ali.taps(ali.page.locator(`.group [data-note="${near}"]`).getByRole("button").first());
  await until("and then the list does", async () => JSON.stringify(await seen()) === JSON.stringify([far]));

  // By a way of one's own; and back.
  await ali.taps(ali.by("overview-fit"));
  await until("one sees all", async () => (await seen()).length === 2);
  await ali.taps(ali.by("led"));
  await until("one is with her again", async () => JSON.stringify(await seen()) === JSON.stringify([far]));
  await ali.taps(ali.by("led-stop"));
  await until("one sees all", async () => (await seen()).length === 2);
  await ali.taps(ali.by("led"));
  await ali.opens("clusters");
  await ali.by("led").waitFor();
  assert.equal(await ali.by("led-follows").count(), 0, "who goes elsewhere follows no more");
  barriers.expectNone();
  sizes.expectNone();
}, HOUR);
