"""Real OAuth servers as identity providers behind the reference Connect server.

    python posit_providers.py BASE_URL TARGET_FILE NODE_PROVIDER MOCK_PROVIDER MOCK_PROVIDER_WITHOUT

TARGET_FILE is what `cargo xtask serve --profile posit-connect --write-target` wrote. The others are
base URLs: npm `oidc-provider` by way of `oidc_provider.mjs`, and twice PyPI `oidc-provider-mock`,
once as it is and once with `--no-refresh-token true`. This script plays the viewer's browser and
the content. Needs Python 3.11.
"""

import sys
import time
from pathlib import Path

from connect import NO_REFRESH_TOKEN, NO_SESSION, Api, Browser, Cast, Page, equal, run

SECRET = "the-right-client-secret"


class Clock:
    """The server's clock, which only goes forward: whoever moves it leaves it there."""

    def __init__(self):
        self.now = int(time.time())

    def advance(self, seconds: int) -> int:
        self.now = max(self.now, int(time.time())) + seconds
        return self.now


class Scene:
    """An integration with a provider, and content of the publisher it is associated with."""

    def __init__(self, base_url: str, cast: Cast, content: int, viewer="viewer.a", **config):
        self.base_url = base_url
        self.admin, self.publisher = Api(base_url, cast.secret("admin")), Api(base_url, cast.secret("publisher"))
        self.content = cast.id(f"content.{content}")
        config = {"auth_mode": "Confidential", "client_secret": SECRET, "use_pkce": True, **config}
        body = {"name": "provider", "template": "custom", "config": config}
        status, made = self.admin.call("POST", "oauth/integrations", body)
        equal(status, 200, f"the integration {made}")
        self.guid = made["guid"]
        path = f"content/{self.content}/oauth/integrations/associations"
        equal(self.publisher.call("PUT", path, [{"oauth_integration_guid": self.guid}])[0], 200, "the association")
        self.browser = Browser(base_url, cast, viewer)

    def configure(self, **config):
        status, answer = self.admin.call("PATCH", f"oauth/integrations/{self.guid}", {"config": config})
        equal(status, 200, f"the change {answer}")

    def login_url(self) -> str:
        return f"{self.base_url}/__oauth__/integrations/{self.guid}/login"

    def sessions(self) -> list:
        _, all_of_them = self.admin.call("GET", "oauth/sessions?all=True")
        return [one for one in all_of_them if one["oauth_integration_guid"] == self.guid]

    def exchange(self, now=None):
        return self.publisher.exchange(self.browser.subject_token(self.content, now), now)

    def granted(self, now=None) -> str:
        status, body = self.exchange(now)
        equal(status, 200, f"the exchange {body}")
        return body["access_token"]

    def refused(self, code: int, text: str):
        status, body = self.exchange()
        equal((status, body["code"], body["error"]), (400, code, text), "the exchange")


def consents(browser: Browser, page: Page) -> Page:
    """Goes through the development pages of `oidc-provider`: login, then consent."""
    for _ in range(4):
        if "/interaction/" not in page.url:
            return page
        page = browser.fill(page, login="somebody", password="anything")
    raise AssertionError(f"the interaction does not end: {page!r}")


