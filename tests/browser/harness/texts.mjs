// The words on the screen, from the same files as the client's: a test names a text by its key, so
// that better words do not break it.

import { readFileSync } from "node:fs";

const LOCALES = new URL("../../../assets/locales/", import.meta.url);
const read = (language) => JSON.parse(readFileSync(new URL(`${language}.json`, LOCALES), "utf8"));
const TEXTS = { nb: read("nb"), nn: read("nn"), en: read("en") };

// `text("desk.add_problem")`, `text("home.recent_wall", { title: "Buss" })`, `text("home.make", {}, "nb")`.
export function text(key, filling = {}, language = "en") {
  const found = key.split(".").reduce((group, name) => group?.[name], TEXTS[language]);
  if (found === undefined) throw new Error(`there is no text ${key} in ${language}`);
  return Object.entries(filling).reduce((words, [name, value]) => words.replace(`{${name}}`, value), found);
}
