#!/usr/bin/env bash
# What the real window costs without a graphics card: first frame, processor time while nothing happens, and for each frame of
# scrolling. Software OpenGL on an invisible display, 1280 x 800. Figures and how they were made: benches/README.md.
#
# usage: scripts/frames.sh BAOKU ARCHIVE [list|article]     what is scrolled: the list (default), or the newest article
#
# Debian packages: xvfb xdotool python3-xlib libgl1-mesa-dri libxkbcommon-x11-0.
set -euo pipefail
cd "$(dirname "$0")/.."
baoku="$(realpath "$1")" archive="$(realpath "$2")" what="${3:-list}"
python="${SMOKE_PYTHON:-/usr/bin/python3}"
scratch="$(mktemp -d)"
pids=()
cleanup() {
    for pid in ${pids[@]+"${pids[@]}"}; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$scratch"
}
trap cleanup EXIT

fail() { echo "frames: $*" >&2; exit 1; }
. scripts/display.sh
start_display 1280x800
RUST_LOG=baoku=trace "$baoku" --archive "$archive" 2>"$scratch/log" &
window=$!
pids+=("$window")
"$python" scripts/xwindow.py wait Baoku 60
sleep 4
if [ "$what" = article ]; then
    "$python" scripts/xwindow.py key Baoku alt+Down
    xdotool mousemove 950 500
else
    xdotool mousemove 430 400
fi
sleep 3

# Milliseconds of processor time: of all threads, and of the one that draws.
spent() { awk -v tick="$(getconf CLK_TCK)" '{ print int(($14 + $15) * 1000 / tick) }' "$1/stat"; }
frames() { grep -c ' frame [0-9.]* ms' "$scratch/log" || true; }
before="$(spent "/proc/$window")"
sleep 10
echo "idle: $(($(spent "/proc/$window") - before)) ms in 10 s"
count="$(frames)" all="$(spent "/proc/$window")" own="$(spent "/proc/$window/task/$window")"
for _ in 1 2 3; do
    xdotool click --repeat 60 --delay 30 5
    xdotool click --repeat 50 --delay 30 4
done
sleep 1.5
count=$(($(frames) - count)) all=$(($(spent "/proc/$window") - all)) own=$(($(spent "/proc/$window/task/$window") - own))
awk -v n="$count" -v all="$all" -v own="$own" 'BEGIN {
    printf "scrolling: %d frames, %.1f ms of all threads each, of these %.1f ms on the one that draws\n", n, all / n, own / n }'
grep -oE '(first frame|list with counts) after [0-9]+ ms' "$scratch/log"
