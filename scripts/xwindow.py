#!/usr/bin/python3
"""Find a window by its title, wait for it, press keys and the mouse in it, close it: what the smoke test needs and xdotool
cannot do with Chinese titles and texts.

usage: xwindow.py wait TITLE [SECONDS]     until a window whose title contains TITLE is on screen
       xwindow.py gone TITLE [SECONDS]     until there is none
       xwindow.py close TITLE              ask it to close, as the window's close button does
       xwindow.py key TITLE COMBO...       give it the focus and press keys, e.g. ctrl+f Return alt+Down
       xwindow.py click TITLE X Y          click there, counted from its upper left corner
       xwindow.py drag TITLE X Y X2 Y2     press there, move, let go there
       xwindow.py where TITLE              print its size and place: 1280x800+60+50
       xwindow.py clip TEXT [SECONDS]      offer the text as the clipboard for so long (default 20)
       xwindow.py managed [SECONDS]        until a window manager has taken the display over

Needs Debian's python3-xlib and DISPLAY. Exit status: 0 done, 1 time is over or no such window, 2 wrong use.
"""

import sys
import time

from Xlib import XK, X, Xatom, display, error
from Xlib.ext import xtest
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


def within(seconds, done):
    """Whether `done()` holds at some moment of the next `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if done():
            return True
        time.sleep(0.1)
    return False


def wait(disp, title, seconds, there):
    """Whether within `seconds` the window is there (or, with `there` false, gone)."""
    return within(seconds, lambda: (find(disp, title) is not None) == there)


def managed(disp, seconds):
    """Whether within `seconds` a window manager lists its windows, as the Extended Window Manager Hints want it to."""
    clients = disp.intern_atom("_NET_CLIENT_LIST")
    return within(seconds, lambda: disp.screen().root.get_full_property(clients, X.AnyPropertyType) is not None)


def close(disp, title):
    """Send the window the message of its close button."""
    window = find(disp, title)
    if window is None:
        return False
    data = (32, [disp.intern_atom("WM_DELETE_WINDOW"), X.CurrentTime, 0, 0, 0])
    window.send_event(event.ClientMessage(window=window, client_type=disp.intern_atom("WM_PROTOCOLS"), data=data))
    disp.flush()
    return True


MODIFIERS = {"ctrl": "Control_L", "shift": "Shift_L", "alt": "Alt_L"}


def press(disp, title, combos):
    """Give the window the focus and press each combination of keys."""
    window = find(disp, title)
    if window is None:
        return False
    window.set_input_focus(X.RevertToParent, X.CurrentTime)
    disp.sync()
    time.sleep(0.1)
    for combo in combos:
        names = [MODIFIERS.get(name, name) for name in combo.split("+")]
        codes = [disp.keysym_to_keycode(XK.string_to_keysym(name)) for name in names]
        if 0 in codes:
            raise SystemExit(f"xwindow: no key for {combo!r}")
        for code in codes:
            xtest.fake_input(disp, X.KeyPress, code)
        for code in reversed(codes):
            xtest.fake_input(disp, X.KeyRelease, code)
        disp.sync()
        time.sleep(0.3)
    return True


def mouse(disp, title, points):
    """Press at the first point, let go at the last, counted from the window's upper left corner."""
    window = find(disp, title)
    if window is None:
        return False
    corner = window.translate_coords(disp.screen().root, 0, 0)
    points = [(x - corner.x, y - corner.y) for x, y in points]
    move = lambda x, y: xtest.fake_input(disp, X.MotionNotify, x=x, y=y)
    move(*points[0])
    disp.sync()
    time.sleep(0.2)
    xtest.fake_input(disp, X.ButtonPress, 1)
    disp.sync()
    (x, y), (to_x, to_y) = points[0], points[-1]
    for step in range(1, 9 if points[0] != points[-1] else 1):
        move(x + (to_x - x) * step // 8, y + (to_y - y) * step // 8)
        disp.sync()
        time.sleep(0.05)
    time.sleep(0.1)
    xtest.fake_input(disp, X.ButtonRelease, 1)
    disp.sync()
    time.sleep(0.3)
    return True


def where(disp, title):
    """Print the window's size and its place on the screen."""
    window = find(disp, title)
    if window is None:
        return False
    corner = window.translate_coords(disp.screen().root, 0, 0)
    size = window.get_geometry()
    print(f"{size.width}x{size.height}+{-corner.x}+{-corner.y}")
    return True


def offer(disp, text, seconds):
    """Own the clipboard and hand `text` out to whoever asks for it."""
    screen = disp.screen()
    owner = screen.root.create_window(0, 0, 1, 1, 0, screen.root_depth)
    clipboard, utf8, targets = (disp.intern_atom(name) for name in ("CLIPBOARD", "UTF8_STRING", "TARGETS"))
    owner.set_selection_owner(clipboard, X.CurrentTime)
    disp.sync()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not disp.pending_events():
            time.sleep(0.02)
            continue
        asked = disp.next_event()
        if asked.type == X.SelectionClear:
            return True
        if asked.type != X.SelectionRequest:
            continue
        where = asked.property or asked.target
        if asked.target == targets:
            asked.requestor.change_property(where, Xatom.ATOM, 32, [targets, utf8])
        elif asked.target == utf8:
            asked.requestor.change_property(where, utf8, 8, text.encode())
        else:
            where = X.NONE
        answer = event.SelectionNotify(
            time=asked.time, requestor=asked.requestor, selection=asked.selection, target=asked.target, property=where
        )
        asked.requestor.send_event(answer)
        disp.flush()
    return True


def main():
    known = ("wait", "gone", "close", "key", "click", "drag", "where", "clip")
    if sys.argv[1:2] == ["managed"]:
        return 0 if managed(display.Display(), float(sys.argv[2]) if len(sys.argv) > 2 else 30.0) else 1
    if len(sys.argv) < 3 or sys.argv[1] not in known:
        print(__doc__, file=sys.stderr)
        return 2
    action, title = sys.argv[1:3]
    rest = sys.argv[3:]
    disp = display.Display()
    if action == "key":
        return 0 if press(disp, title, rest) else 1
    if action in ("click", "drag"):
        numbers = [int(number) for number in rest]
        return 0 if mouse(disp, title, list(zip(numbers[::2], numbers[1::2], strict=True))) else 1
    if action == "where":
        return 0 if where(disp, title) else 1
    if action == "clip":
        return 0 if offer(disp, title, float(rest[0]) if rest else 20.0) else 1
    seconds = float(rest[0]) if rest else 30.0
    done = close(disp, title) if action == "close" else wait(disp, title, seconds, action == "wait")
    disp.sync()
    if not done:
        print(f"xwindow: {action} {title!r}: not in time", file=sys.stderr)
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main())
