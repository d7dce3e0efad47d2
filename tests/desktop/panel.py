"""Stands for the desktop's panel in the tests: a place for tray icons, with a hand on their menus.

Lines in: `menu` answers with the labels of the newest icon's menu, `click LABEL` clicks one.
Lines out: `ready`, `icon`, `menu LABEL|LABEL|…`, `clicked`, `no LABEL`.
"""

import sys

from gi.repository import Gio, GLib

WATCHER = """
<node><interface name='org.kde.StatusNotifierWatcher'>
  <method name='RegisterStatusNotifierItem'><arg type='s' direction='in'/></method>
  <method name='RegisterStatusNotifierHost'><arg type='s' direction='in'/></method>
  <property name='RegisteredStatusNotifierItems' type='as' access='read'/>
  <property name='IsStatusNotifierHostRegistered' type='b' access='read'/>
  <property name='ProtocolVersion' type='i' access='read'/>
  <signal name='StatusNotifierItemRegistered'><arg type='s'/></signal>
</interface></node>
"""
NAME = "org.kde.StatusNotifierWatcher"
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
icon = None


def say(line):
    print(line, flush=True)


def called(_bus, sender, _path, _interface, method, arguments, invocation):
    global icon
    if method == "RegisterStatusNotifierItem":
        path = arguments.unpack()[0]
        icon = (sender, path if path.startswith("/") else "/StatusNotifierItem")
        say("icon")
    invocation.return_value(None)


def asked(_bus, _sender, _path, _interface, name):
    return {
        "RegisteredStatusNotifierItems": GLib.Variant("as", [icon[0] + icon[1]] if icon else []),
        "IsStatusNotifierHostRegistered": GLib.Variant("b", True),
        "ProtocolVersion": GLib.Variant("i", 0),
    }[name]


def call(path, interface, method, arguments):
    return bus.call_sync(icon[0], path, interface, method, arguments, None, 0, 5000, None).unpack()


def entries():
    get = GLib.Variant("(ss)", ("org.kde.StatusNotifierItem", "Menu"))
    (path,) = call(icon[1], "org.freedesktop.DBus.Properties", "Get", get)
    layout = GLib.Variant("(iias)", (0, -1, []))
    _, (_, _, children) = call(path, "com.canonical.dbusmenu", "GetLayout", layout)
    return path, [(child[0], child[1].get("label", "").replace("_", "")) for child in children]


def heard(channel, _condition):
    line = channel.readline()
    if not line:
        loop.quit()
        return False
    word, _, label = line.strip().partition(" ")
    path, found = entries()
    if word == "menu":
        say("menu " + "|".join(name for _, name in found if name))
    elif word == "click":
        number = next((number for number, name in found if name == label), None)
        if number is None:
            say("no " + label)
        else:
            event = GLib.Variant("(isvu)", (number, "clicked", GLib.Variant("i", 0), 0))
            call(path, "com.canonical.dbusmenu", "Event", event)
            say("clicked")
    return True


interface = Gio.DBusNodeInfo.new_for_xml(WATCHER).interfaces[0]
bus.register_object("/StatusNotifierWatcher", interface, called, asked, None)
Gio.bus_own_name_on_connection(bus, NAME, 0, lambda *_: say("ready"), None)
loop = GLib.MainLoop()
GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, heard)
loop.run()
