// A phone goes along with the hour: what one is to do is in view, and what nothing comes of says why.

import assert from "node:assert/strict";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";
import { workshop } from "../harness/workshop.mjs";

const HOUR = { board: { title: "Trygt hjem", template: "samskaping-60" } };

const tab = (person) => person.page.locator(".phone__page").getAttribute("data-tab");
const isAt = (person, name) => until(`${person.name} is at ${name}`, async () => (await tab(person)) === name);
const scrolled = (person) => person.page.locator(".phone__page").evaluate((page) => page.scrollTop);

async function leads(kari, hook) {
  await kari.opens("lead");
  const tool = kari.by(hook).first();
  await kari.by("lead-next").waitFor();
  if (!(await tool.isVisible())) await kari.by("lead-more").tap();
  await tool.tap();
}

// How far an element's lowest edge lies above the tabs, pixels.
const overTabs = (person, locator) =>
  locator.evaluate((element) => document.querySelector(".phone__page").getBoundingClientRect().bottom - element.getBoundingClientRect().bottom);

story("on a phone the front page asks for the code first, and shows its field without scrolling", async ({ people, board }) => {
  const ali = await people.at("phone", "/");
  const field = ali.page.getByLabel(text("home.open_field"));
  await field.waitFor();
  for (const [width, height] of [[390, 844], [320, 568], [844, 390]]) {
    await ali.page.setViewportSize({ width, height });
    const place = await field.boundingBox();
    assert.ok(place.y + place.height <= height, `the field is in view at ${width} × ${height}`);
  }
  assert.ok(await field.evaluate((code) => code === document.querySelector("main input, main textarea")), "no other field comes before it");
  await field.fill(board.code);
  await field.press("Enter");
  await ali.page.waitForURL(/\/board\/[^#]+#.+/);
});

story("an empty box says what it is for, and its button why nothing comes of it", async ({ people }) => {
  const ali = await people.phone("Ali");
  assert.equal(await ali.by("compose").getAttribute("placeholder"), text("note.empty"));
  await ali.taps(ali.by("post"));
  await ali.by("write-first").waitFor();
  assert.equal(await ali.by("write-first").innerText(), text("phone.write_first"));
  assert.ok((await ali.by("scribe-open").innerText()).includes(text("scribe.for_another")), "writing for another says so in words");
  await ali.by("compose").fill("Apoteket var stengt");
  await ali.by("write-first").waitFor({ state: "detached" });
  await ali.taps(ali.by("post"));
  await ali.sees("Apoteket var stengt");
});

story("a note that is opened at the bottom comes into view, with what can be done with it", async ({ people, document }) => {
  workshop(await document());
  const ali = await people.phone("Ali");
  const rows = ali.page.locator(".write__lists [data-note]");
  await until("the others' notes are there", async () => (await rows.count()) > 9);
  for (const index of [4, 9]) {
    const id = await rows.nth(index).getAttribute("data-note");
    const row = ali.page.locator(`.write__lists [data-note="${id}"]`);
    await row.evaluate((element) => element.scrollIntoView({ block: "end" }));
    await ali.taps(row.getByRole("button").first());
    await until("all of it lies over the tabs", async () => (await row.locator(".react").count()) > 0 && (await overTabs(ali, row)) >= 0);
    await ali.taps(row.getByRole("button").first());
  }
}, HOUR);

story("a new phase brings a phone to the top of what it is for, and a ballot opens itself", async ({ people, document }) => {
  const kari = await people.phone("Kari", { as: "facilitator" });
  const ali = await people.phone("Ali");
  workshop(await document());
  await leads(kari, "lead-next");
  await until("it is silent", async () => (await ali.by("post").innerText()) === text("session.put_in_pile"));
  await leads(kari, "lead-next"); // shows what was written
  await until("and no more", async () => (await ali.by("post").innerText()) === text("phone.post"));
  await ali.opens("board");
  await leads(kari, "lead-next");
  await isAt(ali, "write");
  const stands = (title) => until(`Ali stands in “${title}”`, async () => (await ali.by("phase-title").innerText()) === title);
  await stands("See it through others");
  await ali.page.locator(".phone__page").evaluate((page) => page.scrollTo(0, page.scrollHeight));
  await leads(kari, "lead-next");
  await stands("Which habits hold it in place?");
  await untilEqual("and sees it from its top", () => scrolled(ali), 0);
  await until("it is silent", async () => (await ali.by("post").innerText()) === text("session.put_in_pile"));
  await leads(kari, "lead-next"); // shows what was written
  await until("and no more", async () => (await ali.by("post").innerText()) === text("phone.post"));
  await leads(kari, "lead-next");
  await isAt(ali, "clusters");
  assert.equal(await ali.by("clusters-head").innerText(), "Name the clusters");
  await ali.opens("write");
  await ali.taps(ali.by("to-clusters"));
  await isAt(ali, "clusters");

  // Whoever is writing is not torn away: it is said where the thumb is.
  await ali.page.locator("[data-cluster]").first().getByRole("button").tap();
  const name = ali.page.locator(".page-title");
  await name.fill("Ingen visste det");
  await leads(kari, "lead-vote");
  await kari.by("lead-open-round").tap();
  await ali.by("ballot-waits").waitFor();
  assert.equal(await tab(ali), "clusters");
  await ali.taps(ali.by("ballot-waits"));
  await ali.by("moment-vote").waitFor();
  await ali.taps(ali.by("vote-plus-0"));
  await ali.opens("board");
  await until("who has given dots is not asked again", async () => !(await ali.by("ballot-waits").isVisible()));
  await leads(kari, "lead-close-round");
  await leads(kari, "lead-vote");
  await kari.by("lead-open-round").tap();
  await isAt(ali, "write");
  await ali.by("moment-vote").waitFor();
}, HOUR);

story("a plan is asked who tries it and when, on the phone and of an idea that is chosen", async ({ people, document }) => {
  const truth = await document();
  const kari = await people.phone("Kari", { as: "facilitator" });
  const ali = await people.phone("Ali");
  truth.addNote("En ungdom ringer dagen etter", { kind: "idea" });
  await ali.page.locator(".compose .kind--plan").tap();
  await ali.by("compose").fill("Ringe på fredager");
  await ali.by("trial-who").fill("Amina og Per");
  await ali.by("trial-when").fill("i neste uke");
  await ali.reload();
  assert.equal(await ali.by("trial-who").inputValue(), "Amina og Per", "it is kept on the device");
  await ali.taps(ali.by("post"));
  const plan = (words) => until(`the board has “${words}”`, async () => [...truth.doc.getMap("notes").values()].find((note) => String(note.get("text")) === words));
  const posted = await plan("Ringe på fredager");
  assert.equal(String(posted.get("who")), "Amina og Per");
  assert.equal(String(posted.get("when")), "i neste uke");
  assert.equal(await ali.by("trial-who").count() && (await ali.by("trial-who").inputValue()), "");

  await leads(kari, "lead-next");
  await until("it is silent", async () => (await ali.by("post").innerText()) === text("session.put_in_pile"));
  await leads(kari, "lead-next");
  await until("and no more", async () => (await ali.by("post").innerText()) === text("phone.post"));
  await leads(kari, "lead-plans");
  await kari.by("plan-idea").first().tap();
  await kari.by("plan-box").getByTestId("trial-who").fill("Liv");
  // A day from the calendar comes as words.
  await kari.by("plan-box").locator(".day__field").evaluate((field) => {
    field.value = "2031-12-05";
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  assert.match(await kari.by("plan-box").getByTestId("trial-when").inputValue(), /Friday.*December.*2031/);
  await kari.by("plan-make").tap();
  const chosen = await until("the idea is planned", async () =>
    [...truth.doc.getMap("notes").values()].find((note) => note.get("kind") === "plan" && String(note.get("who")) === "Liv"),
  );
  assert.equal(String(chosen.get("text")), "En ungdom ringer dagen etter");
  await until("and is no more offered", async () => (await kari.by("plan-ideas").count()) === 0);
}, HOUR);

story("silence asks what trouble a solution would take away, before anybody sees it, on phone and desk", async ({ people, document }) => {
  const truth = await document();
  const kari = await people.phone("Kari", { as: "facilitator" });
  const ali = await people.phone("Ali");
  const liv = await people.desk("Liv");
  await leads(kari, "lead-next");
  await until("it is silent", async () => (await ali.by("post").innerText()) === text("session.put_in_pile"));
  await ali.posts("Vi må lage en app som varsler pårørende");
  await ali.by("moment-caught").waitFor();
  assert.ok((await ali.by("moment-caught").innerText()).includes(text("moment.caught_ask")));
  // The card says where the answer goes: in the pile, as all else.
  assert.equal(await ali.by("moment-caught").getByTestId("moment-post").innerText(), text("session.put_in_pile"));
  await ali.by("moment-caught").getByTestId("moment-answer").fill("Ingen får vite når hun sendes hjem");
  await ali.taps(ali.by("moment-caught").getByTestId("moment-post"));
  await until("both are in the pile", async () => (await ali.by("draft").count()) === 2);
  await liv.by("silent-compose").fill("Vi må innføre en felles liste");
  await liv.by("silent-post").click();
  await liv.by("moment-caught").waitFor();
  assert.deepEqual(truth.texts(), [], "nobody sees any of it");
  await until("the server has it", async () => (await ali.by("draft").evaluateAll((all) => all.every((one) => one.dataset.state === "kept"))));
  await leads(kari, "lead-next");
  await until("all is shown", () => truth.texts().length === 3);
  await until("the idea answers the problem", () => truth.doc.getMap("links").size === 1);
}, HOUR);

story("everybody is brought to a place on their phones, by one press", async ({ people, document }) => {
  const truth = await document();
  truth.addNotes([{ words: "Her", at: [0, 0] }, { words: "Langt borte", at: [6_000, 4_000] }]);
  truth.addCluster("Bussen", [truth.addNote("Den kommer aldri", { at: [3_020, 2_060] })], { at: [3_000, 2_000] });
  const kari = await people.phone("Kari", { as: "facilitator" });
  const ali = await people.phone("Ali");
  await kari.opens("clusters");
  await kari.page.locator("[data-cluster]").first().getByRole("button").tap();
  await leads(kari, "lead-gather");
  const call = ali.page.getByRole("button", { name: text("note.gather_go") });
  await call.waitFor();
  assert.equal(await tab(ali), "write", "nobody is torn away from what they do");
  await call.tap();
  await isAt(ali, "board");
  const title = ali.page.locator(".overview__cluster text").first();
  await until("the cluster is in view", async () => {
    const [place, view] = [await title.boundingBox(), await ali.page.locator(".overview__view").boundingBox()];
    return place && view && place.x >= view.x && place.x < view.x + view.width && place.y >= view.y && place.y < view.y + view.height;
  });
}, HOUR);
