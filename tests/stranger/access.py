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
TABLE = {
    "GET /desk": (ANYONE, None),
    "POST /desk/setup": (ANYONE, {"business_name": "Other", "name": "Eve", "login": "eve",
                                  "password": "a long enough password"}),
    "POST /sign-in": (ANYONE, {"login": "nobody", "password": "a wrong password"}),
    "GET /events": (ANYONE, None),
    "POST /invites/look": (ANYONE, {"token": "dbt_nothing"}),
    "POST /join": (ANYONE, {"token": "dbt_nothing", "name": "Eve", "login": "eve-{role}",
                            "password": "a long enough password"}),
    "POST /sign-out": (SIGNED_IN, None),
    "POST /qr": (SIGNED_IN, {"text": "https://desk.example.com"}),
    "GET /invites": (ADMINISTRATOR, None),
    "POST /invites": (ADMINISTRATOR, {"name": "New {role}", "role": "administrator"}),
    "DELETE /invites/{id}": (ADMINISTRATOR, None),
    "GET /me": (SIGNED_IN, None),
    "PATCH /me": (SIGNED_IN, {"presence": "available"}),
    "GET /me/devices": (SIGNED_IN, None),
    "DELETE /me/devices/{id}": (SIGNED_IN, None),
    "GET /people": (SIGNED_IN, None),
    "POST /me/activity": (SIGNED_IN, None),
    "PUT /people/{id}/presence": (SUPERVISOR, {"presence": "away"}),
    "GET /me/alerts": (SIGNED_IN, None),
    "PUT /me/alerts": (SIGNED_IN, {"private": False}),
    "GET /push/key": (SIGNED_IN, None),
    "GET /me/push": (SIGNED_IN, None),
    "POST /me/push": (SIGNED_IN, {"endpoint": "https://push.example/x",
                                  "keys": {"p256dh": "AA", "auth": "AA"}}),
    "DELETE /me/push": (SIGNED_IN, None),
    "POST /me/push/test": (SIGNED_IN, {"kind": "mine"}),
    "GET /users": (ADMINISTRATOR, None),
    "POST /users": (ADMINISTRATOR, {"login": "new-{role}", "name": "New", "role": "administrator",
                                    "password": "a long enough password"}),
    "PATCH /users/{id}": (ADMINISTRATOR, {"role": "administrator"}),
    "DELETE /users/{id}": (ADMINISTRATOR, None),
    "GET /users/{id}/devices": (ADMINISTRATOR, None),
    "DELETE /users/{id}/devices/{device}": (ADMINISTRATOR, None),
    "GET /queues": (SIGNED_IN, None),
    "POST /queues": (ADMINISTRATOR, {"name": "New {role}", "mode": "auto", "agents": []}),
    "PATCH /queues/{id}": (ADMINISTRATOR, {"mode": "auto"}),
    "DELETE /queues/{id}": (ADMINISTRATOR, None),
    "GET /providers": (SIGNED_IN, None),
    "GET /channels": (SIGNED_IN, None),
    "POST /channels": (ADMINISTRATOR, {"provider": "twilio"}),
    "GET /channels/{id}": (SIGNED_IN, None),
    "PATCH /channels/{id}": (ADMINISTRATOR, {"name": "Renamed"}),
    "DELETE /channels/{id}": (ADMINISTRATOR, None),
    "POST /channels/{id}/check": (ADMINISTRATOR, None),
    "GET /channels/{id}/account-numbers": (ADMINISTRATOR, None),
    "POST /channels/{id}/webhook": (ADMINISTRATOR, None),
    "GET /sessions": (SIGNED_IN, None),
    "POST /sessions": (SIGNED_IN, {"number_id": "{number}", "to": "+12025550147",
                                   "client_key": "access-{role}", "text": "Hello"}),
    "GET /sessions/counts": (SIGNED_IN, None),
    "GET /sessions/{id}": (SIGNED_IN, None),
    "POST /sessions/{id}/pick-up": (SIGNED_IN, None),
    "POST /sessions/{id}/take-over": (SUPERVISOR, None),
    "POST /sessions/{id}/transfer": (SIGNED_IN, {"to": {"kind": "user", "id": "{user}"}}),
    "POST /sessions/{id}/end": (SIGNED_IN, None),
    "POST /sessions/{id}/archive": (SIGNED_IN, None),
    "POST /sessions/{id}/unarchive": (SIGNED_IN, None),
    "POST /sessions/{id}/remove": (SIGNED_IN, None),
    "POST /sessions/{id}/read": (SIGNED_IN, {"seq": 1}),
    "POST /sessions/{id}/snooze": (SIGNED_IN, {"until": None}),
    "POST /sessions/{id}/wake": (SIGNED_IN, None),
    "POST /sessions/{id}/mute": (SIGNED_IN, None),
    "POST /sessions/{id}/unmute": (SIGNED_IN, None),
    "POST /sessions/{id}/unread": (SIGNED_IN, None),
    "POST /sessions/{id}/undo": (SIGNED_IN, None),
    "POST /sessions/bulk": (SIGNED_IN, {"ids": ["00000000-0000-7000-8000-000000000000"],
                                        "operation": {"kind": "mark_read"}}),
    "POST /sessions/{id}/ask": (SIGNED_IN, {"text": "She is on the telephone with me"}),
    "GET /sessions/{id}/transcript": (SIGNED_IN, None),
    "POST /sessions/{id}/lift-opt-out": (SUPERVISOR, {"reason": "She asked for it by telephone"}),
    "POST /sessions/{id}/call": (SIGNED_IN, {"client_key": "access-{role}"}),
    "GET /sessions/{id}/calls": (SIGNED_IN, None),
    "GET /me/calling": (SIGNED_IN, None),
    "PUT /me/calling": (SIGNED_IN, {"method": "tel"}),
    "POST /me/calling/try": (SIGNED_IN, {"method": "tel", "number": "+12025550147"}),
    "GET /sessions/{id}/messages": (SIGNED_IN, None),
    "POST /sessions/{id}/messages": (SIGNED_IN, {"client_key": "access-{role}", "text": "Hello"}),
    "GET /messages/{id}": (SIGNED_IN, None),
    "POST /messages/{id}/retry": (SIGNED_IN, None),
    "POST /messages/{id}/resolve": (SIGNED_IN, {"arrived": True}),
    "POST /messages/{id}/cancel": (SIGNED_IN, None),
    "GET /drafts": (SIGNED_IN, None),
    "GET /sessions/{id}/drafts": (SIGNED_IN, None),
    "PUT /sessions/{id}/draft": (SIGNED_IN, {"text": "Hello"}),
    "PATCH /messages/{id}": (SIGNED_IN, {"text": "Later"}),
    "POST /messages/{id}/send-now": (SIGNED_IN, None),
    "GET /sessions/{id}/scheduled": (SIGNED_IN, None),
    "GET /quick-replies": (SIGNED_IN, None),
    "POST /quick-replies": (SIGNED_IN, {"name": "Hours {role}", "body": "We open at 8.",
                                        "visible": "me"}),
    "POST /quick-replies/import": (SIGNED_IN, {"replies": [], "existing": "keep"}),
    "PUT /quick-replies/{id}": (SIGNED_IN, {"name": "Hours", "body": "At 9.", "visible": "me"}),
    "DELETE /quick-replies/{id}": (SIGNED_IN, None),
    "POST /quick-replies/{id}/use": (SIGNED_IN, None),
    "GET /contacts": (SIGNED_IN, None),
    "POST /contacts": (SIGNED_IN, {"name": "Walk-in {role}", "identities": []}),
    "GET /contacts/{id}": (SIGNED_IN, None),
    "PATCH /contacts/{id}": (SIGNED_IN, {"company": "Lane & Co"}),
    "POST /contacts/{id}/identities": (SIGNED_IN, {"phone": "+12025550148"}),
    "DELETE /contacts/{id}/identities/{identity}": (SIGNED_IN, None),
    "GET /contacts/counts": (SIGNED_IN, None),
    "DELETE /contacts/{id}": (SIGNED_IN, None),
    "POST /contacts/{id}/block": (SIGNED_IN, {"reason": "Spam"}),
    "POST /contacts/{id}/unblock": (SIGNED_IN, None),
    "GET /contacts/{id}/sessions": (SIGNED_IN, None),
    "GET /search": (SIGNED_IN, None),
    "GET /search/counts": (SIGNED_IN, None),
    "GET /saved-searches": (SIGNED_IN, None),
    "POST /saved-searches": (SIGNED_IN, {"name": "Cakes {role}", "in": "messages",
                                         "search": {"q": "cake"}}),
    "DELETE /saved-searches/{id}": (SIGNED_IN, None),
    "GET /labels": (SIGNED_IN, None),
    "POST /labels": (SIGNED_IN, {"name": "New {role}", "colour": "teal"}),
    "PATCH /labels/{id}": (SUPERVISOR, {"colour": "red"}),
    "DELETE /labels/{id}": (SUPERVISOR, None),
    "POST /labels/{id}/merge": (SUPERVISOR, {"into": "{user}"}),
    "PUT /sessions/{id}/labels": (SIGNED_IN, {"labels": []}),
    "PUT /contacts/{id}/labels": (SIGNED_IN, {"labels": []}),
    "GET /views": (SIGNED_IN, None),
    "POST /views": (SIGNED_IN, {"name": "New {role}", "folder": "recent"}),
    "PUT /views/order": (SIGNED_IN, {"views": []}),
    "PATCH /views/{id}": (SIGNED_IN, {"name": "Renamed"}),
    "DELETE /views/{id}": (SIGNED_IN, None),
    "GET /contacts/{id}/files": (SIGNED_IN, None),
    "GET /contacts/{id}/notes": (SIGNED_IN, None),
    "POST /contacts/{id}/notes": (SIGNED_IN, {"text": "Likes rye"}),
    "PATCH /contacts/{id}/notes/{note}": (SIGNED_IN, {"text": "Likes oats"}),
    "DELETE /contacts/{id}/notes/{note}": (SIGNED_IN, None),
    "PATCH /contacts/{id}/identities/{identity}": (SIGNED_IN, {"remark": "Work"}),
    "POST /contacts/{id}/opt-out": (SIGNED_IN, {"identity_id": "{user}", "number_id": "{number}",
                                                "reason": "She said so by telephone"}),
    "POST /contacts/{id}/lift-opt-out": (SUPERVISOR, {"identity_id": "{user}",
                                                      "number_id": "{number}",
                                                      "reason": "She asked for it"}),
    "GET /contact-fields": (SIGNED_IN, None),
    "POST /contact-fields": (ADMINISTRATOR, {"name": "Field {role}", "kind": "text"}),
    "PATCH /contact-fields/{id}": (ADMINISTRATOR, {"name": "Renamed"}),
    "DELETE /contact-fields/{id}": (ADMINISTRATOR, None),
    "POST /files": (SIGNED_IN, None),
    "GET /files/{id}": (SIGNED_IN, None),
    "GET /files/{id}/content": (SIGNED_IN, None),
    "POST /files/{id}/fetch": (SIGNED_IN, None),
    "GET /deliveries": (SUPERVISOR, None),
    "GET /deliveries/{id}": (SUPERVISOR, None),
    "POST /deliveries/{id}/replay": (ADMINISTRATOR, None),
    "POST /deliveries/{id}/dismiss": (ADMINISTRATOR, None),
    "GET /settings": (SIGNED_IN, None),
    "PATCH /settings": (ADMINISTRATOR, {"business_name": "Taken over"}),
    "GET /hours": (SIGNED_IN, None),
    "PUT /hours": (ADMINISTRATOR, {"zone": "UTC", "mode": "always", "days": [[], [], [], [], [], [], []]}),
    "GET /hours/preview": (SIGNED_IN, None),
    "GET /holidays": (SIGNED_IN, None),
    "POST /holidays": (ADMINISTRATOR, {"name": "Fair", "from": "2099-12-25", "to": "2099-12-25"}),
    "PUT /holidays/{id}": (ADMINISTRATOR, {"name": "Fair", "from": "2099-12-25", "to": "2099-12-25"}),
    "DELETE /holidays/{id}": (ADMINISTRATOR, None),
    "POST /holidays/read": (ADMINISTRATOR, {"text": "2099-12-26 Second day"}),
    "GET /phone": (SIGNED_IN, None),
    "GET /demo": (SIGNED_IN, None),
    "POST /demo": (ADMINISTRATOR, None),
    "DELETE /demo": (ADMINISTRATOR, None),
    "POST /demo/messages": (SIGNED_IN, {"persona": "maria", "text": "Hello"}),
    "PATCH /demo/faults": (ADMINISTRATOR, {}),
    "GET /metrics": (ADMINISTRATOR, None),
}

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
                            ("{identity}", self.ids["devices"]),
                            ("{note}", self.ids["devices"])):
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
