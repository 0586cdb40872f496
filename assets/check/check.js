// The self-check of somebody's network: what Samtavle needs on the way to the server, tried one by one
// and told in words that an IT department can act on. Apart from the client: it must work also where
// that does not arrive. docs/networks.md says more of each.

const TEXTS = { nb: {{nb}}, nn: {{nn}}, en: {{en}} };

const BASE = new URL(".", location.href);
const PIECE_KIB = 256; // what the client sends at once over HTTP
const SOCKET_MS = 6_000; // proxies that cut WebSockets mostly do it sooner
const TICKS_MS = 800; // five ticks, 200 ms apart

const at = (path) => new URL(path, BASE);
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const within = (ms, work) => Promise.race([work, wait(ms).then(() => Promise.reject(new Error(`> ${ms} ms`)))]);
const fresh = { cache: "no-store", credentials: "omit" };

let language = remembered() ?? navigator.languages.map(ours).find(Boolean) ?? "en";
let results = [];
let isRunning = false;

// Whoever reads Danish, Swedish or a Sami language reads Bokmål more easily than English, as in the client (i18n/language.rs).
function ours(name) {
  const language = name.toLowerCase().split("-")[0];
  return ["no", "da", "sv", "se", "sma", "smj", "smn", "sms"].includes(language) ? "nb" : Object.keys(TEXTS).find((known) => known === language);
}

// The one after this; the button has its name.
function nextLanguage() {
  const all = Object.keys(TEXTS);
  return all[(all.indexOf(language) + 1) % all.length];
}

// What the client remembers (i18n/language.rs).
function remembered() {
  try {
    const kept = localStorage.getItem("samtavle.language");
    return kept in TEXTS ? kept : undefined;
  } catch {
    return undefined;
  }
}

function words(key, filling = {}) {
  const filled = { address: BASE.href, ...filling };
  return TEXTS[language][key].replace(/\{(\w+)\}/g, (_, name) => filled[name]);
}

// --- The checks: each gives { state, says: [[key, filling], …] }

const ok = (...says) => ({ state: "ok", says });
const note = (...says) => ({ state: "note", says });
const fault = (...says) => ({ state: "fault", says });

const seenServers = [];

async function echo(init = {}) {
  const began = Date.now();
  const response = await within(10_000, fetch(at("check/echo"), { ...fresh, ...init }));
  if (!response.ok) throw new Error(`status ${response.status}`);
  const answer = await response.json();
  seenServers.push(answer.instance);
  return { ...answer, middle: (began + Date.now()) / 2 };
}

async function checkSocket() {
  const instead = ["socket_instead"];
  let socket;
  try {
    const url = at("check/socket");
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    const closed = new Promise((resolve) => socket.addEventListener("close", () => resolve("closed")));
    const next = () => new Promise((resolve) => socket.addEventListener("message", resolve, { once: true }));
    const began = performance.now();
    const first = await within(5_000, Promise.race([next(), closed]));
    if (first === "closed") return fault(["socket_blocked"], instead);
    seenServers.push(new TextDecoder().decode(first.data));
    const times = [];
    for (let round = 0; round < 5; round++) {
      const sent = performance.now();
      const back = next();
      socket.send(new Uint8Array([round]));
      if ((await within(5_000, Promise.race([back, closed]))) === "closed") break;
      times.push(performance.now() - sent);
    }
    const ended = await Promise.race([closed, wait(SOCKET_MS)]);
    if (ended === "closed" || times.length < 5) {
      const seconds = Math.round((performance.now() - began) / 1000);
      return fault(["socket_cut", { seconds }], instead);
    }
    const ms = Math.round(times.sort((a, b) => a - b)[2]);
    return ok(["socket_ok", { ms }]);
  } catch {
    return fault(["socket_blocked"], instead);
  } finally {
    socket?.close();
  }
}

async function checkStream() {
  try {
    const response = await within(8_000, fetch(at("check/stream"), fresh));
    if (!response.ok) throw new Error(`status ${response.status}`);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const came = [];
    let text = "";
    for (;;) {
      const { value, done } = await within(8_000, reader.read());
      if (done) break;
      text += value;
      for (const line of text.split("\n").slice(0, -1)) {
        if (!line.startsWith("data: ")) continue;
        came.push(performance.now());
        seenServers.push(JSON.parse(line.slice(6)).instance);
      }
      text = text.slice(text.lastIndexOf("\n") + 1);
    }
    if (came.length < 5) throw new Error(`${came.length}/5`);
    const spread = came.at(-1) - came[0];
    return spread < TICKS_MS / 2 ? fault(["stream_held"], ["stream_poll"]) : ok(["stream_ok"]);
  } catch (error) {
    return fault(["stream_none", { why: error.message }]);
  }
}

async function checkPost() {
  try {
    const body = new Uint8Array(PIECE_KIB * 1024);
    const response = await within(15_000, fetch(at("check/echo"), { ...fresh, method: "POST", body }));
    if (response.ok && (await response.json()).bytes === body.length) return ok(["post_ok", { size: PIECE_KIB }]);
    const small = await echo({ method: "POST", body: new Uint8Array(100) });
    if (small.bytes === 100) return fault(["post_small", { size: PIECE_KIB, status: response.status }]);
    return fault(["post_none", { why: `${small.bytes}/100` }]);
  } catch (error) {
    return fault(["post_none", { why: error.message }]);
  }
}