def node_checks(base_url: str, cast: Cast, provider: str):
    """`oidc-provider` hands out refresh tokens for offline_access with consent."""
    clock = Clock()

    def scene(content: int, client: str, **config) -> Scene:
        method = {"basic": "client_secret_basic", "post": "client_secret_post"}[client]
        config = {
            "authorization_uri": f"{provider}/auth?prompt=consent",
            "token_uri": f"{provider}/token",
            "client_id": client,
            "scopes": "openid offline_access",
            "token_endpoint_auth_method": method,
            **config,
        }
        return Scene(base_url, cast, content, **config)

    def log_in(here: Scene) -> Page:
        return consents(here.browser, here.browser.open(here.login_url()))

    def succeeds(content: int, client: str):
        here = scene(content, client)
        here.refused(220, NO_SESSION)
        page = log_in(here)
        equal(page.status, 200, f"the login {page}")
        equal([one["has_refresh_token"] for one in here.sessions()], [True], "sessions")
        first = here.granted()
        equal(here.granted(), first, "the same token again")
        later = clock.advance(700)
        second = here.granted(later)
        assert second != first, "no other access token after its expiry"
        equal(here.granted(later), second, "the refreshed token again")

    def wrong_secret(content: int, client: str):
        here = scene(content, client, client_secret="a-wrong-client-secret")
        page = log_in(here)
        equal(page.status, 400, f"the login {page}")
        assert "invalid_client" in page.text and "client authentication failed" in page.text, page
        assert "a-wrong-client-secret" not in page.text, page
        equal(here.sessions(), [], "sessions")
        here.refused(220, NO_SESSION)
        here.configure(client_secret=SECRET)
        equal(log_in(here).status, 200, "the login after the cure")
        here.granted()

    def secret_breaks_later():
        here = scene(5, "basic")
        equal(log_in(here).status, 200, "the login")
        first = here.granted()
        here.configure(client_secret="a-wrong-client-secret")
        equal(here.granted(), first, "before its expiry nothing changes")
        later = clock.advance(700)
        status, body = here.exchange(later)
        equal((status, body["code"]), (400, 219), f"the exchange {body}")
        assert "client authentication failed" in body["error"], body
        here.configure(client_secret=SECRET)
        assert here.granted(later) != first, "no other access token after the cure"

    def without_scope():
        here = scene(6, "post", scopes="openid")
        page = log_in(here)
        assert page.status == 400 and NO_REFRESH_TOKEN in page.text, page
        equal(here.sessions(), [], "sessions")
        here.configure(scopes="openid offline_access")
        equal(log_in(here).status, 200, "the login after the cure")
        here.granted()

    def foreign_redirect_uri():
        here = scene(7, "post")
        here.configure(client_id="nobody")
        page = here.browser.open(here.login_url())
        assert page.url.startswith(provider) and page.status == 400, page
        equal(here.sessions(), [], "sessions")

    def denied():
        here = scene(8, "post", scopes="openid offline_access")
        page = here.browser.open(here.login_url())
        page = here.browser.open(f"{page.url}/abort")
        assert page.status == 400 and "access_denied" in page.text, page
        equal(here.sessions(), [], "sessions")

    def solo():
        here = scene(9, "basic")
        page = consents(here.browser, here.browser.open(f"{base_url}/content/{here.content}/"))
        equal((page.status, page.url), (200, f"{base_url}/content/{here.content}/"), "the way back")
        assert "user_session_token" in page.body, page

    return [
        ("oidc-provider: login, exchange, refresh with client_secret_basic", lambda: succeeds(1, "basic")),
        ("oidc-provider: login, exchange, refresh with client_secret_post", lambda: succeeds(2, "post")),
        ("oidc-provider: a wrong secret (basic) and its cure", lambda: wrong_secret(3, "basic")),
        ("oidc-provider: a wrong secret (post) and its cure", lambda: wrong_secret(4, "post")),
        ("oidc-provider: a secret that breaks after the login", secret_breaks_later),
        ("oidc-provider: no refresh token without offline_access, and its cure", without_scope),
        ("oidc-provider: a client it does not know never comes back", foreign_redirect_uri),
        ("oidc-provider: a viewer who declines", denied),
        ("oidc-provider: content alone leads to the login and back", solo),
    ]


def mock_checks(base_url: str, cast: Cast, with_refresh: str, without_refresh: str):
    """`oidc-provider-mock`, and the same with its switch that withholds refresh tokens."""

    def scene(content: int, provider: str, **config) -> Scene:
        config = {
            "authorization_uri": f"{provider}/oauth2/authorize",
            "token_uri": f"{provider}/oauth2/token",
            "client_id": "client",
            "scopes": "openid offline_access",
            "token_endpoint_auth_method": "client_secret_basic",
            **config,
        }
        return Scene(base_url, cast, content, "viewer.b", **config)

    def log_in(here: Scene) -> Page:
        return here.browser.fill(here.browser.open(here.login_url()), sub="somebody")

    def succeeds():
        here = scene(10, with_refresh)
        equal(log_in(here).status, 200, "the login")
        first = here.granted()
        equal(here.granted(), first, "the same token again")

    def withholds():
        here = scene(11, without_refresh)
        page = log_in(here)
        equal(page.status, 400, f"the login {page}")
        assert NO_REFRESH_TOKEN in page.text, page
        equal(here.sessions(), [], "sessions")
        here.refused(220, NO_SESSION)
        here.configure(authorization_uri=f"{with_refresh}/oauth2/authorize", token_uri=f"{with_refresh}/oauth2/token")
        equal(log_in(here).status, 200, "the login at a provider that issues refresh tokens")
        here.granted()

    return [
        ("oidc-provider-mock: login and exchange", succeeds),
        ("oidc-provider-mock --no-refresh-token: the documented text, no session, and its cure", withholds),
    ]


def main() -> int:
    if len(sys.argv) != 6:
        print(__doc__)
        return 2
    base_url, target, node, mock, without = sys.argv[1:]
    cast = Cast(Path(target))
    return run(node_checks(base_url, cast, node) + mock_checks(base_url, cast, mock, without))


if __name__ == "__main__":
    sys.exit(main())
