"""Libraries behind the API platform's rules, each judged by `conform`: run.py [ROW...].

A row of old.json is a version with a published weakness, and names the cases that must fail. A row of current.json is
a version of today, and known/ROW.toml lists what it does otherwise. Without arguments the rows marked for the gate run,
with CLAIMPROOF_NIGHTLY all. Exit codes: 0 every row that ran is as it is known, 1 one is not, 77 none could be installed.
"""
import base64
import fnmatch
import json
import os
import pathlib
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent.resolve()
ROOT = HERE.parents[2]
CACHE = pathlib.Path(os.environ.get("CLAIMPROOF_CACHE", ROOT / ".cache")).resolve() / "libraries"
XTASK = shlex.split(os.environ.get("XTASK", "cargo run -q -p xtask --"))
CAST = ROOT / "vectors/cast/workato-api.json"
TRIES = 3


class NotRun(Exception):
    """What a registry refuses, in its own last words."""


def installed(row):
    """The folder with the packages of a row; a refused install is tried again, then NOT RUN."""
    folder = CACHE / row["row"]
    done = folder / "installed"
    if done.exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    for wait in range(TRIES):
        told = subprocess.run(command(row, folder), cwd=folder, capture_output=True, text=True, timeout=300)
        if told.returncode == 0:
            done.touch()
            return folder
        time.sleep(2 * wait)
    raise NotRun((told.stderr or told.stdout).strip().splitlines()[-1])


def command(row, folder):
    """What installs the packages of a row into this folder."""
    if "pip" in row:
        quiet = ["--quiet", "--disable-pip-version-check", "--no-warn-script-location"]
        return [sys.executable, "-m", "pip", "install", *quiet, "--target", str(folder), *row["pip"]]
    if "npm" in row:
        (folder / "package.json").write_text("{}\n")
        return ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error", *row["npm"]]
    if "go" in row:
        (folder / "go.mod").write_text(f"module gateway\n\ngo 1.21\n\nrequire {row['go']}\n")
        for source in ("gateway.go", row["source"]):
            (folder / source).write_bytes((HERE / "go" / source).read_bytes())
        return ["sh", "-c", "go mod tidy && go build -o gateway ."]
    pom = "".join(f"<dependency><groupId>{g}</groupId><artifactId>{a}</artifactId><version>{v}</version></dependency>"
                  for g, a, v in (one.split(":") for one in row["maven"]))
    (folder / "pom.xml").write_text(POM.replace("DEPENDENCIES", pom))
    sources = [str(HERE / "java" / name) for name in ("Gateway.java", f"{row['source']}.java")]
    copy = "mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib"
    return ["sh", "-c", f"{copy} && javac -cp 'lib/*' -d classes {shlex.join(sources)}"]


POM = (
    '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>claimproof</groupId>'
    "<artifactId>gateway</artifactId><version>1</version><dependencies>DEPENDENCIES</dependencies></project>"
)


def program(row, port):
    """What serves the gateway of a row, started in its folder."""
    if "pip" in row:
        return [sys.executable, str(HERE / "serve.py"), row["row"], str(port), "profiles.json"]
    if "npm" in row:
        return ["node", str(HERE / "serve.cjs"), row["row"], str(port), "profiles.json"]
    if "go" in row:
        return ["./gateway", str(port), "profiles.tsv"]
    return ["java", "-cp", "classes:lib/*", "Gateway", row["source"], str(port), "profiles.tsv"]


def profiles(folder):
    """The access profiles of a gateway: as JSON, and in three columns for programs that read none by themselves."""
    active = {one["api_key"] for one in json.loads(CAST.read_text())["directory"]["access_profiles"] if one["active"]}
    known = [one for one in ACCOUNTS.values() if one["id"] in active and "method" in one]
    (folder / "profiles.json").write_text(json.dumps({one["id"]: [one["method"], one["key"]] for one in known}))
    column = lambda text: base64.b64encode(text.encode()).decode()
    (folder / "profiles.tsv").write_text("".join(f"{one['id']}\t{one['method']}\t{column(one['key'])}\n" for one in known))


def serving(row, folder, port):
    """The gateway of a row, once it listens."""
    profiles(folder)
    log = open(folder / "log", "w+")
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    server = subprocess.Popen(program(row, port), cwd=folder, env=environment, stdout=log, stderr=log)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server
        if server.poll() is not None:
            break
        time.sleep(0.1)
    server.kill()
    log.seek(0)
    raise RuntimeError(f"{row['row']} does not listen: {log.read()[-400:]}")


