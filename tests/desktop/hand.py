"""What a window manager does for people, where there is none: `hand.py close WINDOW` is the cross
in the corner (WM_DELETE_WINDOW), `hand.py leave` takes the keyboard to another window."""

import ctypes
import sys
import time


class ClientMessage(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        # Every X event is as long as the longest.
        ("rest", ctypes.c_long * 24),
    ]


x = ctypes.CDLL("libX11.so.6")
POINTER, LONG, INT = ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int
for name, result, arguments in [
    ("XOpenDisplay", POINTER, [ctypes.c_char_p]),
    ("XInternAtom", LONG, [POINTER, ctypes.c_char_p, INT]),
    ("XSendEvent", INT, [POINTER, LONG, INT, ctypes.c_long, POINTER]),
    ("XDefaultRootWindow", LONG, [POINTER]),
    ("XCreateSimpleWindow", LONG, [POINTER, LONG, INT, INT, INT, INT, INT, LONG, LONG]),
    ("XMapWindow", INT, [POINTER, LONG]),
    ("XSetInputFocus", INT, [POINTER, LONG, INT, LONG]),
    ("XSync", INT, [POINTER, INT]),
]:
    function = getattr(x, name)
    function.restype, function.argtypes = result, arguments


def close(display, window):
    event = ClientMessage(type=33, window=window, format=32)
    event.message_type = x.XInternAtom(display, b"WM_PROTOCOLS", 0)
    event.data[0] = x.XInternAtom(display, b"WM_DELETE_WINDOW", 0)
    if not x.XSendEvent(display, window, 0, 0, ctypes.byref(event)):
        sys.exit("the window was not reached")
    x.XSync(display, 0)


def leave(display):
    other = x.XCreateSimpleWindow(display, x.XDefaultRootWindow(display), 0, 0, 40, 40, 0, 0, 0)
    x.XMapWindow(display, other)
    x.XSync(display, 0)
    time.sleep(0.2)
    x.XSetInputFocus(display, other, 1, 0)
    x.XSync(display, 0)
    print("elsewhere", flush=True)
    # The window is there as long as this program.
    sys.stdin.read()


display = x.XOpenDisplay(None)
if not display:
    sys.exit("no display")
if sys.argv[1] == "close":
    close(display, int(sys.argv[2], 16))
else:
    leave(display)
