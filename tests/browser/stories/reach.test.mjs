// For those who see little, move little, or want less to move: states that the other stories do not come to, 400 %,
// the device's own colours, wider letters, reduced motion.

import assert from "node:assert/strict";
import { Barriers } from "../harness/axe.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until } from "../harness/until.mjs";
import { workshop } from "../harness/workshop.mjs";

const HOUR = { board: { title: "Trygt hjem", template: "samskaping-60" } };
// 1280 by 1024 px at 400 %.
const ZOOMED = { viewport: { width: 320, height: 256 } };

// WCAG 1.4.12: nothing may be lost when a person's own styles do this.
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`;
const spreads = (person) => person.page.evaluate((styles) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  document.adoptedStyleSheets = [sheet];
}, SPACING);

story("menus, bars, links, notices, errors and no network keep nobody out", async ({ people, document }) => {
  const barriers = new Barriers();
  const truth = await document();
  const { notes } = workshop(truth);
  const kari = await people.desk("Kari", { as: "facilitator" });
  await kari.sees(notes[0].words);
  await kari.key("1");
  const note = (words) => kari.page.locator("[data-note]").filter({ hasText: words }).first();
  const look = (where) => barriers.lookAt(kari, where);
  const lookAtBoth = (where) => barriers.lookAtBoth(kari, where);

  await kari.button("desk.menu").click();
  await kari.page.getByRole("menu").waitFor();
  await lookAtBoth("the board's menu");
  await kari.key("Escape");
  await note(notes[0].words).click();
  await kari.page.getByRole("toolbar").first().waitFor();
  await look("a note that is chosen");
  await kari.key("k");
  await look("a link in hand");
  await note(notes[3].words).click();
  await kari.key("Escape");
  await kari.by("link-label").first().click();
  await lookAtBoth("a link that is chosen");
  await kari.key("Escape");
  await note(notes[1].words).click();
  await kari.key("Enter");
  await kari.field.waitFor();
  await look("a note that is written on");
  await kari.key("Escape", "Escape");
  await kari.page.locator("[data-cluster]").first().locator(".cluster__title").click();
  await look("a cluster that is chosen");
  await kari.page.locator(".cluster__menu").first().click();
  await kari.page.getByRole("menu").waitFor();
  await look("a cluster's menu");
  await kari.key("Escape", "Escape");
  await note(notes.at(-1).words).click();
  await kari.key("Delete");
  await kari.page.locator(".notice").first().waitFor();
  await lookAtBoth("a notice");
  await kari.losesTheNetwork();
  await until("it says so", async () => ["offline", "away", "unsent"].includes(await kari.connection()));
  await look("no network");
  barriers.expectNone();
});

story("the front page's error, a code that is none and the self-check keep nobody out", async ({ people }) => {
  const barriers = new Barriers();
  const kari = await people.at("desk", "/");
  await kari.page.getByRole("textbox", { name: text("home.open_field") }).fill("feil-kode-1");
  await kari.key("Enter");
  await kari.page.locator(".field__error:not(:empty)").first().waitFor();
  await barriers.lookAtBoth(kari, "a code that is none");
  await kari.page.goto(new URL("/join/feil-kode-1", kari.page.url()).href);
  await kari.page.locator(".message").waitFor();
  await barriers.lookAtBoth(kari, "a join link that is none");
  await kari.page.goto(new URL("/check", kari.page.url()).href);
  await kari.page.locator("#sum:not(:empty)").waitFor();
  await barriers.lookAtBoth(kari, "the self-check");
  barriers.expectNone();
});

story("at 400 % and with wide letters nothing is beside the screen, and a note is written", async ({ people, document }) => {
  const barriers = new Barriers();
  const truth = await document();
  workshop(truth);
  const lead = await people.phone("Kari", { as: "facilitator", ...ZOOMED, isMobile: false, hasTouch: true });
  for (const spaced of [false, true]) {
    if (spaced) await spreads(lead);
    const how = spaced ? "with wide letters" : "at 400 %";
    for (const tab of ["write", "clusters", "board", "lead"]) {
      await lead.opens(tab);
      await barriers.measure(lead, `${tab}, ${how}`);
    }
    await lead.page.getByRole("button", { name: text("desk.menu") }).click();
    await lead.page.getByRole("dialog").waitFor();
    await barriers.measure(lead, `the menu, ${how}`);
    await lead.page.keyboard.press("Escape");
    await lead.opens("lead");
    await lead.by("lead-more").click();
    await barriers.measure(lead, `tools, ${how}`);
    await lead.by("lead-more").click();
  }
  await lead.posts("Skrevet med store bokstaver");
  await until("it is on the board", () => truth.texts().includes("Skrevet med store bokstaver"));
  for (const path of ["/", "/join/feil-kode-1", "/check"]) {
    const ali = await people.at("desk", path, ZOOMED);
    await ali.page.locator("h1:visible").first().waitFor();
    await barriers.measure(ali, `${path} at 400 %`);
    await spreads(ali);
    await barriers.measure(ali, `${path} with wide letters`);
  }
  barriers.expectNone();
}, HOUR);

story("the smallest desk and its dialogs hold wide letters", async ({ people, document }) => {
  const barriers = new Barriers();
  workshop(await document());
  const kari = await people.desk("Kari", { as: "facilitator", viewport: { width: 760, height: 520 } });
  await spreads(kari);
  await barriers.measure(kari, "desk");
  for (const [where, open] of [
    ["invite", () => kari.by("invite").first().click()],
    ["people", () => kari.by("people").first().click()],
    ["keys", () => kari.key("?")],
  ]) {
    await open();
    await kari.page.getByRole("dialog").waitFor();
    await barriers.measure(kari, where);
    await kari.key("Escape");
    await until("it is closed", async () => (await kari.page.locator("dialog[open]").count()) === 0);
  }
  barriers.expectNone();
}, HOUR);

story("in the device's own colours kinds, focus and what is chosen are seen", async ({ people, document }) => {
  const { notes } = workshop(await document());
  const colours = { forcedColors: "active" };
  const kari = await people.desk("Kari", colours);
  await kari.sees(notes[0].words);
  const style = (locator, ...names) => locator.first().evaluate((one, wanted) => wanted.map((name) => getComputedStyle(one)[name]), names);
  const [border, borderWidth] = await style(kari.page.locator(".note"), "borderTopStyle", "borderTopWidth");
  assert.ok(border === "solid" && parseFloat(borderWidth) >= 1, "a note has an edge");
  for (const kind of ["problem", "habit", "idea", "plan"]) {
    assert.ok(await kari.page.locator(`.note--${kind} .icon, .note--${kind} svg`).first().isVisible(), `${kind} has its mark`);
  }
  const [pressed] = await style(kari.page.locator('.rim__tools [aria-pressed="true"]'), "backgroundColor");
  const [other] = await style(kari.page.locator('.rim__tools [aria-pressed="false"]'), "backgroundColor");
  assert.notEqual(pressed, other, "the tool in hand is filled");
  await kari.canvas.focus();
  await kari.key("Tab");
  await until("the focus has a ring", async () => {
    const [outline, width] = await kari.page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
      return [outlineStyle, parseFloat(outlineWidth)];
    });
    return outline !== "none" && width >= 2;
  });
  const ali = await people.phone("Ali", colours);
  const [tab] = await style(ali.by("tab-write"), "backgroundColor");
  const [elsewhere] = await style(ali.by("tab-board"), "backgroundColor");
  assert.notEqual(tab, elsewhere, "the page in view is filled");
});

story("who wants less motion sees nothing move", async ({ people, document }) => {
  const truth = await document();
  workshop(truth);
  const kari = await people.desk("Kari", { as: "facilitator", reducedMotion: "reduce" });
  const ali = await people.phone("Ali", { reducedMotion: "reduce" });
  for (const person of [kari, ali]) await person.page.evaluate(watchMotion);
  await kari.key("1");
  await kari.by("invite").first().click();
  await kari.page.getByRole("dialog").waitFor();
  await kari.key("Escape");
  await kari.by("lead-next").click();
  await ali.by("post").filter({ hasText: text("session.put_in_pile") }).waitFor();
  await ali.posts("Ingen ringte");
  await until("it waits", async () => (await kari.by("lead-drafts").count()) > 0);
  await until("the button can be pressed again", async () => (await kari.by("lead-next").getAttribute("aria-disabled")) === null);
  await kari.by("lead-next").click();
  await kari.sees("Ingen ringte");
  await ali.opens("clusters");
  await ali.opens("board");
  for (const person of [kari, ali]) {
    assert.deepEqual(await person.page.evaluate(() => [...window.moved]), [], `what moves at ${person.name}`);
  }
}, HOUR);

story("who cannot drag moves a note and puts it in a cluster by two clicks", async ({ people, document }) => {
  const truth = await document();
  const [id] = truth.addNotes([{ words: "Ingen ringte", at: [0, 300] }]);
  const cluster = truth.addCluster("Natta", truth.addNotes([{ words: "Pappa er alene", at: [320, 60] }]), { at: [300, 0] });
  const kari = await people.desk("Kari");
  await kari.sees("Ingen ringte");
  await kari.note(id).click();
  await kari.does("carry");
  await kari.cluster(cluster).locator(".cluster__title").click();
  await until("it is in the cluster", () => truth.doc.getMap("notes").get(id).get("cluster") === cluster);
});

story("a tooltip stays under the pointer and goes with Escape; each page says what it is", async ({ people }) => {
  const kari = await people.desk("Kari", { language: "nb" });
  const tool = kari.page.locator(".rim__tools [data-tip]").first();
  const isSeen = () => tool.evaluate((button) => getComputedStyle(button, "::after").visibility === "visible");
  await tool.hover();
  await until("it is seen", isSeen);
  const { x, y, width, height } = await tool.boundingBox();
  await kari.page.mouse.move(x + width + 30, y + height / 2, { steps: 6 });
  await until("the pointer is on it", () => tool.evaluate((button) => button.matches(":hover")));
  assert.ok(await isSeen());
  await kari.key("Escape");
  await until("it is gone", async () => !(await isSeen()));

  const wall = await people.wall();
  for (const person of [kari, wall]) await until(`${person.name}'s window is called as the board`, async () => /Buss/.test(await person.page.title()));
  assert.equal(await kari.page.locator("html").getAttribute("lang"), "nb");
}, { board: { title: "Bussen om natta" } });

// Remembers each animation that can be seen to move something: longer than a blink, and of more than how clear it is.
function watchMotion() {
  window.moved = new Set();
  const look = () => {
    for (const animation of document.getAnimations()) {
      const { duration } = animation.effect.getComputedTiming();
      const changed = new Set(animation.effect.getKeyframes().flatMap((frame) => Object.keys(frame)));
      for (const way of ["offset", "computedOffset", "easing", "composite", "opacity", "visibility", "color", "backgroundColor", "borderColor"]) changed.delete(way);
      const target = animation.effect.target;
      if (duration > 20 && changed.size > 0) window.moved.add(`${target.tagName.toLowerCase()}.${target.className}: ${[...changed]} in ${duration} ms`);
    }
    requestAnimationFrame(look);
  };
  look();
}
