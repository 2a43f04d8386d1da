# Sourced by the scripts beside it: strict mode, the repository's folder, and the one way to build.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
LOGS=$ROOT/.build/logs
DEBUG_BIN=$ROOT/.build/debug
RELEASE_BIN=$ROOT/.build/release

# Everything is built with these flags and no others, so that all scripts share one build cache.
BUILD_FLAGS=(
  --explicit-target-dependency-import-check error
  -Xswiftc -warnings-as-errors
  -Xswiftc -Xfrontend -Xswiftc -warn-long-expression-type-checking=500
)

# say TEXT: a line to the person at the terminal. Standard output belongs to results.
say() { printf '%s\n' "$*" >&2; }

# fail TEXT: say why, and end.
fail() {
  say "$*"
  exit 1
}

# step NAME COMMAND…: run it with its output in a log, which is shown only when the command fails.
step() {
  local name=$1 started=$SECONDS log
  shift
  mkdir -p "$LOGS"
  log=$LOGS/${name//[^a-zA-Z0-9]/-}.log
  printf '%s: ' "$name" >&2
  if "$@" >"$log" 2>&1; then
    say "$((SECONDS - started)) s"
  else
    say "FAILED after $((SECONDS - started)) s"
    tail -n 60 "$log" >&2
    fail "All that it said is in ${log#"$ROOT/"}"
  fi
}

build_debug() { step "build (debug)" swift build --build-tests "${BUILD_FLAGS[@]}"; }

# build_release PRODUCT…: the optimised programs that tests, benchmarks and the demo run.
build_release() {
  local product
  for product in "$@"; do
    step "build (release, $product)" swift build -c release --product "$product" "${BUILD_FLAGS[@]}"
  done
}

# build_planted PRODUCT…: optimised programs with bugs in them that tests must find, in a build folder of their own.
build_planted() {
  local product
  for product in "$@"; do
    step "build (planted bugs, $product)" swift build -c release --scratch-path "$ROOT/.build/planted" \
      --product "$product" "${BUILD_FLAGS[@]}" -Xswiftc -DFLINT_PLANTED_RUNTIME
  done
}

# build_sanitized PRODUCT…: optimised programs under AddressSanitizer, in a build folder of their own.
build_sanitized() {
  local product
  for product in "$@"; do
    step "build (sanitized, $product)" swift build -c release --sanitize address --build-path "$ROOT/.build/sanitized" \
      --product "$product" "${BUILD_FLAGS[@]}"
  done
}

# build_closures: the optimised matrix of closures, in a folder of its own since its flag would rebuild everything else, and
# libraries for it to load. -enable-private-imports keeps metadata of private types, as in every package of jobs.
build_closures() {
  local folder=$ROOT/.build/closures
  step "build (release, closure-matrix)" swift build -c release --scratch-path "$folder" --product closure-matrix \
    "${BUILD_FLAGS[@]}" -Xswiftc -enable-private-imports
  build_plugin Plugin -enable-private-imports
  build_plugin Unkept
  build_plugin Unreflected -enable-private-imports -disable-reflection-metadata
}

# build_plugin NAME FLAG…: the library libClosureNAME.so, with these flags of the compiler's front end.
build_plugin() {
  local name=$1 flags=()
  shift
  while [ $# -gt 0 ]; do
    flags+=(-Xfrontend "$1")
    shift
  done
  step "build (a library of closures, $name)" swiftc -O -wmo -g -swift-version 6 -warnings-as-errors \
    -enable-upcoming-feature NonisolatedNonsendingByDefault "${flags[@]}" \
    -parse-as-library -emit-library -module-name ClosurePlugin -o "$ROOT/.build/closures/libClosure$name.so" \
    Tests/Support/ClosurePlugin/ClosurePlugin.swift
}

# build_static PRODUCT…: optimised programs with the Swift runtime inside them, in a folder of their own.
build_static() {
  local product
  for product in "$@"; do
    step "build (static, $product)" swift build -c release --static-swift-stdlib --scratch-path "$ROOT/.build/static" \
      --product "$product" "${BUILD_FLAGS[@]}" -Xswiftc -enable-private-imports
  done
}
