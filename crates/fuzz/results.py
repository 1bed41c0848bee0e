"""The page RESULTS.md: what the last run of `.ci/nightly/fuzz` did.

    python3 crates/fuzz/results.py FOLDER     FOLDER holds TARGET.log of each target
"""

import pathlib
import re
import subprocess
import sys

HEAD = """# What was fuzzed

Written by `bash .ci/nightly/fuzz`, at {commit} on {day}. A finding is an input that panics, takes ten seconds or 512 MB; each
is mended, and its input stays below `seeds/`, which `cargo test -p claimproof --test fuzz` replays.

| target | executions | a second | seconds | inputs kept | findings |
|---|---|---|---|---|---|
"""


def git(*words):
    return subprocess.run(["git", *words], capture_output=True, text=True, check=True).stdout.strip()


def row(log):
    text = log.read_text(errors="replace")
    stat = lambda name: int(re.search(rf"stat::{name}: *(\d+)", text)[1])
    executions, speed = stat("number_of_executed_units"), stat("average_exec_per_sec")
    seconds = re.search(r"Done \d+ runs in (\d+) second", text)
    kept = re.findall(r"corp: (\d+)/", text)
    findings = len(re.findall(r"^SUMMARY: libFuzzer", text, re.M))
    return executions, f"| {log.stem} | {executions:,} | {speed:,} | {seconds[1] if seconds else '-'} | {kept[-1] if kept else '-'} | {findings} |"


logs = sorted(pathlib.Path(sys.argv[1]).glob("*.log"))
rows = [row(log) for log in logs]
sys.stdout.write(HEAD.format(commit=git("rev-parse", "--short", "HEAD"), day=git("log", "-1", "--format=%cs")))
sys.stdout.write("\n".join(line for _, line in rows) + f"\n\n{sum(count for count, _ in rows):,} executions in all.\n")
