// Starts the client. Apart from the page because the site allows no inline script.
import init from "client.js";
init({ module_or_path: "client.wasm" });