async function checkServer() {
  await Promise.allSettled(Array.from({ length: 6 }, () => echo()));
  const servers = new Set(seenServers).size;
  return servers > 1 ? fault(["server_many", { servers }]) : ok(["server_ok", { count: seenServers.length }]);
}

function checkHeaders({ seen, publicUrl, basePath }) {
  const here = BASE.href.replace(/\/$/, "");
  if (publicUrl) {
    return publicUrl === here
      ? ok(["headers_public", { url: publicUrl }])
      : note(["headers_public_other", { url: publicUrl, address: here }]);
  }
  const wrong = [];
  const host = (seen.forwardedHost ?? seen.host ?? "").split(",")[0].trim();
  if (host !== location.host) wrong.push(["headers_host", { seen: host, host: location.host, address: here }]);
  const proto = (seen.forwardedProto ?? "http").split(",")[0].trim();
  if (location.protocol === "https:" && proto !== "https") wrong.push(["headers_proto", { address: here }]);
  const path = BASE.pathname.replace(/\/$/, "");
  const prefix = (seen.forwardedPrefix ?? basePath).split(",")[0].trim().replace(/\/$/, "");
  if (prefix !== path) wrong.push(["headers_prefix", { path: path || "/", seen: prefix || "/" }]);
  return wrong.length > 0 ? fault(...wrong) : ok(["headers_ok"]);
}

function checkPeople({ seen, addresses }) {
  if (addresses === "proxy") return seen.isForwarded ? ok(["people_ok"]) : fault(["people_none"]);
  return seen.isForwarded ? note(["people_direct"]) : ok(["people_ok"]);
}

function checkClock({ now, middle }) {
  const seconds = Math.round(Math.abs(now - middle) / 1000);
  return seconds > 60 ? note(["clock_off", { seconds }]) : ok(["clock_ok", { seconds }]);
}

async function checkStorage() {
  try {
    localStorage.setItem("samtavle.check", "1");
    localStorage.removeItem("samtavle.check");
    await within(5_000, new Promise((resolve, reject) => {
      const request = indexedDB.open("samtavle.check");
      request.onsuccess = () => (request.result.close(), indexedDB.deleteDatabase("samtavle.check"), resolve());
      request.onerror = () => reject(request.error);
    }));
    return ok(["storage_ok"]);
  } catch (error) {
    return fault(["storage_none", { why: error.name }]);
  }
}

const checkSecure = () => (isSecureContext && location.protocol === "https:"
  ? ok(["secure_ok"])
  : note(["secure_none"], ["secure_sniffed"]));

// --- Running and showing

async function run() {
  if (isRunning) return;
  isRunning = true;
  results = [];
  seenServers.length = 0;
  show();
  let answer;
  try {
    answer = await echo();
    add("answer", ok(["answer_ok", { version: answer.version }]));
  } catch (error) {
    add("answer", fault(["answer_none", { why: error.message }]));
  }
  if (answer) {
    const socket = checkSocket(); // it stays open while the others run
    add("stream", await checkStream());
    add("post", await checkPost());
    add("headers", checkHeaders(answer));
    add("people", checkPeople(answer));
    add("socket", await socket, 1);
    add("server", await checkServer(), 4);
    add("clock", checkClock(answer));
  }
  add("storage", await checkStorage());
  add("cookies", ok(["cookies_ok"]));
  add("secure", checkSecure());
  isRunning = false;
  show();
}

function add(name, result, place = results.length) {
  results.splice(place, 0, { name, ...result });
  show();
}

const part = (id) => document.getElementById(id);
const MARKS = { ok: "✓", note: "•", fault: "!" };

function sum() {
  if (isRunning) return words("running");
  const faults = results.filter(({ state }) => state === "fault").length;
  if (faults > 0) return words(faults === 1 ? "faults_1" : "faults_n", { count: faults });
  return words(results.some(({ state }) => state === "note") ? "only_notes" : "all_well");
}

const sentence = ({ says }) => says.map(([key, filling]) => words(key, filling)).join(" ");

function show() {
  document.documentElement.lang = language;
  document.title = `${words("title")} · Samtavle`;
  for (const id of ["title", "about", "copy", "again"]) part(id).textContent = words(id);
  part("language").textContent = TEXTS[nextLanguage()].language;
  part("sum").textContent = sum();
  part("list").replaceChildren(...results.map((result) => {
    const item = document.createElement("li");
    item.className = "selfcheck__item";
    item.dataset.check = result.name;
    item.dataset.state = result.state;
    const title = item.appendChild(document.createElement("h2"));
    const mark = title.appendChild(document.createElement("span"));
    mark.className = "selfcheck__mark";
    mark.textContent = `${MARKS[result.state]} ${words(result.state)}: `;
    title.append(words(result.name));
    item.appendChild(document.createElement("p")).textContent = sentence(result);
    return item;
  }));
  document.body.dataset.state = isRunning ? "running" : "done";
  part("text").value = asText();
}

function asText() {
  return [
    `${words("title")}: Samtavle, ${BASE.href}`,
    `${new Date().toISOString()}, ${navigator.userAgent}`,
    sum(),
    "",
    ...results.map((result) => `[${words(result.state)}] ${words(result.name)}: ${sentence(result)}`),
  ].join("\n");
}

part("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(asText());
  } catch {
    // Without HTTPS there is no clipboard: the text itself, marked, for Ctrl+C.
    part("text").hidden = false;
    part("text").select();
    document.execCommand("copy");
  }
  part("copy").textContent = words("copied");
});
part("again").addEventListener("click", run);
part("language").addEventListener("click", () => {
  language = nextLanguage();
  show();
});

run();
