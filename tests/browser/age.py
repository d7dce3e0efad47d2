"""Spreads what was just said over the days before, for the pictures of the documents only.

    python3 age.py <database> <now> < [{"address": …, "from": minutes ago, "to": minutes ago}, …]

The desk must not be running. No test asks for what is written here.
"""

import json
import sqlite3
import sys

MINUTE = 60_000


def aged(connection, now, address, first, last):
    """The session with this customer began `first` minutes ago; its last word fell at `last`."""
    (session,) = connection.execute(
        "SELECT s.id FROM sessions s JOIN identities i ON i.id = s.identity_id WHERE i.address = ?",
        (address,)).fetchone()
    said = connection.execute(
        "SELECT seq, kind, direction FROM messages WHERE session_id = ? ORDER BY seq", (session,)).fetchall()
    times = {}
    for place, (seq, _, _) in enumerate(said):
        part = place / max(1, len(said) - 1)
        times[seq] = now - int((first + (last - first) * part) * MINUTE)
        connection.execute("UPDATE messages SET at = ?1, updated_at = ?1 WHERE seq = ?2", (times[seq], seq))
    spoken = [times[seq] for seq, kind, _ in said if kind == "message"]
    heard = [times[seq] for seq, _, direction in said if direction == "in"]
    connection.execute(
        "UPDATE sessions SET opened_at = ?1, last_message_at = ?2,"
        " waiting_since = CASE WHEN waiting_since IS NULL THEN NULL ELSE ?3 END WHERE id = ?4",
        (min(times.values()), max(spoken), max(heard), session))


def main():
    connection = sqlite3.connect(sys.argv[1])
    with connection:
        for one in json.load(sys.stdin):
            aged(connection, int(sys.argv[2]), one["address"], one["from"], one["to"])
    connection.close()


if __name__ == "__main__":
    main()
