#!/usr/bin/env bash
# Take articles away from the real window as a new user would: import pages, narrow them to one town and one month, select
# five articles, look at the pages, print them, save the booklet, open it, show it in its folder, open its set again.
#
# usage: scripts/takeaway.sh [BAOKU]        the program, default ${CARGO_TARGET_DIR:-target}/debug/baoku
#
# Needs what scripts/smoke.sh needs. With a CUPS queue (Debian's cups and printer-driver-cups-pdf) the print is tried and its
# PDF looked for; without one the step is passed over. Screenshots stay in the folder takeaway/ of the target folder: look at
# them.
set -euo pipefail
cd "$(dirname "$0")/.."

target="${CARGO_TARGET_DIR:-target}"
baoku="$(realpath "${1:-$target/debug/baoku}")"
pictures="$(realpath -m "$target/takeaway")"
python="${SMOKE_PYTHON:-/usr/bin/python3}"
title=Baoku
scratch="$(mktemp -d)"
archive="$scratch/takeaway.baoku"
places=assets/samples/places.toml
printed_to="$(getent passwd "$(id -un)" | cut -d: -f6)/PDF" # where cups-pdf puts what was printed
mkdir -p "$pictures"
rm -f "$pictures"/*.png

pids=()
cleanup() {
    status=$?
    for pid in ${pids[@]+"${pids[@]}"}; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    [ $status -eq 0 ] || { tail -n 30 "$scratch"/*.log; echo "takeaway: FAILED (screenshots in $pictures)"; }
    rm -rf "$scratch"
    exit $status
}
trap cleanup EXIT
fail() { echo "takeaway: $*" >&2; exit 1; }
step() { echo "takeaway: $*"; }
for tool in Xvfb import identify; do command -v $tool >/dev/null || fail "$tool is not installed"; done
[ -x "$baoku" ] || fail "$baoku is not a program; build it first"

step "start a display"
. scripts/display.sh
start_display 1400x900 managed
# What the window opens other files with only writes down what it is told.
export PATH="$scratch/bin:$PATH"
mkdir -p "$scratch/bin"
for name in xdg-open dbus-send; do
    printf '#!/bin/sh\necho "%s $*" >>"%s/opened"\n' "$name" "$scratch" >"$scratch/bin/$name"
    chmod +x "$scratch/bin/$name"
done

keys() { "$python" scripts/xwindow.py key "$title" "$@"; }
click() { "$python" scripts/xwindow.py click "$title" "$@"; sleep 1; }
picture() { import -window root "$pictures/$1.png"; }
wait_for() { # SECONDS WORDS COMMAND...
    local left=$(($1 * 2)) words=$2
    shift 2
    until "$@"; do
        left=$((left - 1))
        [ $left -gt 0 ] || { picture failed; fail "$words"; }
        sleep 0.5
    done
}
pages_are() { [ "$("$baoku" stats --archive "$archive" --json 2>/dev/null | "$python" -c 'import json,sys; print(json.load(sys.stdin)["pages"])' 2>/dev/null || echo 0)" -eq "$1" ]; }
basket_is() { [ "$("$python" -c 'import sqlite3,sys; print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM basket").fetchone()[0])' "$archive")" -eq "$1" ]; }
booklet() { find "$HOME" -name '*.pdf' | head -n 1; }
booklet_is_there() { [ -n "$(booklet)" ]; }
was_opened() { grep -q "$1" "$scratch/opened" 2>/dev/null; }

step "import the pages"
"$baoku" --archive "$archive" --places "$places" >"$scratch/window.log" 2>&1 &
pids+=($!)
"$python" scripts/xwindow.py wait "$title" 60 || fail "no window"
sleep 2
dumps=(assets/samples/*.txt)
"$python" scripts/xdnd_drop.py "$title" "${dumps[@]}" || fail "the drop was not taken"
sleep 2
keys Return
wait_for 60 "the pages were not imported" pages_are "${#dumps[@]}"
sleep 2

# Places are those of a new window on a screen of this size; every step is proved by what it brings about.
step "one month, three small towns, five articles"
click 54 343            # March
click 39 407            # fold the sections away
click 23 481
click 23 513
click 23 545
click 419 231           # the first row
keys shift+Down shift+Down shift+Down shift+Down
sleep 1
picture 1-selected

step "look at the pages"
keys ctrl+p
sleep 4
picture 2-preview

if command -v lpstat >/dev/null && [ -n "$(lpstat -e 2>/dev/null)" ]; then
    step "print them"
    save_at=606
    touch "$scratch/before"
    click 67 561
    was_printed() { [ -n "$(find "$printed_to" -name '*.pdf' -newer "$scratch/before" -size +20k 2>/dev/null)" ]; }
    wait_for 60 "nothing came out of the printer's queue" was_printed
    picture 3-printed
    if command -v pdftoppm >/dev/null; then
        pdf="$(find "$printed_to" -name '*.pdf' -newer "$scratch/before" | head -n 1)"
        pdftoppm -r 50 -png "$pdf" "$pictures/3-paper" 2>/dev/null
    fi
else
    save_at=549 # a shorter column of buttons
    step "print them: passed over, there is no CUPS queue here"
fi

step "save the booklet"
click 87 $save_at
picture 4-save
click 399 616
wait_for 30 "no booklet was saved" booklet_is_there
sleep 1
picture 5-saved
articles_of() { "$baoku" export --archive "$archive" --format json --output "$scratch/set.json" --from-manifest "$1" --json \
    | "$python" -c 'import json,sys; print(json.load(sys.stdin)["articles"])'; }
[ "$(articles_of "$(booklet)")" -eq 5 ] || fail "$(articles_of "$(booklet)") articles in the booklet, not 5"

step "open it, show it in its folder"
click 602 780
wait_for 10 "the booklet was not opened" was_opened 'xdg-open .*\.pdf'
click 697 780
wait_for 10 "the booklet was not shown in its folder" was_opened 'dbus-send .*ShowItems'

step "drop it: its set is opened again"
"$python" scripts/xdnd_drop.py "$title" "$(booklet)" || fail "the drop was not taken"
wait_for 20 "the set did not come into the basket" basket_is 5
sleep 1
picture 6-set-opened

"$python" scripts/xwindow.py close "$title"
"$python" scripts/xwindow.py gone "$title" 20 || fail "the window does not close"
"$baoku" check --archive "$archive" >"$scratch/check.log" || fail "the archive is not sound"
echo "takeaway: passed (screenshots in $pictures)"
