// Pictures of every screen at its size, in Norwegian, light and dark: results/screens. They are for people to look at, beside
// docs/look.md. Nothing here judges how a picture looks; a story only fails where a screen does not come so far. What can be
// measured of looks (contrast, sizes, what overlaps) is in the other stories.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { RESULTS, story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { workshop } from "../harness/workshop.mjs";

const SCREENS = join(RESULTS, "screens");
mkdirSync(SCREENS, { recursive: true });
const picture = async (person, name) => {
  await person.page.mouse.move(720, 640); // no tip over what is to be seen
  await person.screenshot(join(SCREENS, `${name}.png`));
};

for (const theme of ["light", "dark"]) {
  const wish = { theme, language: "nb" };

  story(`pictures of the front page (${theme})`, async ({ people }) => {
    for (const screen of ["desk", "phone"]) {
      const somebody = await people.at(screen, "/", wish);
      await somebody.page.getByRole("button", { name: text("home.make", {}, "nb") }).waitFor();
      await picture(somebody, `home-${screen}-${theme}`);
    }
  });

  story(`pictures of the desk (${theme})`, async ({ people, document }) => {
    const truth = await document();
    const kari = await people.desk("Kari", { ...wish, as: "facilitator" });
    await picture(kari, `desk-empty-${theme}`);
    const { notes } = workshop(truth);
    await kari.fits("nb");
    await kari.sees(notes[0].words);
    await picture(kari, `desk-${theme}`);
    await kari.note(await kari.idOf("Ingen spurte meg.")).dblclick();
    await kari.field.waitFor();
    await picture(kari, `desk-writing-${theme}`);
    await kari.stopsWriting();
    for (const [hook, name] of [["invite", "invite"], ["people", "people"]]) {
      await kari.by(hook).first().click();
      await kari.page.getByRole("dialog").waitFor();
      await picture(kari, `desk-${name}-${theme}`);
      await kari.key("Escape");
    }
  });

  story(`pictures of the wall (${theme})`, async ({ people, document }) => {
    const truth = await document();
    const wall = await people.wall(wish);
    await wall.page.getByText(text("wall.empty", {}, "nb")).waitFor();
    await picture(wall, `wall-empty-${theme}`);
    const { notes } = workshop(truth);
    await wall.sees(notes[0].words);
    await picture(wall, `wall-${theme}`);
  });

  story(`pictures of the phone (${theme})`, async ({ people, document }) => {
    const { notes } = workshop(await document());
    const ali = await people.phone("Ali", wish);
    await ali.sees(notes[0].words);
    await ali.opens("write");
    await picture(ali, `phone-first-${theme}`);
    await ali.posts("Bussen hjem gikk før jeg fikk papirene.");
    await picture(ali, `phone-write-${theme}`);
    for (const tab of ["clusters", "board"]) {
      await ali.opens(tab);
      await picture(ali, `phone-${tab}-${theme}`);
    }
  });
}
