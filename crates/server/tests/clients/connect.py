"""What the scripts of this folder share that drive a Connect server: its cast, a viewer's browser, checks."""

import http.cookiejar
import json
import time
import tomllib
import urllib.error
import urllib.parse
import urllib.request
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

CLOCK = "x-claimproof-now"
NO_REFRESH_TOKEN = (
    "No refresh token found in response. Refresh tokens are required to update access tokens when they expire. "
    "Are you missing the offline_access scope in the OAuth integration configuration?"
)
NO_ASSOCIATION = "No OAuth integrations have been associated with this content item."
NO_SESSION = "No OAuth session found. Log in to the OAuth Integration before requesting credentials."


class Cast:
    """Who plays, by role: what `serve --write-target` wrote."""

    def __init__(self, target: Path):
        players = tomllib.loads(target.read_text())["account"]
        self.folder = target.parent
        self.players = {player["role"]: player for player in players}

    def id(self, role: str) -> str:
        return self.players[role]["id"]

    def secret(self, role: str) -> str:
        return (self.folder / self.players[role]["secret_file"]).read_text().rstrip("\r\n")


class Page:
    """What a browser shows in the end."""

    def __init__(self, url: str, status: int, body: str):
        self.url, self.status, self.body = url, status, body
        self.text = unescape(body)

    def __repr__(self):
        return f"{self.status} at {self.url}: {self.body[:300]!r}"


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Browser:
    """A viewer's browser: keeps cookies, follows redirects, fills forms."""

    def __init__(self, base_url: str, cast: Cast, viewer: str):
        self.base_url = base_url
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(_Stay, urllib.request.HTTPCookieProcessor(jar))
        self.trail = []
        page = self.open(f"{base_url}/__login__", {"user": cast.id(viewer), "password": cast.secret(viewer)})
        assert page.status == 200, page

    def open(self, url: str, form: dict | None = None, now: int | None = None) -> Page:
        """The page at the end of all redirects."""
        for _ in range(20):
            request = urllib.request.Request(url, urllib.parse.urlencode(form).encode() if form is not None else None)
            if now is not None and url.startswith(self.base_url):
                request.add_header(CLOCK, str(now))
            self.trail.append(url)
            try:
                response = self.opener.open(request, timeout=20)
            except urllib.error.HTTPError as error:
                response = error
            body = response.read().decode("utf-8", "replace")
            if response.status not in (301, 302, 303, 307, 308):
                return Page(url, response.status, body)
            url, form = urllib.parse.urljoin(url, response.headers["location"]), None
        raise AssertionError(f"redirected without end, last to {url}")

    def fill(self, page: Page, **values: str) -> Page:
        """Sends the page's form with these values."""
        form = _Form()
        form.feed(page.body)
        assert form.action is not None, f"no form on {page!r}"
        return self.open(urllib.parse.urljoin(page.url, form.action or page.url), {**form.hidden, **values})

    def subject_token(self, content: str, now: int | None = None) -> str:
        """What the content receives in the dashboard."""
        page = self.open(f"{self.base_url}/content/{content}/?mode=dashboard", now=now)
        assert page.status == 200, page
        return json.loads(page.body)["user_session_token"]


class _Form(HTMLParser):
    def __init__(self):
        super().__init__()
        self.action, self.hidden = None, {}

    def handle_starttag(self, tag, attrs):
        own = dict(attrs)
        if tag == "form" and self.action is None:
            self.action = own.get("action", "")
        if tag == "input" and own.get("type") == "hidden":
            self.hidden[own["name"]] = own.get("value", "")


class Api:
    """The API with a caller's key, without the vendor's client."""

    def __init__(self, base_url: str, key: str):
        self.base_url, self.key = base_url, key

    def call(self, method: str, path: str, body=None, now: int | None = None):
        headers = {"authorization": f"Key {self.key}"}
        data = None
        if body is not None:
            headers["content-type"], data = "application/json", json.dumps(body).encode()
        if now is not None:
            headers[CLOCK] = str(now)
        return self._send(urllib.request.Request(f"{self.base_url}/__api__/v1/{path}", data, headers, method=method))

    def exchange(self, subject_token: str, now: int | None = None):
        """Status and body of an exchange."""
        form = {
            "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
            "subject_token_type": "urn:posit:connect:user-session-token",
            "subject_token": subject_token,
        }
        headers = {"authorization": f"Key {self.key}"}
        if now is not None:
            headers[CLOCK] = str(now)
        url = f"{self.base_url}/__api__/v1/oauth/integrations/credentials"
        return self._send(urllib.request.Request(url, urllib.parse.urlencode(form).encode(), headers))

    @staticmethod
    def _send(request):
        try:
            response = urllib.request.urlopen(request, timeout=20)
        except urllib.error.HTTPError as error:
            response = error
        body = response.read()
        return response.status, json.loads(body) if body else None


def equal(seen, expected, what: str) -> None:
    assert seen == expected, f"{what}: {seen!r}, expected {expected!r}"


def run(checks) -> int:
    """Runs every check, a pair of name and function, and says how each ended; the exit code."""
    passed = failed = 0
    for name, check in checks:
        begun = time.monotonic()
        try:
            check()
        except Exception as error:  # Whatever is raised is a failed check.
            failed += 1
            print(f"FAIL {name}: {type(error).__name__}: {error}")
        else:
            passed += 1
            print(f"ok   {name} ({time.monotonic() - begun:.1f} s)")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0
