// Whether this browser can show Samtavle, and what the page says where it cannot: in the person's language, with what to
// do. Old browsers read this, too, so it is written as they do; what comes after it may be newer. The box to write in
// (shell.js) and the start of the client (start.js) tell of what goes wrong later.
(function () {
  "use strict";
  var TEXTS = {{own}};
  var AGAIN_MS = 30000; // nobody touches a wall: it tries again by itself
  var SOON_MS = 3000;
  var TRIES = 3; // after the network has come back

  var before = document.getElementById("before");
  var start = document.getElementById("start");
  var isWall = /\/wall\//.test(location.pathname);
  var isBoard = /\/(board|join)\//.test(location.pathname);
  var language = theirs();
  var text = TEXTS[language];
  var isWaiting = false;

  var samtavle = (window.samtavle = {
    language: language,
    isStarted: false,
    failed: failed,
    words: null // what was typed and waits, once there is a box: { text, isKept }
  });
  document.documentElement.lang = language;
  if (!("noModule" in document.createElement("script"))) samtavle.cannot = "old";
  else if (typeof WebAssembly !== "object" || !WebAssembly.instantiate) samtavle.cannot = "no_wasm";
  if (samtavle.cannot) failed(samtavle.cannot);
  else document.addEventListener("DOMContentLoaded", lookAfterStart);

  // The person's own choice, else the first of the browser's that we speak; as in i18n/language.rs.
  function theirs() {
    var tags = navigator.languages || [navigator.language];
    var own;
    try {
      own = localStorage.getItem("samtavle.language");
    } catch (forbidden) {
      own = null;
    }
    tags = [own].concat([].slice.call(tags));
    for (var at = 0; at < tags.length; at += 1) {
      var short = (tags[at] || "").toLowerCase().split("-")[0];
      if (TEXTS[short]) return short;
      if (/^(no|da|sv|se|sma|smj|smn|sms)$/.test(short)) return "nb";
    }
    return "en";
  }

  // `why`: "old" or "no_wasm" (this browser cannot), "arrived" (something did not), "stopped" (the client gave up).
  function failed(why) {
    var isOver = why === "old" || why === "no_wasm";
    var sorry = element("section", "before__sorry");
    sorry.setAttribute("role", "alert");
    sorry.setAttribute("data-why", why);
    sorry.appendChild(element("h1", "before__title", isOver ? text.browser : text[why]));
    if (isOver) sayWhere(sorry, why);
    else sayAgain(sorry, why);
    showWords(sorry);
    var shell = document.getElementById("shell");
    if (shell) shell.hidden = true; // nothing is taken that cannot leave
    if (samtavle.sorry) before.removeChild(samtavle.sorry);
    before.className = "before before--failed" + (isWall ? " before--wall" : "");
    samtavle.sorry = before.appendChild(sorry);
    if (!isOver) tryAgain();
  }

  // Another browser, another machine, or this one after a change of its settings.
  function sayWhere(sorry, why) {
    var elsewhere = isWall ? text.elsewhere_wall : isBoard ? text.elsewhere : text.elsewhere_home.replace("{address}", address());
    sorry.appendChild(element("p", "", text[why] + " " + elsewhere));
    var isApple = /iP(hone|ad|od)|Macintosh/.test(navigator.userAgent) && /Apple/.test(navigator.vendor);
    if (why === "no_wasm" && isApple) {
      var isTouched = !/Macintosh/.test(navigator.userAgent) || navigator.maxTouchPoints > 1;
      var box = sorry.appendChild(element("div", "before__box"));
      box.appendChild(element("h2", "", text.lockdown));
      box.appendChild(element("p", "", isTouched ? text.lockdown_phone : text.lockdown_mac));
    }
    if (isBoard) act(sorry, copier(text.copy_link, location.href, "button button--primary button--large"));
  }

  // As people say and type it.
  function address() {
    return (location.host + location.pathname.replace(/[^/]*$/, "")).replace(/\/$/, "");
  }

  function sayAgain(sorry, why) {
    var what = why === "arrived" ? text.portal : text.stopped_what;
    sorry.appendChild(element("p", "", isWall ? what + " " + text.by_itself : what));
    var reload = element("button", "button button--primary button--large", text.reload);
    reload.type = "button";
    reload.onclick = function () {
      location.reload();
    };
    act(sorry, reload);
    if (why === "arrived") {
      var check = element("a", "button button--quiet", text.check);
      check.href = document.documentElement.getAttribute("data-base") + "check";
      act(sorry, check);
    }
  }

  function act(sorry, button) {
    var row = sorry.querySelector(".before__acts") || sorry.appendChild(element("p", "before__acts"));
    row.appendChild(button);
  }

  // What cannot leave from here, to be taken along.
  function showWords(sorry) {
    var words = samtavle.words && samtavle.words();
    if (!words || !words.text) return;
    var box = sorry.appendChild(element("div", "before__box"));
    box.appendChild(element("h2", "", text.words));
    box.appendChild(element("p", "", words.isKept ? text.words_kept : text.words_here));
    var field = element("textarea", "before__words");
    field.readOnly = true;
    field.rows = 4;
    field.value = words.text;
    field.setAttribute("dir", "auto");
    field.setAttribute("translate", "no");
    field.setAttribute("aria-label", text.words);
    field.setAttribute("data-testid", "unsent-words");
    box.appendChild(field);
    box.appendChild(copier(text.copy_words, words.text, "button button--quiet"));
  }

  function copier(label, what, names) {
    var button = element("button", names, label);
    button.type = "button";
    button.onclick = function () {
      var said = function () {
        button.textContent = text.copied;
      };
      if (navigator.clipboard) navigator.clipboard.writeText(what).then(said, byHand);
      else byHand();
      // Without HTTPS, and in old browsers, there is no clipboard.
      function byHand() {
        var field = document.body.appendChild(element("textarea", "visually-hidden"));
        field.value = what;
        field.select();
        if (document.execCommand("copy")) said();
        document.body.removeChild(field);
        button.focus();
      }
    };
    return button;
  }

  function element(name, names, words) {
    var made = document.createElement(name);
    made.className = names;
    made.textContent = words || "";
    return made;
  }

  function tryAgain() {
    if (isWaiting) return;
    isWaiting = true;
    addEventListener("online", function () {
      left(TRIES);
      location.reload();
    });
    // A network that has just come back may not carry the first that is asked of it, and says no second time that it is there.
    var tries = left();
    if (isWall || tries > 0) {
      left(tries - 1);
      setTimeout(function () {
        location.reload();
      }, tries > 0 ? SOON_MS : AGAIN_MS);
    }
  }

  // How often this page still tries again by itself soon.
  function left(tries) {
    try {
      if (tries !== undefined) sessionStorage.setItem("samtavle.again", String(Math.max(0, tries)));
      return Number(sessionStorage.getItem("samtavle.again")) || 0;
    } catch (forbidden) {
      return 0;
    }
  }

  // start.js has run by now, unless something else came under its name: then it is fetched anew, past what the browser
  // and all between have kept.
  function lookAfterStart() {
    if (samtavle.isStarted) return;
    fetch(start.src, { cache: "reload" }).then(
      function () {
        var again = document.createElement("script");
        again.type = "module";
        again.src = start.src + "?again=" + Date.now(); // under a name that nothing was kept of
        again.onerror = function () {
          failed("arrived");
        };
        again.onload = function () {
          if (!samtavle.isStarted) failed("old"); // it cannot read it
        };
        document.head.appendChild(again);
      },
      function () {
        failed("arrived");
      }
    );
  }
})();
