"""Tableau's own Python client signs in with JWTs: tableauserverclient from PyPI, unmodified.

    python tableau_sign_in.py BASE_URL TARGET_FILE

TARGET_FILE is what `cargo xtask serve --profile tableau-connected-app --write-target` wrote. Needs
Python 3.11 and the package `tableauserverclient`; tokens are made with the standard library.
"""

import base64
import hashlib
import hmac
import json
import re
import sys
import time
import tomllib
import uuid
from importlib.metadata import version
from pathlib import Path

import tableauserverclient as TSC
from tableauserverclient.server.endpoint.exceptions import FailedSignInError


class Cast:
    """Who plays, by role."""

    def __init__(self, target: Path):
        players = tomllib.loads(target.read_text())["account"]
        self.folder = target.parent
        self.players = {player["role"]: player for player in players}

    def id(self, role: str) -> str:
        """What it goes by; who only has to be unknown to the server is made up."""
        return self.players[role]["id"] if role in self.players else f"nobody-{uuid.uuid4()}"

    def secret(self, role: str) -> bytes:
        if role not in self.players:
            return uuid.uuid4().hex.encode()
        return (self.folder / self.players[role]["secret_file"]).read_text().rstrip("\r\n").encode()


def segment(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(
    cast: Cast, *, app="app.ok", secret="secret.ok", user="user.ok", key=None, without=(), header=None, **claims
) -> str:
    """A token as the document describes it, with these changes."""
    now = int(time.time())
    head = {"alg": "HS256", "typ": "JWT", "kid": cast.id(secret), "iss": cast.id(app), **(header or {})}
    payload = {
        "sub": cast.id(user),
        "aud": "tableau",
        "iat": now,
        "exp": now + 300,
        "jti": str(uuid.uuid4()),
        "scp": ["tableau:content:read", "tableau:views:embed"],
        **claims,
    }
    for name in without:
        head.pop(name, None)
        payload.pop(name, None)
    text = ".".join(segment(json.dumps(part, separators=(",", ":")).encode()) for part in (head, payload))
    if head["alg"] == "none":
        return f"{text}."
    signature = hmac.new(cast.secret(key or secret), text.encode(), hashlib.sha256).digest()
    return f"{text}.{segment(signature)}"


def server(base_url: str) -> TSC.Server:
    return TSC.Server(base_url, use_server_version=False)


def signs_in(base_url: str, jwt: str, site: str) -> None:
    """Signs in, uses what came of it, signs out."""
    to = server(base_url)
    with to.auth.sign_in(TSC.JWTAuth(jwt, site_id=site)):
        assert to.is_signed_in(), "no session is kept"
        assert to.auth_token, "no session token came"
        assert to.site_id, "no site ID came"
        assert to.user_id, "no user ID came"
    assert not to.is_signed_in(), "still signed in behind the sign-out"


def is_refused(base_url: str, jwt: str, site: str, *codes: str) -> str:
    """The sign-in fails as the client knows it, with one of these documented codes; which."""
    to = server(base_url)
    try:
        to.auth.sign_in(TSC.JWTAuth(jwt, site_id=site))
    except FailedSignInError as error:
        assert error.code == "401001", f"code {error.code}"
        found = re.search(r"\((\d+)\)\Z", error.detail or "")
        assert found, f"the detail ends without a code: {error.detail!r}"
        assert found[1] in codes, f"code {found[1]} in place of {' or '.join(codes)}"
        assert not to.is_signed_in(), "a session is kept"
        return found[1]
    raise AssertionError("signed in")


def checks(base_url: str, cast: Cast):
    """Every check: its name and what to call."""
    site = cast.id("site.ok")
    now = int(time.time())

    def accepted(name, **changes):
        return name, lambda: signs_in(base_url, token(cast, **changes), site)

    def refused(code, name, **changes):
        return f"{name} ({code})", lambda: is_refused(base_url, token(cast, **changes), site, code)

    def spent():
        jwt = token(cast)
        signs_in(base_url, jwt, site)
        is_refused(base_url, jwt, site, "10091")

    def spent_by_other_token():
        jti = str(uuid.uuid4())
        signs_in(base_url, token(cast, jti=jti), site)
        is_refused(base_url, token(cast, jti=jti, user="user.second"), site, "10091")

    def unspent():
        jti = str(uuid.uuid4())
        is_refused(base_url, token(cast, jti=jti, aud="Tableau"), site, "10084")
        signs_in(base_url, token(cast, jti=jti), site)

    def asks_for_the_version():
        to = server(base_url)
        to.use_server_version()
        assert tuple(map(int, to.version.split("."))) >= (3, 17), f"version {to.version}"
        with to.auth.sign_in(TSC.JWTAuth(token(cast), site_id=site)):
            assert to.is_signed_in(), "no session is kept"

    def slash_behind():
        signs_in(f"{base_url}/", token(cast), site)

    def session_ends():
        to = server(base_url)
        to.auth.sign_in(TSC.JWTAuth(token(cast), site_id=site))
        to.auth.sign_out()
        assert not to.is_signed_in(), "still signed in behind the sign-out"

    return [
        accepted("signs in and out"),
        accepted("signs in with the app's second secret", secret="secret.second"),
        accepted("signs in as another user", user="user.second"),
        accepted("signs in with iss in both parts", iss=cast.id("app.ok")),
        accepted("signs in without iat", without=["iat"]),
        ("signs out by itself", session_ends),
        ("signs in with a slash behind the base URL", slash_behind),
        ("asks for the server's version first", asks_for_the_version),
        refused("10083", "no kid", without=["kid"]),
        refused("10084", "aud in another case", aud="Tableau"),
        refused("10084", "no sub", without=["sub"]),
        refused("10085", "a kid nobody has", secret="secret.unknown"),
        refused("10089", "a client ID nobody has", app="app.unknown"),
        refused("10090", "an app switched off", app="app.disabled", secret="secret.of-disabled"),
        refused("5", "a user nobody knows", user="user.unknown"),
        ("one token twice (10091)", spent),
        ("another token with a spent jti (10091)", spent_by_other_token),
        ("a refused token spends nothing", unspent),
        refused("10094", "no jti", without=["jti"]),
        refused("10096", "exp an hour ahead", exp=now + 3600),
        refused("10097", "scp as a string", scp="tableau:content:read"),
        refused("10098", "no signature", header={"alg": "none"}),
        refused("10099", "no scp", without=["scp"]),
        refused("10103", "a token of 9000 bytes and more", padding="x" * 9000),
        refused("127", "another secret's value", key="secret.second"),
    ]


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    base_url, cast = sys.argv[1].rstrip("/"), Cast(Path(sys.argv[2]))
    print(f"tableauserverclient {version('tableauserverclient')} at {base_url}")
    passed = failed = 0
    for name, check in checks(base_url, cast):
        try:
            check()
        except Exception as error:  # Whatever the client raises is a failed check.
            failed += 1
            print(f"FAIL {name}: {type(error).__name__}: {error}")
        else:
            passed += 1
            print(f"ok   {name}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
