"""Who may do what, operation by operation, held against what a real desk answers.

The table is read from the rules: an operation that the document has and the table lacks fails.
"""

import json
from pathlib import Path

ANYONE, SIGNED_IN, SUPERVISOR, ADMINISTRATOR = range(4)
RANK = {"nobody": ANYONE, "agent": SIGNED_IN, "supervisor": SUPERVISOR,
        "administrator": ADMINISTRATOR}

# What every operation needs, in one table with the Rust walk of permissions.
PLACE = Path(__file__).parents[1] / "permissions" / "permissions.json"
LEAST = {"anyone": ANYONE, "signed_in": SIGNED_IN, "see": SIGNED_IN, "hold": SIGNED_IN,
         "transfer": SIGNED_IN, "supervise": SUPERVISOR, "oversee": SUPERVISOR,
         "administer": ADMINISTRATOR}
ENTRIES = json.loads(PLACE.read_text(encoding="utf-8"))
# Operation -> (least role, a body that is right in itself: what is refused is refused for the role).
TABLE = {one["operation"]: (LEAST[one["rule"]], one.get("body")) for one in ENTRIES}

# What an agent sees of a session that is in nobody's hands but other people's: nothing.
OF_A_SESSION = [key for key in TABLE if "/sessions/{id}" in key or "/messages/{id}" in key]

# What only whoever holds the session may do: supervisors, who read along, may not.
READ_ONLY_FOR_SUPERVISORS = [one["operation"] for one in ENTRIES if one["rule"] == "hold"]

QUERY = {one["operation"]: one["query"] for one in ENTRIES if "query" in one}
PREFIX = "/api/v1"


def operations(document):
    """`GET /queues` and so on, as the document lists them."""
    found = {}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in ("get", "post", "put", "patch", "delete"):
                found[f"{method.upper()} {path.removeprefix(PREFIX)}"] = operation
    return found


def filled(value, words):
    """A body with ids and names in the place of `{word}`."""
    if isinstance(value, dict):
        return {key: filled(one, words) for key, one in value.items()}
    if isinstance(value, str):
        for word, known in words.items():
            value = value.replace("{%s}" % word, known)
    return value


class Walk:
    """Every operation by every role."""

    def __init__(self, document, callers, ids, check):
        self.operations = operations(document)
        self.callers = callers
        self.ids = ids
        self.check = check

    def run(self):
        missing = sorted(set(self.operations) ^ set(TABLE))
        self.check("the table and the document name the same operations", not missing, missing)
        self.check("all but six operations want a bearer token, as the document says",
                   sorted(key for key, one in self.operations.items() if one.get("security") == [{}])
                   == sorted(key for key, (role, _) in TABLE.items() if role == ANYONE))
        before = self.picture()
        for role in ("nobody", "agent", "supervisor"):
            self.refused(role)
        self.outsider()
        self.reader()
        after = self.picture()
        self.check("what was refused changed nothing", after == before,
                   [f"{old} became {new}" for old, new in zip(before, after) if old != new])
        for role in ("agent", "supervisor", "administrator"):
            self.let_in(role)

    def picture(self):
        """What administrators see of the things that only they may change, and of the sessions."""
        admin = self.callers["administrator"]
        seen = [(path, one) for path in ("/users", "/queues", "/settings")
                for one in [admin.must("GET", path)] for one in (one if isinstance(one, list) else [one])]
        channels = [(one["id"], one["name"], one["state"]) for one in admin.must("GET", "/channels")]
        # Receipts of the demo still come in meanwhile: only what a person may act on counts.
        deliveries = [(one["id"], one["outcome"]) for one in admin.must("GET", "/deliveries")
                      if one["outcome"] != "stored"]
        sessions = [(one["id"], one["status"], one["owner_id"], one["messages_out"]) for one in
                    admin.must("GET", "/sessions?folder=all&limit=100")["sessions"]]
        return [*seen, *channels, *deliveries, *sorted(sessions)]

    def ask(self, role, key, at=0):
        method, path = key.split(" ")
        noun = path.split("/")[1]
        for name, known in (("{id}", self.ids.get(noun) or self.ids["devices"]),
                            ("{device}", self.ids["devices"]),
                            ("{identity}", self.ids["devices"])):
            path = path.replace(name, known[at % len(known)])
        words = {"role": role, "number": self.ids["numbers"][0], "user": self.ids["people"][0]}
        body = filled(TABLE[key][1], words)
        more = {"data": b"x"} if key == "POST /files" else {}
        return self.callers[role].ask(method, path + QUERY.get(key, ""), body, **more)

    def refused(self, role):
        """401 for whoever is not signed in, 403 or 404 for whoever is and may not."""
        wrong = []
        for key, (least, _) in TABLE.items():
            if RANK[role] >= least:
                continue
            answer = self.ask(role, key)
            good = (401,) if role == "nobody" else (403, 404)
            if answer.status_code not in good or "code" not in answer.json():
                wrong.append(f"{key}: {answer.status_code} {answer.text[:120]}")
        self.check(f"{role}: refused whatever the role lacks", not wrong, wrong)

    def outsider(self):
        """An agent outside the queue learns nothing of its sessions, by any operation."""
        wrong = []
        for key in OF_A_SESSION:
            for at in range(3):
                answer = self.ask("outsider", key, at)
                if answer.status_code not in (403, 404):
                    wrong.append(f"{key}: {answer.status_code} {answer.text[:120]}")
        for folder in ("recent", "mine", "unowned", "archived", "attention"):
            listed = self.callers["outsider"].must("GET", f"/sessions?folder={folder}")["sessions"]
            wrong += [f"{folder} lists {one['id']}" for one in listed]
        if self.callers["outsider"].ask("GET", "/sessions?folder=all").status_code != 403:
            wrong.append("the folder of all sessions is open to agents")
        wrong += [f"a file of others: {answer.status_code}" for answer in
                  (self.ask("outsider", key) for key in ("GET /files/{id}", "GET /files/{id}/content"))
                  if answer.status_code not in (403, 404)]
        contacts = (self.callers["outsider"].must("GET", f"/contacts/{one}/sessions")
                    for one in self.ids["contacts"])
        wrong += ["a contact tells of sessions" for listed in contacts if listed]
        self.check("an agent outside the queue sees none of its sessions", not wrong, wrong)

    def reader(self):
        """Supervisors read along and may not answer for others."""
        wrong = []
        for key in READ_ONLY_FOR_SUPERVISORS:
            answer = self.ask("supervisor", key)
            if answer.status_code not in (403, 404, 409):
                wrong.append(f"{key}: {answer.status_code} {answer.text[:120]}")
        if self.ask("supervisor", "GET /sessions/{id}").status_code != 200:
            wrong.append("a supervisor cannot read along")
        self.check("supervisors read along and do not answer", not wrong, wrong)

    def let_in(self, role):
        """Nobody is refused for a role that they have: no 401, and no 403 but for this session."""
        wrong = []
        last = ("POST /sign-out", "DELETE /me/devices/{id}", "DELETE /demo")
        for at, (key, (least, _)) in enumerate(TABLE.items()):
            if RANK[role] < least or least == ANYONE or key in last:
                continue
            answer = self.ask(role, key, at)
            allowed = "{id}" in key or key == "POST /sessions"
            if answer.status_code == 401 or (answer.status_code == 403 and not allowed) \
                    or answer.status_code >= 500:
                wrong.append(f"{key}: {answer.status_code} {answer.text[:120]}")
        self.check(f"{role}: let in wherever the role goes", not wrong, wrong)
