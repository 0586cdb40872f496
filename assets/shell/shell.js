// The page before the client is there: light or dark, and on a small screen the box to write a note in. What is
// typed is kept with every letter where the client keeps it (session/paper.rs); what is posted waits in a list, each
// with its note's id, until the client has posted it (session/posted.rs).
"use strict";
(() => {
  const TEXTS = {{texts}};
  const { samtavle } = window; // able.js
  const SMALL = "(max-width: 719px), (max-height: 479px)"; // as in app.rs
  const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"; // as in shared/src/ids.rs
  const STARTING_MS = 1500;

  const read = (key, store = "localStorage") => {
    try {
      return window[store].getItem(key);
    } catch {
      return null; // this browser keeps nothing: what is typed is handed over all the same
    }
  };
  const write = (key, text, store = "localStorage") => {
    try {
      window[store].setItem(key, text);
      return true;
    } catch {
      return false;
    }
  };

  const theme = read("samtavle.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;

  // An address that a mail program has rewritten is for the client to read (shared/src/address).
  const board = /\/board\/([0-9a-z]+)$/.exec(location.pathname)?.[1];
  const secret = location.hash.slice(1);
  if (!board || !secret) return;
  const [draftKey, postedKey] = [`samtavle.draft.${board}`, `samtavle.posted.${board}`];
  const [, kind, kept] = /^([^\n]*)\n?([^]*)$/.exec(read(draftKey, "sessionStorage") ?? read(draftKey) ?? ""); // first what this tab wrote
  let isKept = true;
  samtavle.words = () => ({ text: [...posted().map((one) => one.text), field?.value ?? kept].filter(Boolean).join("\n\n"), isKept });

  const shell = document.getElementById("shell");
  const isShown = shell && matchMedia(SMALL).matches && read(`samtavle.role.${board}.${secret}`) !== "wall"; // that key writes nothing
  const field = isShown && !samtavle.cannot ? shell.querySelector('[data-shell="field"]') : undefined;
  if (samtavle.cannot) samtavle.failed(samtavle.cannot); // with the words
  if (!field) return;

  const part = (name) => shell.querySelector(`[data-shell="${name}"]`);
  const [post, list] = [part("post"), part("posted")];
  const text = TEXTS[samtavle.language];
  let isComposing = false;
  let isTyped = false;
  let pressed = ""; // what was to be posted where nothing can be kept
  let startedAt = 0;

  const known = text[kind] ? kind : "problem";
  const asked = read(`samtavle.asked.${board}`)?.split("\n");
  part("question").textContent = asked?.[0] || text[known][0];
  part("hint").textContent = asked ? asked.slice(1).join("\n") : text[known][1];
  part("state").textContent = text.connecting;
  const forWhom = read(`samtavle.for.${board}`) && read(`samtavle.for-words.${board}`);
  if (forWhom) {
    part("for").firstChild.textContent = forWhom;
    part("for").hidden = false;
  }
  part("paper").classList.add(`note--${known}`);
  field.setAttribute("aria-label", text.label);
  field.placeholder = text.empty;
  field.value = kept;
  post.textContent = text.post;
  show();
  shell.hidden = false;

  field.addEventListener("input", keep);
  field.addEventListener("compositionstart", () => (isComposing = true));
  field.addEventListener("compositionend", () => {
    isComposing = false;
    setTimeout(handOver); // the letters that it ends with come first
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      event.preventDefault();
      put();
    }
  });
  post.addEventListener("mousedown", (event) => event.preventDefault()); // the keyboard stays
  post.addEventListener("click", put);
  document.addEventListener("samtavle:started", () => {
    startedAt = performance.now();
    handOver();
  });

  function keep() {
    isTyped = true;
    part("after").textContent = "";
    const stores = ["sessionStorage", "localStorage"].map((store) => write(draftKey, `${kind}\n${field.value}`, store));
    isKept = stores.includes(true);
  }

  function put() {
    if (isComposing) field.blur(); // an input method hands over its word
    const words = field.value.trim();
    field.focus();
    part("after").textContent = words ? "" : text.first;
    if (!words) return;
    if (!write(postedKey, JSON.stringify([...posted(), { id: newId(), kind, text: words }]))) {
      pressed = field.value;
      return;
    }
    field.value = "";
    keep();
    show();
    dispatchEvent(new Event("samtavle:posted"));
  }

  function posted() {
    try {
      return JSON.parse(read(postedKey)) ?? [];
    } catch {
      return [];
    }
  }

  function show() {
    list.replaceChildren(
      ...posted().map((one) => {
        const row = document.createElement("li");
        row.className = `row-note row-note--${one.kind}`;
        const words = span("row-note__text", one.text);
        words.dir = "auto";
        row.append(span("row-note__press", words, span("sent sent--not", text.unsent)));
        return row;
      }),
    );
  }

  function span(name, ...inside) {
    const made = document.createElement("span");
    made.className = name;
    made.append(...inside);
    return made;
  }

  // 96 bits in twenty letters, of which the first holds one.
  function newId() {
    return Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte, at) => LETTERS[byte & (at ? 31 : 1)]).join("");
  }

  // A tab in the background draws nothing.
  function soon(act) {
    if (document.hidden) setTimeout(act, 50);
    else requestAnimationFrame(act);
  }

  // To the client's own box: text, caret and focus in one go, and never within a word of an input method.
  function handOver() {
    if (!startedAt || isComposing || !shell.isConnected) return;
    const own = document.querySelector(".phone:not(.shell) .compose__field");
    if (!own && performance.now() - startedAt < STARTING_MS) return void soon(handOver);
    const hadFocus = document.activeElement === field;
    const { value, selectionStart, selectionEnd, selectionDirection, scrollTop } = field;
    if (own && isTyped && own.value !== value) {
      own.value = value;
      own.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    if (own && hadFocus) {
      own.focus({ preventScroll: true });
      own.setSelectionRange(selectionStart, selectionEnd, selectionDirection);
      own.scrollTop = scrollTop;
    }
    if (own && pressed && pressed === value) own.closest(".compose__paper").querySelector(".compose__post").click();
    shell.remove();
  }
})();
