// Somebody at a laptop, with mouse and keyboard.

import { Person } from "./person.mjs";
import { text } from "./texts.mjs";
import { until, untilEqual } from "./until.mjs";

// A hand moves over the screen; it does not jump.
const STEPS = 8;

export class Desk extends Person {
  async isReady() {
    await this.by("canvas").waitFor();
    await this.isSaved();
  }

  get canvas() {
    return this.by("canvas");
  }

  get field() {
    return this.by("note-field");
  }

  key(...presses) {
    return presses.reduce((before, press) => before.then(() => this.page.keyboard.press(press)), Promise.resolve());
  }

  // A note by double click at a place on the screen; gives its id.
  async posts(words, { at = [500, 300] } = {}) {
    await this.page.mouse.dblclick(...at);
    await this.field.waitFor();
    await this.page.keyboard.type(words);
    await this.key("Escape");
    await this.field.waitFor({ state: "detached" });
    return this.idOf(words);
  }

  // What comes outside of the view is told of above the map: who wants to see it presses there.
  findsNew(words) {
    return until(`${this.name} sees “${words}”, in view or by the way to what is new`, async () => {
      if ((await this.texts()).includes(words)) return true;
      const show = this.by("outside-show");
      if (await show.isVisible()) await show.click({ timeout: 1_000 }).catch(() => {}); // it came into view meanwhile
      return false;
    });
  }

  // Opens a note's field and puts the caret at `caret` (UTF-16 units; the end when not given).
  async writesIn(id, { caret } = {}) {
    await this.note(id).dblclick();
    await this.field.waitFor();
    await this.field.evaluate((field, at) => {
      const place = at ?? field.value.length;
      field.setSelectionRange(place, place);
    }, caret);
  }

  async stopsWriting() {
    await this.key("Escape");
    await this.field.waitFor({ state: "detached" });
  }

  // Types letter by letter, as people do.
  async types(words, { delay = 25 } = {}) {
    for (const letter of words) {
      await this.page.keyboard.insertText(letter);
      await this.page.waitForTimeout(delay);
    }
  }

  // Where nothing lies over the note; with Shift held down from the second on, as people do.
  async selects(...ids) {
    try {
      for (const [index, id] of ids.entries()) {
        if (index === 1) await this.page.keyboard.down("Shift");
        const position = await until(`a spot of ${id} is free`, () => this.note(id).evaluate(freeSpot));
        await this.note(id).click({ position });
      }
    } finally {
      if (ids.length > 1) await this.page.keyboard.up("Shift");
    }
  }

  // Draws around: from one corner to the other on the empty board.
  async lassos(from, to) {
    const [[left, top], [right, bottom]] = [from, to];
    await this.draws([[left, top], [right, top], [right, bottom], [left, bottom], [left, top]]);
  }

  async draws([first, ...rest]) {
    await this.page.mouse.move(...first);
    await this.page.mouse.down();
    for (const point of rest) await this.page.mouse.move(...point, { steps: STEPS });
    await this.page.mouse.up();
  }

  // Takes something by its middle and lays it down so far away.
  async drags(what, [dx, dy]) {
    const [x, y] = await this.middleOf(what);
    await this.draws([[x, y], [x + dx, y + dy]]);
  }

  async dragsOnto(what, target) {
    const [x, y] = await this.middleOf(what);
    await this.draws([[x, y], await this.middleOf(target)]);
  }

  async middleOf(what) {
    const box = await what.boundingBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  }

  fits(language) {
    return this.button("desk.zoom_fit", language).click();
  }

  button(key, language) {
    return this.page.getByRole("button", { name: text(key, {}, language), exact: true }).first();
  }

  get bar() {
    return this.by("selection-bar");
  }

  // Something that can be done with what is chosen: from the bar, or from «Mer» when it has no room there.
  async does(hook) {
    const button = this.bar.getByTestId(hook).first();
    const more = this.by("selection-more");
    await until(`${this.name} sees the bar`, async () => (await button.isVisible()) || (await more.isVisible()));
    if (!(await button.isVisible())) await more.click();
    await this.page.locator(`.selection-bar [data-testid="${hook}"], [role=menu] [data-testid="${hook}"]`).first().click();
  }

  cluster(id) {
    return this.page.locator(`[data-cluster="${id}"]`);
  }

  // The only cluster on the board.
  async onlyCluster() {
    const clusters = this.page.locator("[data-cluster]");
    await until(`${this.name} sees one cluster`, async () => (await clusters.count()) === 1);
    return clusters.first().getAttribute("data-cluster");
  }

  seesClusters(titles) {
    return untilEqual(`${this.name} sees the clusters`, async () => {
      const seen = await this.page
        .locator("[data-cluster]")
        .evaluateAll((clusters) => clusters.map((cluster) => cluster.querySelector(".cluster__title")?.textContent.trim() ?? ""));
      return seen.sort();
    }, [...titles].sort());
  }

  // Says their name in the list of who is here.
  async isCalled(name) {
    await this.by("people").first().click();
    const field = this.page.getByLabel(text("people.your_name"));
    await field.fill(name);
    await field.press("Enter");
    await this.key("Escape");
  }

  undoes() {
    return this.key("Control+z");
  }
}

// Pixels from the corner of what is seen of an element; the middle is tried first, as people do.
function freeSpot(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  const parts = [0.5, 0.3, 0.7, 0.15, 0.85];
  for (const down of parts)
    for (const along of parts) {
      const [x, y] = [width * along, height * down];
      if (element.contains(document.elementFromPoint(left + x, top + y))) return { x, y };
    }
  return null;
}
