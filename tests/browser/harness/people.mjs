// Who is in a story: each with a browser context, a screen and a network cable of their own.

import { browser } from "./browser.mjs";
import { Desk } from "./desk.mjs";
import { Line } from "./line.mjs";
import { Phone } from "./phone.mjs";
import { PATIENCE_MS } from "./until.mjs";
import { Wall } from "./wall.mjs";

// The three screens, at the sizes that they are drawn for (docs/look.md).
export const SCREENS = {
  desk: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  wall: { viewport: { width: 1920, height: 1080 } },
};

export class People {
  #server;
  #board;
  #all = [];

  constructor(server, board) {
    this.#server = server;
    this.#board = board;
  }

  // Somebody at a laptop. `as` is the role of the link that they follow, `through` a proxy on their way, `host`
  // what the server is called, `given` what is done to the browser before each page, `flags` another kind of browser.
  desk(name, { as = "participant", ...options } = {}) {
    return this.#come(Desk, "desk", name, this.#board.links[as], options);
  }

  phone(name, { as = "participant", ...options } = {}) {
    return this.#come(Phone, "phone", name, this.#board.links[as], options);
  }

  wall(options = {}) {
    return this.#come(Wall, "wall", "the wall", this.#board.links.wall, options);
  }

  // Somebody with a screen of that kind who opens another address of the site.
  at(screen, path, options = {}) {
    const kinds = { desk: Desk, phone: Phone, wall: Wall };
    return this.#come(kinds[screen], screen, "somebody", new URL(path, this.#server.address).href, {
      isReady: false,
      ...options,
    });
  }

  async #come(Kind, screen, name, link, { theme = "light", language = "en", isReady = true, through, host, given, flags, ...more } = {}) {
    const line = await Line.to(through?.port ?? this.#server.port, host);
    const context = await (await browser(flags)).newContext({
      ...SCREENS[screen],
      colorScheme: theme,
      locale: { nb: "nb-NO", nn: "nn-NO", en: "en-GB" }[language],
      ...more,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    if (given) await context.addInitScript(given);
    await context.tracing.start({ snapshots: true });
    const person = new Kind(name, line, context, await context.newPage(), this.#server.address);
    person.prefix = through ? new URL(through.address).pathname.replace(/\/$/, "") : "";
    this.#all.push(person);
    await person.open(link);
    if (isReady) await person.isReady();
    return person;
  }

  // The same person with the same board in one more tab.
  async tabOf(person) {
    const tab = new person.constructor(`${person.name} in another tab`, person.line, person.context, await person.context.newPage(), person.server);
    tab.prefix = person.prefix;
    tab.leave = async () => {}; // with the first
    this.#all.push(tab);
    await tab.open(person.page.url());
    await tab.isReady();
    return tab;
  }

  // Nobody's page broke, and nobody's page asked another host for anything.
  expectNoTrouble() {
    for (const person of this.#all) person.expectNoTrouble();
  }

  async keepEvidence(folder) {
    for (const person of this.#all) await person.keepEvidence(folder);
  }

  async leave() {
    for (const person of this.#all) await person.leave();
  }
}
