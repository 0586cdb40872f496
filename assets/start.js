// Starts the client. Apart from the page because the site allows no inline script.
import init from "./client.js";

// The person's own choice of light or dark, before the first paint that the client makes (parts/theme.rs).
try {
  const theme = localStorage.getItem("samtavle.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // No storage in this browser: the device's way it is.
}

init({ module_or_path: new URL("client.wasm", import.meta.url) }).then(
  () => document.getElementById("before")?.remove(),
  () => document.getElementById("before")?.classList.add("before--failed"),
);