def failing(target, folder, *more):
    """The must-level cases that fail, and how the run ended."""
    report = folder / "report.json"
    report.unlink(missing_ok=True)
    told = subprocess.run(
        [*XTASK, "conform", "--target", str(target), "--progress", "never", "--report", f"json={report}", *more],
        capture_output=True, text=True, timeout=120,
    )
    if not report.exists():
        return [], told.returncode, (told.stderr or told.stdout).strip()[:400]
    cases = json.loads(report.read_text())["cases"]
    failed = [case["id"].split("/", 2)[2] for case in cases if case["verdict"] == "fail" and case["level"] == "must"]
    return failed, told.returncode, ""


def judged(row, port):
    """Whether a row is as it is known: the words, and whether they are good ones."""
    folder = installed(row)
    target = folder / "target.toml"
    target.write_text(target_text(row, port))
    server = serving(row, folder, port)
    try:
        return vulnerable(row, target, folder) if "case" in row else current(row, target, folder)
    finally:
        server.kill()
        server.wait()


def vulnerable(row, target, folder):
    """Each case that a row names fails."""
    failed, code, told = failing(target, folder)
    missing = [case for case in row["case"] if not fnmatch.filter(failed, case)]
    found = ", ".join(case for case in row["case"] if case not in missing)
    words = f"exit {code}, {len(failed)} must cases fail; {found or 'none of the right ones'}"
    if missing:
        words += f"; NOT FOUND: {', '.join(missing)} {told}"
    return code == 1 and not missing, words


def current(row, target, folder):
    """What a library of today does otherwise is written down with the sentence it breaks, and nothing else fails."""
    known = HERE / "known" / f"{row['row']}.toml"
    failed, code, told = failing(target, folder, "--known-failures", str(known))
    words = f"exit {code}, {known.read_text().count('[[known-failure]]')} known causes"
    if failed or code:
        words += f"; not known: {', '.join(failed[:40])} {told}"
    return code == 0, words


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def written_target():
    """What `serve` writes: the target file, for gateways without a clock, a store and an echo of ours, and its accounts."""
    base = CACHE / "api"
    shutil.rmtree(base, ignore_errors=True)
    base.mkdir(parents=True)
    file = base / "target.toml"
    served = subprocess.Popen(
        [*XTASK, "serve", "--profile", "workato-api", "--write-target", str(file)], stdout=subprocess.PIPE, text=True
    )
    served.stdout.readline()
    served.terminate()
    served.wait()
    head, *tables = re.split(r"(?m)^(?=\[)", file.read_text())
    tables = [table for table in tables if not table.startswith(("[capabilities]", "[clock]", "[manage.store]"))]
    tables = [re.sub(r"(?m)^claims = .*\n", "", table) for table in tables]
    return tables, {entry["role"]: entry for entry in map(account, tables) if entry}


def account(table):
    """The role of an account with the key as it is configured, which both the gateway and the target file name."""
    entry = dict(re.findall(r'(?m)^(\w+) = "(.*)"$', table)) if table.startswith("[[account]]") else {}
    for name, method in (("secret_file", "hmac"), ("public_key_file", "rsa")):
        if name in entry:
            text = (CACHE / "api" / entry[name]).read_bytes().decode()
            entry.update(method=method, key=text.rstrip("\r\n") if method == "hmac" else text)
    return entry


def is_usual(role):
    """Whether a library of today reads the key: SPKI and certificates, and any secret."""
    return not role.startswith("profile.") or role.removeprefix("profile.") in USUAL


USUAL = {"hmac", "other", "base64", "short", "letters", "long", "rsa", "rsa-3072", "rsa-4096", "certificate", "unknown"}


def target_text(row, port):
    kept = [table for table in TABLES if "case" in row or is_usual(account(table).get("role", ""))]
    head = f'name = "{row["row"]}"\nprofile = "workato-api"\nbase_url = "http://127.0.0.1:{port}"\n\n'
    return head + "".join(kept).replace('_file = "', f'_file = "{CACHE / "api"}/')


def main():
    rows = json.loads((HERE / "old.json").read_text()) + json.loads((HERE / "current.json").read_text())
    asked = sys.argv[1:]
    nightly = "CLAIMPROOF_NIGHTLY" in os.environ
    rows = [row for row in rows if row["row"] in asked or (not asked and (nightly or row.get("gate")))]
    counts = {"passed": 0, "failed": 0, "not run": 0}
    for row in rows:
        try:
            right, words = judged(row, free_port())
            outcome = "passed" if right else "failed"
        except NotRun as refusal:
            outcome, words = "not run", f"NOT RUN: {refusal}"
        counts[outcome] += 1
        print(f"{row['row']:<22} {row.get('published', ''):<36} {words}", flush=True)
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['not run']} skipped")
    return 1 if counts["failed"] else 0 if counts["passed"] else 77


TABLES, ACCOUNTS = written_target()
sys.exit(main())
