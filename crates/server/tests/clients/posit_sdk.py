"""Posit's own Python client exchanges subject tokens: posit-sdk from PyPI, unmodified.

    python posit_sdk.py BASE_URL TARGET_FILE

TARGET_FILE is what `cargo xtask serve --profile posit-connect --write-target` wrote. Needs Python
3.11 and the package `posit-sdk`. The identity provider is a few lines of the standard library.
"""

import json
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path

from connect import NO_ASSOCIATION, NO_REFRESH_TOKEN, NO_SESSION, Browser, Cast, equal, run
from posit import connect
from posit.connect.errors import ClientError

SECRET = "the-right-client-secret"


class Provider(ThreadingHTTPServer):
    """Authorizes everybody at once; its token endpoint does as it is told."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.refuses = None  # Status and body in place of a token.
        self.refresh_token = "refresh-token-of-the-provider"
        self.expires_in = 3600
        self.journal = []
        self.base_url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def token(self, grant_type):
        self.journal.append(grant_type)
        if self.refuses:
            return self.refuses
        body = {"access_token": f"access-{len(self.journal)}", "token_type": "Bearer", "expires_in": self.expires_in}
        if self.refresh_token:
            body["refresh_token"] = self.refresh_token
        return 200, body


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
        back = urllib.parse.urlencode({"code": "an-authorization-code", "state": query["state"]})
        self.send_response(302)
        self.send_header("location", f"{query['redirect_uri']}?{back}")
        self.end_headers()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        form = dict(urllib.parse.parse_qsl(body.decode()))
        status, answer = self.server.token(form["grant_type"])
        text = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


class Scene:
    """A provider, an integration, and content of the publisher, all driven by the SDK."""

    def __init__(self, base_url: str, cast: Cast, content: int):
        self.base_url, self.cast, self.provider = base_url, cast, Provider()
        # The SDK holds its client weakly: whoever uses a part of it keeps the whole.
        self.admin = connect.Client(base_url, cast.secret("admin"))
        self.publisher = connect.Client(base_url, cast.secret("publisher"))
        self.guid = cast.id(f"content.{content}")
        self.content = self.publisher.content.get(self.guid)
        self.integration = self.admin.oauth.integrations.create(
            name="provider",
            description="",
            template="custom",
            config={
                "auth_mode": "Confidential",
                "authorization_uri": f"{self.provider.base_url}/authorize",
                "token_uri": f"{self.provider.base_url}/token",
                "client_id": "client",
                "client_secret": SECRET,
                "scopes": "openid offline_access",
                "token_endpoint_auth_method": "client_secret_post",
                "use_pkce": True,
            },
        )
        self.browser = Browser(base_url, cast, "viewer.a")

    def associate(self):
        self.content.oauth.associations.update(self.integration["guid"])

    def log_in(self):
        return self.browser.open(f"{self.base_url}/__oauth__/integrations/{self.integration['guid']}/login")

    def sessions(self):
        own = self.admin.oauth.sessions.find(all=True)
        return [one for one in own if one["oauth_integration_guid"] == self.integration["guid"]]

    def credentials(self, now=None):
        return self.publisher.oauth.get_credentials(self.browser.subject_token(self.guid, now))

    def fails(self, code: int, text: str, token=None) -> ClientError:
        """The exchange raises the SDK's own error with these members."""
        try:
            found = self.publisher.oauth.get_credentials(token or self.browser.subject_token(self.guid))
        except ClientError as error:
            equal(error.error_code, code, "error_code")
            equal(error.error_message, text, "error_message")
            equal((error.http_status, error.http_message), (400, "Bad Request"), "status")
            equal(error.payload, None, "payload")
            assert text in str(error), str(error)
            return error
        raise AssertionError(f"credentials were obtained: {found}")


