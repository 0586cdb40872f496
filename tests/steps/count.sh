# Sourced by tests/run: runs one command of a part, counts what it tested, and adds it all up.

PASSED=0
FAILED=0
QUIET=${QUIET:-}
LOGS=target/tests
# Lines of a failed command that are shown; all of them are in its log.
SHOWN=400
mkdir -p "$LOGS"

# The process group of the command that runs just now.
RUNNING=""
end_what_runs() {
  [ -n "$RUNNING" ] && kill -TERM -- "-$RUNNING" 2>/dev/null && sleep 1 && kill -KILL -- "-$RUNNING" 2>/dev/null
  RUNNING=""
}
trap 'end_what_runs; exit 130' INT TERM HUP
trap end_what_runs EXIT

# check KIND MINUTES TITLE COMMAND… runs the command in a process group of its own, with a time limit.
# KIND says how its output counts: `one` (the command itself is the test), `cargo` or `node`.
check() {
  local kind=$1 minutes=$2 title=$3 began=$SECONDS status passed failed
  shift 3
  local log="$LOGS/${title//[^a-z0-9]/-}.log"
  echo "── $title"
  if [ -n "$QUIET" ]; then
    setsid timeout --kill-after=10 "${minutes}m" "$@" >"$log" 2>&1 </dev/null &
  else
    setsid timeout --kill-after=10 "${minutes}m" "$@" > >(tee "$log") 2>&1 </dev/null &
  fi
  RUNNING=$!
  wait "$RUNNING"
  status=$?
  # What a killed test left behind: servers, browsers.
  kill -KILL -- "-$RUNNING" 2>/dev/null
  RUNNING=""
  [ -n "$QUIET" ] || sleep 0.2 # the last lines of tee

  read -r passed failed <<<"$("count_$kind" "$log" "$status")"
  # A part that broke off before it could count (it did not compile, it took too long) has failed.
  [ "$status" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1
  [ "$status" -eq 124 ] && echo "   took longer than $minutes minutes"
  if [ -n "$QUIET" ] && [ "$failed" -ne 0 ]; then tail -n "$SHOWN" "$log"; fi
  echo "   $title: $passed passed, $failed failed, $((SECONDS - began)) s"
  PASSED=$((PASSED + passed))
  FAILED=$((FAILED + failed))
  [ "$failed" -eq 0 ]
}

count_one() {
  if [ "$2" -eq 0 ]; then echo 1 0; else echo 0 1; fi
}

# `test result: ok. 12 passed; 0 failed; …`, one for each test binary and its doc tests.
count_cargo() {
  awk '/^test result: / { for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) passed += $(i - 1); if ($i ~ /^failed/) failed += $(i - 1) } }
    END { print passed + 0, failed + 0 }' "$1"
}

# `# pass 12` or `ℹ pass 12`, once a run.
count_node() {
  awk '$2 == "pass" && NF == 3 { passed += $3 } $2 == "fail" && NF == 3 { failed += $3 } $2 == "cancelled" && NF == 3 { failed += $3 }
    END { print passed + 0, failed + 0 }' "$1"
}

close_with_the_sum() {
  if [ $((PASSED + FAILED)) -eq 0 ]; then
    echo "No test ran."
    FAILED=1
  fi
  echo
  echo "$PASSED passed, $FAILED failed"
  [ "$FAILED" -eq 0 ]
}
