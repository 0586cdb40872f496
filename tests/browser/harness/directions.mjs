// Words that run from right to left, on a page that runs from left to right: what stands wrong. People's own words are
// in elements with dir="auto", alone; in a sentence, a label or a title of ours they stand apart (U+2068 … U+2069).

import { until } from "./until.mjs";

// The faults on a person's page as it is now, for all that they can see and hear. `theirs` are the words that people
// wrote, from right to left.
export function wrongWays(person, theirs) {
  return person.page.evaluate(standsWrongWay, theirs);
}

// Waits until nothing stands wrong, for a page may be about to change; gives what is left after that.
export async function expectRightWays(person, where, theirs) {
  let faults = [];
  const isRight = async () => (faults = await wrongWays(person, theirs)).length === 0;
  await until(`all words run their way ${where}`, isRight, { within: 3_000 }).catch(() => {
    throw new Error(`${where}, ${person.name}:\n  ${faults.join("\n  ")}`);
  });
}

function standsWrongWay(theirs) {
  const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
  const NAMED = ["aria-label", "title", "data-tip", "alt", "placeholder", "data-hint"];
  const HALF = 2; // pixels that two edges may differ by
  const found = new Set();
  const own = new Set(theirs.flatMap((words) => [words, words.replaceAll("\n", " ")]));
  const isTheirs = (words) => own.has(words.trim()) || [...own].some((one) => words.trim().endsWith("…") && one.startsWith(words.trim().slice(0, -1)));
  const told = (element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`;

  // What is left when all that stands apart is taken out, the innermost first.
  function besideWhatIsApart(words) {
    let rest = words;
    for (let before; before !== rest; ) {
      before = rest;
      rest = rest.replace(/[\u2066-\u2068][^\u2066-\u2069]*\u2069/g, "");
    }
    return rest;
  }
  const isMixedUp = (words) => RIGHT_TO_LEFT.test(besideWhatIsApart(words)) || /[\u2066-\u2069]/.test(besideWhatIsApart(words));

  for (const element of document.querySelectorAll("body *")) {
    if (element.matches("script, style")) continue;
    for (const name of NAMED) {
      const words = element.getAttribute(name);
      if (words && isMixedUp(words) && !isTheirs(words)) found.add(`${name} of ${told(element)}: ${words}`);
    }
    if (element.matches("input:not([type=checkbox], [type=number], [type=file], [type=date], [readonly]), textarea") && element.dir !== "auto") {
      found.add(`no dir="auto" on ${told(element)}`);
    }
  }
  if (isMixedUp(document.title)) found.add(`the window's title: ${document.title}`);

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement: parent } = texts.currentNode;
    if (!RIGHT_TO_LEFT.test(data) || parent.closest("script, style, textarea")) continue;
    if (!isTheirs(data)) {
      if (isMixedUp(data)) found.add(`in a sentence, not apart, in ${told(parent)}: ${data}`);
      continue;
    }
    if (parent.closest("svg")) {
      if (getComputedStyle(parent).direction !== "rtl") found.add(`runs to the right, in ${told(parent)}: ${data}`);
      continue;
    }
    const ground = parent.closest("[dir], bdi");
    if (!ground || ground.dir === "ltr" || !isTheirs(ground.textContent)) {
      found.add(`no dir="auto" of their own, in ${told(parent)}: ${data}`);
      continue;
    }
    const style = getComputedStyle(ground);
    if (style.direction !== "rtl" && !/^[^\p{L}]*[\p{Script=Latin}]/u.test(data)) found.add(`runs to the right, in ${told(ground)}: ${data}`);
    if (!["isolate", "plaintext"].includes(style.unicodeBidi)) found.add(`not kept apart, in ${told(ground)}: ${data}`);
    if (style.direction === "rtl") beginsAtTheRight(texts.currentNode, ground, style);
  }

  function beginsAtTheRight(node, ground, style) {
    const range = document.createRange();
    const at = node.data.search(/\S/);
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const [first] = range.getClientRects();
    range.selectNodeContents(node);
    const line = [...range.getClientRects()].filter((rect) => first && Math.abs(rect.top - first.top) < first.height / 2);
    if (!first || line.length === 0 || first.width === 0) return; // not to be seen
    const right = Math.max(...line.map((rect) => rect.right));
    if (first.right < right - HALF) found.add(`does not begin at its right, in ${told(ground)}: ${node.data}`);
    // In a block of its own the line begins at the block's right, but for what is centred or stands beside a mark.
    if (style.display.startsWith("inline") || !["start", "right"].includes(style.textAlign)) return;
    const box = ground.getBoundingClientRect();
    const scale = ground.offsetWidth ? box.width / ground.offsetWidth : 1;
    const edge = box.right - (parseFloat(style.paddingRight) + parseFloat(style.borderRightWidth)) * scale;
    if (Math.abs(right - edge) > HALF) found.add(`begins ${Math.round(edge - right)} px from the right, in ${told(ground)}: ${node.data}`);
  }
  return [...found];
}
