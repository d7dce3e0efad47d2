"""The API, tried by a stranger who has nothing but its document: `cargo xtask test --only api-stranger`.

First every operation by every role against the table of rights, then schemathesis with the token of
each role. The last line says how many checks passed and failed.
"""

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as xml
from pathlib import Path

from access import Walk
from desk import BIN, Desk, written

HERE = Path(__file__).resolve().parent
OUT = BIN.parent / "stranger"
SEED = "20260117"
# Test cases for one operation in one phase: the administrator reaches the most.
EXAMPLES = {"administrator": 25, "supervisor": 10, "agent": 15}
LIMIT = 600

# Left out: positive_data_acceptance. No schema can say that a cursor is one that we gave, that an end
# is not before its beginning, or that a name is not taken; the answer to those is a described 422.
CHECKS = ["not_a_server_error", "status_code_conformance", "content_type_conformance",
          "response_headers_conformance", "response_schema_conformance", "negative_data_rejection",
          "missing_required_header", "unsupported_method", "allow_header_conformance",
          "use_after_free", "ensure_resource_availability", "ignored_auth"]
# They end the run of whoever calls them, so they come last and by themselves.
LAST = {"POST /api/v1/sign-out", "DELETE /api/v1/demo", "POST /api/v1/demo"}

passed = failed = 0


def check(name, good, details=()):
    """One fact; what is wrong about it is said at once."""
    global passed, failed
    if good:
        passed += 1
        print(f"ok      {name}", flush=True)
        return
    failed += 1
    print(f"FAILED  {name}", flush=True)
    for line in list(details)[:40]:
        print(f"        {line}", flush=True)


def stranger(desk, role, token, ids, name, chosen, examples):
    """One run of schemathesis; every operation it tried is one check."""
    report = OUT / f"{name}.xml"
    report.unlink(missing_ok=True)
    command = [
        Path(sys.executable).with_name("schemathesis"), "run", desk.document,
        "--header", f"Authorization: Bearer {token}",
        "--checks", ",".join(CHECKS), "--mode", "all", "--max-examples", str(examples),
        "--seed", SEED, "--generation-deterministic",
        "--phases", "examples,coverage,fuzzing,stateful", "--request-timeout", "30", "--request-retries", "2",
        "--continue-on-failure", "--no-color", "--warnings", "off", "--suppress-health-check", "all",
        "--report", os.environ.get("STRANGER_REPORTS", "junit"), "--report-junit-path", report,
    ]
    for one in sorted(LAST):
        method, path = one.split(" ")
        command += ["--include-name" if chosen == "last" else "--exclude-name", f"{method} {path}"]
    env = dict(os.environ, SCHEMATHESIS_HOOKS="hooks", PYTHONPATH=str(HERE),
               STRANGER_IDS=str(written(OUT / f"{name}.ids.json", ids)))
    begun = time.monotonic()
    try:
        run = subprocess.run(command, env=env, capture_output=True, text=True, timeout=LIMIT, cwd=OUT)
        printed = run.stdout + run.stderr
    except subprocess.TimeoutExpired as late:
        printed = str(late)
    (OUT / f"{name}.log").write_text(printed)
    took = time.monotonic() - begun
    counted(name, report, printed, took)


def counted(name, report, printed, took):
    if not report.exists() or report.stat().st_size == 0:
        check(f"{name}: schemathesis ran to its end", False, printed.splitlines()[-30:])
        return
    tried = 0
    for case in xml.parse(report).getroot().iter("testcase"):
        tried += 1
        wrong = [line for kind in ("failure", "error") for one in case.findall(kind)
                 for line in (one.get("message") or one.text or "").splitlines() if line.strip()]
        if wrong:
            check(f"{name}: {case.get('name')}", False, wrong)
        else:
            global passed
            passed += 1
    print(f"        {name}: {tried} operations in {took:.0f} s; see {report.with_suffix('.log').name}",
          flush=True)
    check(f"{name}: something was tried", tried > 0)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    desk = Desk(OUT / "access.host.log")
    try:
        callers, ids = desk.furnish()
        callers["nobody"] = type(callers["agent"])(desk.base)
        document = callers["nobody"].ask("GET", "/openapi.json").json()
        Walk(document, callers, ids, check).run()
    finally:
        check("the desk of the roles stopped in order", desk.stop())
    for role in ("administrator", "supervisor", "agent"):
        # A desk of its own for each: what one role breaks, the next does not miss.
        desk = Desk(OUT / f"{role}.host.log")
        try:
            callers, ids = desk.furnish()
            stranger(desk, role, callers[role].token, ids, role, "most", EXAMPLES[role])
            alive = callers[role].ask("GET", "/me").status_code
            check(f"{role}: still signed in at the end of it", alive == 200, [alive])
            stranger(desk, role, callers[role].token, ids, f"{role}-last", "last", 10)
        finally:
            check(f"{role}: the desk stopped in order", desk.stop())
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
