#!/usr/bin/python3
"""Find a window by its title, wait for it, close it: what the smoke test needs and xdotool cannot do with Chinese titles.

usage: xwindow.py wait TITLE [SECONDS]     until a window whose title contains TITLE is on screen
       xwindow.py gone TITLE [SECONDS]     until there is none
       xwindow.py close TITLE              ask it to close, as the window's close button does

Needs Debian's python3-xlib and DISPLAY. Exit status: 0 done, 1 time is over or no such window, 2 wrong use.
"""

import sys
import time

from Xlib import X, display, error
from Xlib.protocol import event


def descendants(window):
    """The window and everything below it; windows that vanish meanwhile are left out."""
    yield window
    try:
        children = window.query_tree().children
    except error.XError:
        return
    for child in children:
        yield from descendants(child)


def title_of(disp, window):
    """The window's title, as UTF-8 where the program gives it so."""
    try:
        name = window.get_full_property(disp.intern_atom("_NET_WM_NAME"), X.AnyPropertyType)
        text = name.value if name else window.get_wm_name()
    except error.XError:
        return ""
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text or ""


def find(disp, title):
    """The first window on screen whose title contains `title`, or None."""
    for window in descendants(disp.screen().root):
        try:
            if title in title_of(disp, window) and window.get_attributes().map_state == X.IsViewable:
                return window
        except error.XError:
            continue
    return None


def wait(disp, title, seconds, there):
    """Whether within `seconds` the window is there (or, with `there` false, gone)."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if (find(disp, title) is not None) == there:
            return True
        time.sleep(0.1)
    return False


def close(disp, title):
    """Send the window the message of its close button."""
    window = find(disp, title)
    if window is None:
        return False
    data = (32, [disp.intern_atom("WM_DELETE_WINDOW"), X.CurrentTime, 0, 0, 0])
    window.send_event(event.ClientMessage(window=window, client_type=disp.intern_atom("WM_PROTOCOLS"), data=data))
    disp.flush()
    return True


def main():
    if len(sys.argv) not in (3, 4) or sys.argv[1] not in ("wait", "gone", "close"):
        print(__doc__, file=sys.stderr)
        return 2
    action, title = sys.argv[1:3]
    seconds = float(sys.argv[3]) if len(sys.argv) == 4 else 30.0
    disp = display.Display()
    done = close(disp, title) if action == "close" else wait(disp, title, seconds, action == "wait")
    disp.sync()
    if not done:
        print(f"xwindow: {action} {title!r}: not in time", file=sys.stderr)
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main())
