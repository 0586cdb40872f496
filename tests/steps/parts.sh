# Sourced by tests/run: the parts, each a function that takes a name to choose tests by.

# Only what is served needs the client inside.
WITHOUT_CLIENT=(env SAMTAVLE_CLIENT=skip)
# A target folder of its own: the server's build script holds the lock of the usual one.
WASM=(--package samtavle-client --target wasm32-unknown-unknown --target-dir target/client)

run_lint() {
  check one 3 "rustfmt" cargo fmt --all --check -- --files-with-diff
  check one 20 "clippy" "${WITHOUT_CLIENT[@]}" cargo clippy --workspace --exclude samtavle-client --all-targets -- -D warnings
  check one 20 "clippy of the client" cargo clippy "${WASM[@]}" -- -D warnings
}

run_unit() {
  check cargo 20 "unit tests" "${WITHOUT_CLIENT[@]}" cargo test --no-fail-fast \
    --package samtavle-shared --package samtavle --package samtavle-client -- ${1:+"$1"}
}

run_system() {
  # A standard Yjs client in node is one of the people there.
  build_the_server && install_packages tests/node || return
  check cargo 20 "system tests" "${WITHOUT_CLIENT[@]}" cargo test --no-fail-fast --package samtavle-tests -- ${1:+"$1"}
}

# The system tests have them, too, for a few rounds.
run_faults() {
  build_the_server || return
  export ROUNDS=${ROUNDS:-50}
  check cargo 600 "faults" "${WITHOUT_CLIENT[@]}" cargo test --no-fail-fast --package samtavle-tests --test faults -- --nocapture ${1:+"$1"}
}

# The system tests have them, too, for some seconds and beside a few people.
run_attacks() {
  build_the_server || return
  export ROUNDS=${ROUNDS:-60}
  check cargo 60 "attacks" "${WITHOUT_CLIENT[@]}" cargo test --no-fail-fast --package samtavle-tests --test attacks -- --nocapture --test-threads=1 ${1:+"$1"}
}

# A name is that of a file of stories, or a part of a story's own.
run_browser() {
  build_the_server && install_packages tests/browser || return
  rm -rf tests/browser/results
  local stories=(tests/browser/stories/*.test.mjs) chosen=()
  if [ -f "tests/browser/stories/${1:-}.test.mjs" ]; then
    stories=("tests/browser/stories/$1.test.mjs")
  elif [ -n "${1:-}" ]; then
    chosen=("--test-name-pattern=/$1/i")
  fi
  # One file at a time: several people in each are load enough for two cores.
  check node 40 "browser tests" node --test --test-reporter=spec "${chosen[@]}" "${stories[@]}"
}

install_packages() {
  install_npm "$1" && return 0
  FAILED=$((FAILED + 1))
  return 1
}

# What ships is what is tested: the release build with the client inside, built once.
build_the_server() {
  [ -n "${SAMTAVLE_BIN:-}" ] && return 0
  check one 30 "release build" cargo build --release --package samtavle || return 1
  PASSED=$((PASSED - 1)) # a build is no test
  export SAMTAVLE_BIN=$PWD/target/release/samtavle
}
