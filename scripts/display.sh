# Source this: an invisible display of its own, on which nothing of the user's settings, archives or session is seen or
# touched. Sets DISPLAY, HOME and what else a program asks for its user; writes logs to $scratch.
#
# usage: . scripts/display.sh; start_display 1400x900 [managed]
#
# Wants from its caller: $scratch, an empty folder; $python, one with python3-xlib; pids, an array to which the programs that
# are to be ended are added; `fail WORDS`. With `managed` a window manager runs too if there is one.
start_display() {
    export HOME="$scratch/home" XDG_RUNTIME_DIR="$scratch/run" LIBGL_ALWAYS_SOFTWARE=1 LC_ALL=C.UTF-8
    unset WAYLAND_DISPLAY WAYLAND_SOCKET XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME BAOKU_ARCHIVE DBUS_SESSION_BUS_ADDRESS
    mkdir -p "$HOME" "$XDG_RUNTIME_DIR"
    chmod 700 "$XDG_RUNTIME_DIR"

    local number
    mkfifo "$scratch/display"
    Xvfb -displayfd 3 -screen 0 "$1x24" -nolisten tcp 3>"$scratch/display" >"$scratch/xvfb.log" 2>&1 &
    pids+=($!)
    read -r -t 20 number <"$scratch/display" || fail "Xvfb did not start"
    export DISPLAY=":$number"

    [ "${2:-}" = managed ] && command -v openbox >/dev/null || return 0
    openbox >"$scratch/openbox.log" 2>&1 &
    pids+=($!)
    # A window shown while the manager takes the display over can stay hidden for good: about one in a hundred did.
    "$python" scripts/xwindow.py managed 20 || fail "the window manager did not start"
}