def checks(base_url: str, cast: Cast):
    """Every check: its name and what to call."""
    numbers = iter(range(1, 17))

    def scene(associated=True) -> Scene:
        made = Scene(base_url, cast, next(numbers))
        if associated:
            made.associate()
        return made

    def obtains():
        here = scene()
        page = here.log_in()
        equal(page.status, 200, "login")
        found = here.credentials()
        equal(found["access_token"], "access-1", "access token")
        equal(found["token_type"], "Bearer", "token type")
        equal(found["issued_token_type"], "urn:ietf:params:oauth:token-type:access_token", "issued type")
        assert 3500 < found["expires_in"] <= 3600, found
        equal(here.credentials()["access_token"], "access-1", "the same token again")
        equal(here.provider.journal, ["authorization_code"], "what the provider was asked")

    def unassociated():
        here = scene(associated=False)
        here.log_in()
        here.fails(212, NO_ASSOCIATION)
        here.associate()
        equal(here.credentials()["access_token"], "access-1", "after the cure")
        here.content.oauth.associations.delete()
        here.fails(212, NO_ASSOCIATION)

    def expired():
        here = scene()
        here.log_in()
        old = here.browser.subject_token(here.guid, now=int(time.time()) - 7200)
        here.fails(215, "Invalid subject_token", old)
        here.fails(215, "Invalid subject_token", "garbage")
        equal(here.credentials()["access_token"], "access-1", "after the cure")
        equal(here.provider.journal, ["authorization_code"], "what the provider was asked")

    def no_session():
        here = scene()
        here.fails(220, NO_SESSION)
        here.log_in()
        equal(here.credentials()["access_token"], "access-1", "after the cure")
        for session in here.sessions():
            here.admin.oauth.sessions.get(session["guid"]).delete()
        here.fails(220, NO_SESSION)

    def no_refresh_token():
        here = scene()
        here.provider.refresh_token = None
        page = here.log_in()
        assert page.status == 400 and NO_REFRESH_TOKEN in page.text, page
        equal(here.sessions(), [], "sessions")
        here.fails(220, NO_SESSION)
        here.provider.refresh_token = "refresh"
        here.log_in()
        equal(here.credentials()["access_token"], "access-2", "after the cure")

    def failed_refresh():
        here = scene()
        here.provider.expires_in = 0
        here.log_in()
        said = "Invalid client or Invalid client credentials"
        here.provider.refuses = (401, {"error": "unauthorized_client", "error_description": said})
        here.fails(219, said)
        here.provider.refuses = None
        here.integration.update(config={"client_secret": "another-client-secret"})
        equal(here.credentials()["access_token"], "access-3", "after the cure, without a login")
        equal(here.provider.journal, ["authorization_code", "refresh_token", "refresh_token"], "what the provider was asked")

    def wrong_key():
        here = scene()
        token = here.browser.subject_token(here.guid)
        stranger = connect.Client(base_url, "no-such-key")
        try:
            stranger.oauth.get_credentials(token)
        except ClientError as error:
            equal((error.error_code, error.http_status, error.http_message), (24, 401, "Unauthorized"), "error")
            return
        raise AssertionError("credentials were obtained")

    def other_owner():
        here = scene()
        here.log_in()
        other = connect.Client(base_url, cast.secret("publisher.other"))
        try:
            other.oauth.get_credentials(here.browser.subject_token(here.guid))
        except ClientError as error:
            equal((error.error_code, error.http_status), (22, 403), "error")
            return
        raise AssertionError("credentials were obtained")

    def secret_withheld():
        here = scene()
        found = here.admin.oauth.integrations.get(here.integration["guid"])
        assert SECRET not in json.dumps(found), found
        equal(found["config"]["client_id"], "client", "client_id")
        linked = [one["content_guid"] for one in here.integration.associations.find()]
        equal(linked, [here.guid], "associations of the integration")
        equal(here.content.oauth.associations.find_by(guid=here.integration["guid"])["content_guid"], here.guid, "own")
        here.integration.delete()
        equal(here.content.oauth.associations.find(), [], "associations of the content")

    return [
        ("credentials are obtained, and the same ones again", obtains),
        ("no association (212), its cure, and its return", unassociated),
        ("an expired subject token (215) and its cure", expired),
        ("no session (220), its cure, and its return", no_session),
        ("a login without refresh token, and its cure", no_refresh_token),
        ("a failed refresh carries the provider's sentence, and its cure", failed_refresh),
        ("an API key nobody has (24)", wrong_key),
        ("a publisher who does not own the content (22)", other_owner),
        ("integrations are administered, and keep their secret", secret_withheld),
    ]


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    base_url, cast = sys.argv[1].rstrip("/"), Cast(Path(sys.argv[2]))
    print(f"posit-sdk {version('posit-sdk')} at {base_url}")
    return run(checks(base_url, cast))


if __name__ == "__main__":
    sys.exit(main())
