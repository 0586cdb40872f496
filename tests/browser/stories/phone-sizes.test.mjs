// A phone at each of its sizes, also with letters twice as large: every page, card and sheet of a session.

import { flipChart } from "../harness/pictures.mjs";
import { Sizes } from "../harness/sizes.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until } from "../harness/until.mjs";
import { workshop } from "../harness/workshop.mjs";

const HOUR = { board: { title: "Trygt hjem fra sykehuset", template: "samskaping-60" }, limit: 400_000 };

async function leads(kari, hook) {
  await kari.opens("lead");
  await kari.by("lead-next").waitFor();
  const tool = kari.by(hook).first();
  if (!(await tool.isVisible())) await kari.by("lead-more").tap();
  await tool.tap();
}

const closes = (person) => person.page.keyboard.press("Escape");

const holds = (theme) => story(
  `a phone holds at every size, in every moment of the hour (${theme})`,
  async ({ people, document }) => {
    const NB = { language: "nb", theme };
    const sizes = new Sizes(theme);
    const kari = await people.phone("Kari", { ...NB, as: "facilitator" });
    const ali = await people.phone("Ali", NB);
    const liv = await people.phone("Liv", NB);
    await ali.by("introduce").waitFor();
    await sizes.lookAt(ali, "who are you");
    await ali.page.locator(".introduce__voices button").nth(0).tap();
    await liv.page.locator(".introduce__voices button").nth(1).tap();
    await ali.by("scribe-open").tap();
    await ali.by("scribe-begin").waitFor();
    await sizes.lookAt(ali, "for whom");
    await ali.page.getByRole("textbox", { name: text("scribe.name", {}, "nb") }).fill("Olav Kristiansen-Bergstrøm");
    await ali.by("scribe-begin").tap();
    await ali.by("scribe-strip").waitFor();
    await sizes.lookAt(ali, "for another");
    await ali.by("scribe-open").or(ali.by("scribe-strip").getByRole("button").first()).first().tap();
    await ali.by("scribe-begin").waitFor();
    await sizes.lookAt(ali, "who it is");
    await closes(ali);
    await ali.by("scribe-back").tap();
    await liv.by("photo-file").setInputFiles({ name: "tavle.jpg", mimeType: "image/jpeg", buffer: await flipChart(liv.page) });
    await liv.by("cut-picture").waitFor();
    await sizes.lookAt(liv, "a photo");
    await liv.by("add-mark").tap();
    await liv.page.locator("[data-mark-row] textarea").first().fill("Apoteket var stengt da vi kom hjem");
    await liv.by("add-mark").tap();
    await sizes.lookAt(liv, "cutting a photo");
    await closes(liv);
    await liv.by("my-pictures").locator("li").first().waitFor();
    await sizes.lookAt(liv, "my pictures");
    await leads(kari, "lead-next");
    await until("it is silent", async () => /bunken/i.test(await ali.by("post").innerText()));
    await ali.posts("Apoteket var stengt da vi kom hjem, og ingen hadde sendt resepten.");
    await liv.posts("Ingen ringte, og pårørendekoordinatoren/hjemmesykepleiertjenesten visste ikke noe.");
    await sizes.lookAt(ali, "silence");
    await ali.by("draft").first().getByRole("button").tap();
    await sizes.lookAt(ali, "a draft");
    await ali.by("draft").locator("textarea").press("Escape");
    await leads(kari, "lead-next");
    await ali.by("moment-reveal").waitFor();
    await sizes.lookAt(ali, "reveal");
    workshop(await document());
    await leads(kari, "lead-disturb-all");
    await ali.by("moment-disturbance").waitFor();
    await sizes.lookAt(ali, "disturbance");
    await ali.by("moment-aside").tap();
    await leads(kari, "lead-groups");
    await kari.by("lead-mix").waitFor();
    await sizes.lookAt(kari, "groups");
    await kari.by("lead-mix").tap();
    await ali.by("moment-group").waitFor();
    await closes(kari);
    await sizes.lookAt(ali, "my group");
    await leads(kari, "lead-say-back");
    const [sayer, writer] = await until("somebody says it back", async () => {
      for (const [one, other] of [[ali, liv], [liv, ali]]) if (await one.by("moment-say-back").isVisible()) return [one, other];
      return undefined;
    });
    await sizes.lookAt(sayer, "say back");
    await sayer.by("say-back-text").first().fill("At det ikke finnes noen å ringe til.");
    await sayer.by("say-back-send").first().tap();
    await sizes.lookAt(writer, "understood or not");
    await leads(kari, "lead-say-back");
    await leads(kari, "lead-turns");
    await until("it is somebody's turn", async () => (await ali.by("moment-turn").isVisible()) || (await liv.by("moment-turn").isVisible()));
    await sizes.lookAt((await ali.by("moment-turn").isVisible()) ? ali : liv, "my turn");
    await sizes.lookAt(kari, "leading the turns");
    await leads(kari, "lead-turns");
    await leads(kari, "lead-vote");
    await kari.by("lead-open-round").waitFor();
    await sizes.lookAt(kari, "a vote");
    await kari.by("lead-open-round").tap();
    await ali.by("vote-plus-0").tap();
    await liv.by("vote-plus-0").tap();
    await sizes.lookAt(ali, "the ballot");
    await leads(kari, "lead-close-round");
    await ali.by("moment-result").waitFor();
    await sizes.lookAt(ali, "the result");
    await ali.by("moment-close").first().tap();

    await ali.opens("clusters");
    await sizes.lookAt(ali, "clusters");
    await ali.page.locator("[data-cluster]").first().getByRole("button").first().tap();
    await ali.page.locator("[data-note]").first().waitFor();
    await sizes.lookAt(ali, "one cluster");
    await ali.page.locator("[data-note]").first().getByRole("button").first().tap();
    await sizes.lookAt(ali, "a note");
    await ali.by("answer-with").first().tap();
    await sizes.lookAt(ali, "an answer");
    await closes(ali);
    await ali.by("connect").tap();
    await sizes.lookAt(ali, "a link");
    await ali.by("connect-choice").last().tap();
    await ali.page.getByRole("button", { name: text("phone.move_to_cluster", {}, "nb") }).tap();
    await sizes.lookAt(ali, "another cluster");
    await closes(ali);
    await ali.opens("board");
    await sizes.lookAt(ali, "the board");
    await ali.page.getByRole("button", { name: text("desk.menu", {}, "nb"), exact: true }).tap();
    await sizes.lookAt(ali, "the menu");
    await closes(ali);
    await ali.opens("write");
    await ali.by("my-notes").locator("[data-note]").first().tap();
    await sizes.lookAt(ali, "my note");
    for (const hook of ["lead-people", "lead-phases", "lead-voices", "lead-showing", "lead-deck", "lead-scene", "lead-insights", "lead-plans"]) {
      await leads(kari, hook);
      await kari.page.getByRole("dialog").waitFor();
      await sizes.lookAt(kari, hook);
      await closes(kari);
    }
    await ali.page.locator(".compose .kind--plan").tap();
    await sizes.lookAt(ali, "a plan");
    await leads(kari, "lead-gather");
    await sizes.lookAt(ali, "come and look");
    await sizes.lookAt(kari, "leading");
    sizes.expectNone();
  },
  HOUR,
);

for (const theme of ["light", "dark"]) holds(theme);
