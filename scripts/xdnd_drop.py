#!/usr/bin/python3
"""Drop files on a window as a file manager does: the XDND protocol, version 5, played from the source's side.

usage: xdnd_drop.py [--hover SECONDS] TITLE FILE...

TITLE is any part of the window's title; files are dropped on its middle. Needs Debian's python3-xlib and DISPLAY. Exit
status: 0 the window took them, 1 it refused or did not answer, 2 no such window.
"""

import argparse
import os
import sys
import time
import urllib.parse

from Xlib import X, Xatom, display
from Xlib.protocol import event

import xwindow

ANSWER_SECONDS = 15.0


class Source:
    """An invisible window that offers files, and the conversation with the target."""

    def __init__(self, disp, target, version, files):
        self.disp, self.target, self.version = disp, target, min(version, 5)
        self.uris = "".join(f"file://{urllib.parse.quote(os.path.abspath(file))}\r\n" for file in files).encode()
        screen = disp.screen()
        self.window = screen.root.create_window(0, 0, 1, 1, 0, screen.root_depth)
        self.window.set_selection_owner(disp.intern_atom("XdndSelection"), X.CurrentTime)

    def tell(self, kind, data):
        """Send the target one message of the protocol."""
        message = event.ClientMessage(window=self.target, client_type=self.disp.intern_atom(kind), data=(32, data))
        self.target.send_event(message)
        self.disp.flush()

    def listen(self, seconds, wanted):
        """Serve the target's requests for the file list until it sends `wanted`; None when the time is over."""
        wanted, end = self.disp.intern_atom(wanted), time.monotonic() + seconds
        while time.monotonic() < end:
            while self.disp.pending_events():
                happened = self.disp.next_event()
                if happened.type == X.SelectionRequest:
                    self.hand_over(happened)
                elif happened.type == X.ClientMessage and happened.client_type == wanted:
                    return happened
            time.sleep(0.01)
        return None

    def hand_over(self, request):
        """Answer a request for the file list, or for the list of types that are on offer."""
        types = [self.disp.intern_atom("text/uri-list"), self.disp.intern_atom("TARGETS")]
        place = request.property or request.target
        if request.target == types[1]:
            request.requestor.change_property(place, Xatom.ATOM, 32, types)
        else:
            request.requestor.change_property(place, request.target, 8, self.uris)
        request.requestor.send_event(event.SelectionNotify(
            time=request.time, requestor=request.requestor, selection=request.selection, target=request.target,
            property=place))
        self.disp.flush()

    def drop(self, hover_seconds):
        """Enter, hover, let go. Whether the target took the files."""
        root = self.disp.screen().root
        size, corner = self.target.get_geometry(), self.target.translate_coords(root, 0, 0)
        x, y = size.width // 2 - corner.x, size.height // 2 - corner.y
        root.warp_pointer(x, y)
        uri_list, copy = self.disp.intern_atom("text/uri-list"), self.disp.intern_atom("XdndActionCopy")
        self.tell("XdndEnter", [self.window.id, self.version << 24, uri_list, 0, 0])
        status, end = None, time.monotonic() + hover_seconds
        while status is None or time.monotonic() < end:
            self.tell("XdndPosition", [self.window.id, 0, (x << 16) | y, X.CurrentTime, copy])
            status = self.listen(0.1, "XdndStatus") or status
            if time.monotonic() > end + ANSWER_SECONDS:
                return False
        if not status.data[1][1] & 1:
            return False
        self.tell("XdndDrop", [self.window.id, 0, X.CurrentTime, 0, 0])
        return self.listen(ANSWER_SECONDS, "XdndFinished") is not None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hover", type=float, default=0.5, help="seconds above the window before letting go")
    parser.add_argument("title")
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()

    disp = display.Display()
    named = xwindow.find(disp, args.title)
    aware = disp.intern_atom("XdndAware")
    for window in xwindow.descendants(named) if named else []:
        version = window.get_full_property(aware, Xatom.ATOM)
        if version:
            taken = Source(disp, window, version.value[0], args.files).drop(args.hover)
            print(f"{len(args.files)} file(s) " + ("dropped" if taken else "refused"))
            return 0 if taken else 1
    print(f"xdnd_drop: no window that takes drops has {args.title!r} in its title", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
