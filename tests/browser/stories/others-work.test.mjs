// What many wrote does not go by two keys of one.

import { story } from "../harness/story.mjs";
import { untilEqual } from "../harness/until.mjs";

story("more than a few notes of others are asked about before they go or are copied", async ({ people, document }) => {
  const truth = await document();
  const all = ["Ali", "Bea", "Cai", "Dag"];
  truth.addNotes(all.map((words, at) => ({ words, at: [120 + 260 * at, 160] })));
  const kari = await people.desk("Kari");
  await kari.sees("Dag");

  for (const key of ["Delete", "Control+d"]) {
    await kari.canvas.focus();
    await kari.key("Control+a", key);
    await kari.by("others-work").waitFor();
    await kari.key("Escape");
    await kari.by("others-work").waitFor({ state: "hidden" });
    await untilEqual("nothing was done", () => truth.texts(), all);
  }

  await kari.canvas.focus();
  await kari.key("Control+a", "Delete");
  await kari.by("others-work-go").click();
  await untilEqual("who says yes deletes them", () => truth.texts(), []);
  await kari.undoes();
  await untilEqual("and back", () => truth.texts(), all);
});
