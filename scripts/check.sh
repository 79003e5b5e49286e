#!/usr/bin/env bash
# The whole check, for a person before a commit and for a machine after it. Stops at the first thing that is wrong.
#
# usage: scripts/check.sh [--quick]
#
# --quick leaves out the window on an invisible display and the reconstruction score. What a step needs beyond Rust stands in
# CONTRIBUTING.md; a tool that is optional and missing is said so and its step skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

quick=no
case "${1:-}" in
    "") ;;
    --quick) quick=yes ;;
    *) echo "usage: scripts/check.sh [--quick]" >&2; exit 2 ;;
esac

target="${CARGO_TARGET_DIR:-target}"
started=$SECONDS
step() { printf '\n== %s  (%s s so far)\n' "$*" $((SECONDS - started)); }
skip() { printf '   skipped: %s\n' "$*"; }

step "formatting"
cargo fmt --check

step "clippy"
cargo clippy --locked --all-targets -- -D warnings

step "tests"
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
cargo test --locked 2>&1 | tee "$log"
awk '/^test result:/ { passed += $4; failed += $6; ignored += $8; suites++ }
     END { printf "\ntotal: %d passed, %d failed, %d ignored in %d suites\n", passed, failed, ignored, suites }' "$log"

step "fonts"
if python3 -c 'import fontTools' 2>/dev/null; then
    python3 fonts/cut.py --check fonts/*.otf
else
    skip "python3 has no fontTools (the Rust test of the fonts ran)"
fi

step "licences of the dependencies"
if command -v cargo-deny >/dev/null; then
    cargo deny --locked check licenses bans sources
else
    skip "cargo-deny is not installed"
fi

step "size of the repository"
if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    bytes=$(git ls-files -z | xargs -0 -r stat -c %s 2>/dev/null | awk '{ sum += $1 } END { print sum + 0 }')
    echo "$((bytes / 1024 / 1024)) MB in tracked files"
    [ "$bytes" -lt $((80 * 1024 * 1024)) ] || { echo "more than 80 MB" >&2; exit 1; }
else
    skip "not a git clone"
fi

if [ "$quick" = yes ]; then
    step "done, without the window and the score"
    exit 0
fi

# `cargo test` has built the program for its own use, with the features that the development packages ask for. That one serves
# both steps below: `cargo build` would compile most packages a second time with other features, and a build with release
# settings would cost more than it could find.
step "program"
ls -l "$target/debug/baoku"

step "the real window"
scripts/smoke.sh "$target/debug/baoku"

step "reconstruction score"
python3 scripts/score.py "$target/debug/baoku"

step "done"
