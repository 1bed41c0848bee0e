"""Seeds out of the golden vectors and the target files of the repository, too many to be kept twice.

    python3 crates/fuzz/corpus.py FOLDER     writes FOLDER/TARGET/DIGEST
"""

import base64
import hashlib
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LONGEST = 4096


def put(folder, target, data):
    if len(data) <= LONGEST:
        place = folder / target / hashlib.sha256(data).hexdigest()[:16]
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def tokens(value):
    """Every token of a golden file, however deep it stands."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "token" and isinstance(inner, str):
                yield inner
            yield from tokens(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from tokens(inner)


def texts(value):
    """Every text of an answer, which may be a documented one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


def segments(token):
    for segment in token.split(".")[:2]:
        try:
            yield base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
        except ValueError:
            return


def main(folder):
    for path in sorted(ROOT.glob("vectors/*-*/*.json")):
        golden = json.loads(path.read_text())
        for token in tokens(golden):
            put(folder, "compact", token.encode())
            parts = list(segments(token))
            if len(parts) == 2:
                put(folder, "compact", b"\0".join(parts))
                for part in parts:
                    put(folder, "json", part)
        if path.parent.name == "posit-connect":
            for text in texts(golden):
                put(folder, "texts", text.encode())
    for path in sorted(ROOT.glob("vectors/keys/*")) + sorted(ROOT.glob("crates/claimproof/tests/intake/*")):
        put(folder, "keys", path.read_bytes())
    for path in sorted(ROOT.glob("xtask/targets/**/*.toml")):
        put(folder, "known_failures" if "known" in path.name else "target_file", path.read_bytes())


main(pathlib.Path(sys.argv[1]))
