# Sourced by tests/run: what a fresh Debian with rustup, git and node lacks. Asks the network only for
# what is not there.

install_what_is_missing() {
  local wanted=" $* " packages=()
  command -v cc >/dev/null || packages+=(build-essential)
  command -v pkg-config >/dev/null || packages+=(pkg-config)
  case "$wanted" in *" system "*) command -v nats-server >/dev/null || [ -x /usr/sbin/nats-server ] || packages+=(nats-server) ;; esac
  case "$wanted" in *" browser "*) has_chromium || packages+=(chromium) ;; esac
  if [ ${#packages[@]} -gt 0 ]; then install_debian "${packages[@]}" || return 1; fi
  install_rust || return 1
  case "$wanted" in *" system "* | *" browser "*) has_node || return 1 ;; esac
}

has_chromium() {
  [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null
}

install_debian() {
  local as_root=()
  echo "── installing $*"
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  command -v apt-get >/dev/null || { echo "Please install: $*"; return 1; }
  "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$LOGS/apt.log" 2>&1 ||
    { cat "$LOGS/apt.log"; return 1; }
}

# rust-toolchain.toml names the compiler, its components and the target, but rustup does not read it where another
# toolchain is in force, nor add anything where RUSTUP_AUTO_INSTALL=0 is set. So the one that cargo will run is asked.
install_rust() {
  if ! command -v cargo >/dev/null && [ -f "$HOME/.cargo/env" ]; then . "$HOME/.cargo/env"; fi
  command -v cargo >/dev/null || { echo "Please install Rust with rustup: https://rustup.rs"; return 1; }
  command -v rustup >/dev/null || return 0 # a distribution's own Rust: cargo will say what it lacks
  local channel
  channel=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
  if ! rustc --version >/dev/null 2>&1; then
    echo "── installing Rust $channel"
    rustup toolchain install "$channel" --profile minimal || return 1
  fi
  local target=wasm32-unknown-unknown root
  root=$(rustc --print sysroot)
  if ! compgen -G "$root/lib/rustlib/$target/lib/libcore-*" >/dev/null; then
    echo "── adding Rust's part for browsers to $(basename "$root")"
    rustup target add "$target" --toolchain "$(basename "$root")" || return 1
  fi
  if ! cargo fmt --version >/dev/null 2>&1 || ! cargo clippy --version >/dev/null 2>&1; then
    echo "── adding rustfmt and clippy to $(basename "$root")"
    rustup component add rustfmt clippy --toolchain "$(basename "$root")" || return 1
  fi
}

has_node() {
  local major
  command -v node >/dev/null && command -v npm >/dev/null || { echo "Please install Node.js 20 or newer, with npm"; return 1; }
  major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge 20 ] || { echo "Node.js 20 or newer is needed; this is $(node --version)"; return 1; }
}

# The packages of a folder with a package-lock.json, when the lock is newer than they are.
install_npm() {
  [ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ] && return 0
  (cd "$1" && npm ci --no-fund --no-audit --loglevel=error) && touch "$1/node_modules/.package-lock.json"
}
