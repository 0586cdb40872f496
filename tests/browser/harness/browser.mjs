// The one Chromium of a test file; and one each with other flags, for what is true of a whole browser.

import { execFileSync } from "node:child_process";
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox", // CI runs as root
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // A name in the local network, over plain http: to the browser not the machine itself, and so not secure.
  "--host-resolver-rules=MAP *.test 127.0.0.1",
  // Several people on one machine: none of them is in the background.
  "--disable-renderer-backgrounding",
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
];

const opened = new Map();

export function browser(flags = []) {
  const kind = flags.join(" ");
  if (!opened.has(kind)) opened.set(kind, chromium.launch({ executablePath: executable(), args: [...FLAGS, ...flags] }));
  return opened.get(kind);
}

export async function closeBrowser() {
  for (const one of opened.values()) await (await one).close();
  opened.clear();
}

function executable() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8" }).trim();
    } catch {
      // the next name
    }
  }
  throw new Error("Chromium is missing: ./tests/run installs it, or name it in CHROMIUM");
}
