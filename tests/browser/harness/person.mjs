// What is the same for everybody in front of a screen.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "./until.mjs";

export class Person {
  #said = [];
  #broken = [];
  #elsewhere = new Set();

  constructor(name, line, context, page, server) {
    Object.assign(this, { name, line, context, page, server });
    page.on("console", (message) => this.#said.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => this.#broken.push(error.message));
    context.on("request", (request) => {
      const { host, protocol } = new URL(request.url());
      if (protocol.startsWith("http") && host !== new URL(line.address).host) this.#elsewhere.add(request.url());
    });
  }

  // The same address, by way of this person's own cable.
  open(link) {
    const { pathname, search, hash } = new URL(link);
    return this.page.goto(this.line.address + this.prefix + pathname + search + hash);
  }

  async reload() {
    await this.page.reload();
    await this.isReady();
  }

  by(hook) {
    return this.page.getByTestId(hook);
  }

  note(id) {
    return this.page.locator(`[data-note="${id}"]`);
  }

  // A note that has just landed is still on its way, and so may be the view; an animation that another cuts short never
  // finishes.
  async liesStill(id) {
    let before;
    await until(
      `${id} lies still for ${this.name}`,
      async () => {
        const now = await this.note(id).evaluate((note) => {
          const { x, y } = note.getBoundingClientRect();
          return note.getAnimations().length === 0 && `${x} ${y}`;
        });
        const isStill = now && now === before;
        before = now;
        return isStill;
      },
      { each: 100 },
    );
  }

  // The same of all that is there.
  async isAtRest() {
    let before;
    await until(
      `all lies still for ${this.name}`,
      async () => {
        const now = await this.page.evaluate(() => {
          const places = [...document.querySelectorAll("[data-note], [data-cluster]")].map((one) => one.getBoundingClientRect());
          return document.getAnimations().length === 0 && places.map(({ x, y }) => `${x} ${y}`).join();
        });
        const isStill = now !== false && now === before;
        before = now;
        return isStill;
      },
      { each: 100 },
    );
  }

  // What the connection chip says of itself: saved, saving, …
  connection() {
    return this.by("connection").first().getAttribute("data-state");
  }

  isSaved() {
    return until(`${this.name} sees that all is saved`, async () => (await this.connection()) === "saved");
  }

  // The network is really gone: sockets break, and the browser knows it.
  async losesTheNetwork() {
    this.line.cut();
    await this.context.setOffline(true);
  }

  async getsTheNetworkBack() {
    this.line.join();
    await this.context.setOffline(false);
  }

  // The texts of the notes on this screen, sorted; a note that is being written gives what its field has.
  async texts() {
    const texts = await this.page.locator("[data-note]").evaluateAll((notes) =>
      notes.map((note) => (note.querySelector("textarea")?.value ?? note.querySelector(".note__text, .row-note__text")?.textContent ?? note.textContent).trim()),
    );
    return texts.sort();
  }

  async idOf(words) {
    const note = this.page.locator("[data-note]").filter({ hasText: words }).first();
    await note.waitFor();
    return note.getAttribute("data-note");
  }

  sees(words) {
    return until(`${this.name} sees “${words}”`, async () => (await this.texts()).includes(words));
  }

  // As a screen reader has it: the names of everything in the page's accessibility tree.
  async heard() {
    return this.page.locator("body").ariaSnapshot();
  }

  // Text, or `{text, html, files: [[name, type, bytes as base64]]}`, as Ctrl+V brings it to the page: the page hears
  // of it, and no field gets it.
  async pastes(what) {
    await this.page.evaluate(({ text = "", html, files = [] }) => {
      const clipboardData = new DataTransfer();
      if (text) clipboardData.setData("text/plain", text);
      if (html) clipboardData.setData("text/html", html);
      for (const [name, type, base64] of files) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        clipboardData.items.add(new File([bytes], name, { type }));
      }
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, typeof what === "string" ? { text: what } : what);
  }

  // The browser's own way: what is on its clipboard goes where the focus is.
  async pastesIntoField(text) {
    const { origin } = new URL(this.page.url());
    await this.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin });
    await this.page.evaluate((words) => navigator.clipboard.writeText(words), text);
    await this.page.keyboard.press("Control+V");
  }

  // From another window, by the browser's own way: over the page, and let go there. Files are paths.
  async dropsFromElsewhere({ text, html, files }, [x, y]) {
    const wire = await this.context.newCDPSession(this.page);
    const items = [["text/plain", text], ["text/html", html]]
      .filter(([, data]) => data)
      .map(([mimeType, data]) => ({ mimeType, data }));
    const data = { items, files, dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"]) {
      await wire.send("Input.dispatchDragEvent", { type, x, y, data });
    }
    await wire.detach();
  }

  // What the notices say.
  notices() {
    return this.page.locator(".notices .notice > span").allInnerTexts();
  }

  isTold(words) {
    return until(`${this.name} is told “${words}”`, async () => (await this.notices()).includes(words));
  }

  screenshot(path) {
    return this.page.screenshot({ path, animations: "disabled" });
  }

  expectNoTrouble() {
    assert.deepEqual(this.#broken, [], `${this.name}'s page broke`);
    const panics = this.#said.filter((line) => line.includes("panicked at"));
    assert.deepEqual(panics, [], `${this.name}'s client panicked`);
    assert.deepEqual([...this.#elsewhere], [], `${this.name}'s page asked another host`);
  }

  async keepEvidence(folder) {
    const file = (ending) => join(folder, `${this.name.toLowerCase().replace(/\W+/g, "-")}.${ending}`);
    writeFileSync(file("console.txt"), [...this.#said, ...this.#broken.map((line) => `broken: ${line}`)].join("\n"));
    await this.page.screenshot({ path: file("png"), timeout: 5_000 });
    await this.context.tracing.stop({ path: file("trace.zip") }).catch(() => {}); // one for all tabs
  }

  async leave() {
    await this.context.tracing.stop().catch(() => {}); // kept already, or the context is gone: nothing to throw away
    await this.context.close();
    await this.line.close();
  }
}
