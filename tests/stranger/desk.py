"""A real desk on a fresh data folder, filled through its own API, for the stranger to try."""

import json
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("DESKBELL_BIN_DIR", ROOT / "target/debug"))
PASSWORD = "a long enough password"

# How many of each noun lie ready, so that deleting some does not end the trial.
SPARE = 6


class Caller:
    """Someone who asks the desk, or nobody."""

    def __init__(self, base, token=None, user=None):
        self.base = base
        self.token = token
        self.user = user
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(self, method, path, body=None, **more):
        if body is not None:
            more["json"] = body
        headers = self.headers | more.pop("headers", {})
        # A connection for each: a refused upload ends its connection, and the next would trip.
        return requests.request(method, self.base + path, headers=headers, timeout=60, **more)

    def must(self, method, path, body=None, **more):
        answer = self.ask(method, path, body, **more)
        if not answer.ok:
            raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer.json() if answer.content else None


class Desk:
    """Starts the host; everything it keeps goes away with it."""

    def __init__(self, logs):
        self.dir = tempfile.TemporaryDirectory(prefix="deskbell-stranger-")
        self.log = open(logs, "wb")
        self.host = subprocess.Popen(
            [BIN / "deskbell-host", "--data-dir", Path(self.dir.name) / "desk", "--key-file",
             "--workspace-listen", "127.0.0.1:0", "--public-listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, stderr=self.log, text=True,
        )
        addresses = {}
        while len(addresses) < 2:
            line = self.host.stdout.readline()
            if not line:
                raise AssertionError(f"the host did not start; see {logs}")
            name, _, address = line.strip().partition(": ")
            addresses[name] = address
        self.workspace = addresses["workspace"]
        self.base = self.workspace + "/api/v1"
        self.document = self.workspace + "/api/v1/openapi.json"

    def stop(self):
        """In order; whether it left within ten seconds and without complaint."""
        self.host.send_signal(signal.SIGTERM)
        try:
            clean = self.host.wait(30) == 0
        except subprocess.TimeoutExpired:
            self.host.kill()
            clean = False
        self.log.close()
        self.dir.cleanup()
        return clean

    def sign_in(self, login):
        answer = Caller(self.base).must("POST", "/sign-in", {"login": login, "password": PASSWORD})
        return Caller(self.base, answer["token"], answer["me"]["user"]["id"])

    def furnish(self):
        """Makes people, queues, sessions, files and the rest; gives the callers by role."""
        answer = Caller(self.base).must("POST", "/desk/setup", {
            "business_name": "Northside Bikes", "name": "Hanna", "login": "hanna",
            "password": PASSWORD, "country": "US"})
        admin = Caller(self.base, answer["token"], answer["me"]["user"]["id"])
        people = {}
        for login, role in [("sam", "supervisor"), ("ana", "agent"), ("otto", "agent")]:
            people[login] = admin.must("POST", "/users", {
                "login": login, "name": login.capitalize(), "role": role, "password": PASSWORD})["id"]
        front = admin.must("GET", "/queues")[0]["id"]
        admin.must("PATCH", f"/queues/{front}", {"agents": [admin.user, people["ana"]]})
        callers = {"administrator": admin, "supervisor": self.sign_in("sam"),
                   "agent": self.sign_in("ana"), "outsider": self.sign_in("otto")}
        return callers, self._nouns(callers, people, front)

    def _nouns(self, callers, people, front):
        """Ids by noun: what the paths name."""
        admin, agent = callers["administrator"], callers["agent"]
        starters = [admin, callers["supervisor"], agent]
        ids = {"people": list(people.values()) + [admin.user]}
        ids["kept"] = [*ids["people"], admin.must("GET", "/demo")["channel_id"]] + [
            device["id"] for user in ids["people"]
            for device in admin.must("GET", f"/users/{user}/devices")]
        ids["users"] = [admin.must("POST", "/users", {
            "login": f"guest{n}", "name": f"Guest {n}", "role": "agent", "password": PASSWORD})["id"]
            for n in range(SPARE)]
        ids["queues"] = [admin.must("POST", "/queues", {
            "name": f"Queue {n}", "mode": ["manual", "auto", "none"][n % 3], "agents": []})["id"]
            for n in range(SPARE)]
        ids["channels"] = [admin.must("POST", "/channels", {"provider": provider})["id"]
                           for provider in ("livechat", "general", "twilio")]
        ids["kept"].append(ids["channels"].pop())
        number = self._twilio(admin, ids["kept"][-1], front, ids["people"])
        self._customers(admin)
        mine = agent.must("GET", "/sessions?folder=recent&limit=100")["sessions"]
        for session in mine[:2]:
            agent.must("POST", f"/sessions/{session['id']}/pick-up")
            agent.must("POST", f"/sessions/{session['id']}/messages", {
                "client_key": f"stranger-{session['id']}", "text": "We are open until six."})
        ids["sessions"] = [session["id"] for session in mine]
        ids["messages"] = [message["id"] for session in mine for message in
                           agent.must("GET", f"/sessions/{session['id']}/messages")["messages"]][:20]
        # Sessions of each caller's own, so that whoever comes can answer in some.
        for at in range(3 * SPARE):
            caller = starters[at % len(starters)]
            begun = caller.must("POST", "/sessions", {
                "number_id": number, "to": f"+120255501{at:02}", "client_key": f"stranger-begins-{at}",
                "text": "Your bike is ready."})
            ids["sessions"].append(begun["session"]["id"])
            ids["messages"].append(begun["message"]["id"])
        ids["contacts"] = [contact["id"] for contact in admin.must("GET", "/contacts")["contacts"]]
        ids["files"] = [agent.must("POST", f"/files?name=note{n}.txt", data=b"lemon cake",
                                   headers={"Content-Type": "text/plain"})["id"]
                        for n in range(SPARE)]
        ids["deliveries"] = [one["id"] for one in admin.must("GET", "/deliveries?outcome=unreadable")]
        for _ in range(SPARE):
            self.sign_in("guest0")
        ids["devices"] = [one["id"] for one in admin.must("GET", f"/users/{ids['users'][0]}/devices")]
        ids["numbers"] = [number["id"] for channel in admin.must("GET", "/channels")
                          for number in channel["numbers"]]
        for noun, known in ids.items():
            assert known, f"nothing was made of: {noun}"
        return ids

    @staticmethod
    def _twilio(admin, channel, queue, starters):
        """A channel whose provider never answers; what is sent through it waits. Gives its number."""
        made = admin.must("PATCH", f"/channels/{channel}", {
            "name": "Shop number", "values": {"account_sid": "AC" + 32 * "0"},
            "secrets": {"auth_token": 32 * "0"}, "base_url": "http://127.0.0.1:9",
            "numbers": [{"address": "+12025550199", "starters": starters,
                         "destination": {"kind": "queue", "id": queue}}], "state": "active"})
        return made["numbers"][0]["id"]

    def _customers(self, admin):
        personas = admin.must("GET", "/demo")["personas"]
        for persona in personas:
            admin.must("POST", "/demo/messages", {"persona": persona["id"], "text": "Are you open?"})
        admin.must("PATCH", "/demo/faults", {"unparsable": True})
        for persona in personas[:3]:
            admin.must("POST", "/demo/messages", {"persona": persona["id"], "text": "garbled"})
        self._until(lambda: len(admin.must("GET", "/deliveries?outcome=unreadable")) >= 3)
        admin.must("PATCH", "/demo/faults", {"unparsable": False})
        self._until(lambda: admin.must("GET", "/sessions/counts")["unowned"] >= len(personas))

    @staticmethod
    def _until(holds, seconds=15):
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise AssertionError("what was asked for did not happen in time")
            time.sleep(0.05)


def written(path, value):
    """Keeps a value for the hooks, which run in a process of their own."""
    Path(path).write_text(json.dumps(value))
    return path
