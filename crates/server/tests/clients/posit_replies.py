"""What Posit's own Python client makes of each reply a Connect server can give.

    python posit_replies.py VECTORS

VECTORS is `vectors/posit-connect/client.json`: replies, and what a client must make of them. A few
lines of the standard library play Connect. Needs the package `posit-sdk`, unmodified.
"""

import json
import sys
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from posit import connect
from posit.connect.errors import ClientError


class Connect(ThreadingHTTPServer):
    """Gives one reply to an exchange, and keeps what it was sent."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply, self.sent = None, []
        self.base_url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self._answer(200, [{"name": "content-type", "value": "application/json"}], '{"version":"2024.11.0"}')

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        self.server.sent.append((self.path, self.headers["authorization"], urllib.parse.parse_qsl(body)))
        reply = self.server.reply
        self._answer(reply["status"], reply["headers"], reply["body"])

    def _answer(self, status, headers, body):
        self.send_response(status)
        for header in headers:
            self.send_header(header["name"], header["value"])
        self.send_header("content-length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


def outcome(server, key, subject_token):
    """What the client makes of the reply: ("accept", token), ("refuse", error or None)."""
    client = connect.Client(server.base_url, key)
    try:
        credentials = client.oauth.get_credentials(subject_token)
    except ClientError as error:
        return "refuse", error
    except Exception:
        return "refuse", None
    token = credentials.get("access_token")
    return ("accept", token) if token else ("refuse", None)


def check(server, step):
    """Raises where the client sends or makes something else than the vector says."""
    request, reply, expect = step["request"], step["reply"], step["expect"]
    server.reply, server.sent = reply, []
    header = {one["name"]: one["value"] for one in request["headers"]}["authorization"]
    form = urllib.parse.parse_qsl(request["body"])
    seen, detail = outcome(server, header.removeprefix("Key "), dict(form)["subject_token"])
    assert server.sent == [(request["path"], header, form)], f"the client sent {server.sent}"
    assert seen == expect["outcome"], f"expected {expect['outcome']}, the client made `{seen}` of it"
    if seen == "accept":
        assert detail == json.loads(reply["body"])["access_token"], f"another token: {detail}"
    elif expect.get("codes"):
        body = json.loads(reply["body"])
        assert detail is not None, "no ClientError"
        own = (detail.error_code, detail.error_message, detail.http_status)
        assert own == (body["code"], body["error"], reply["status"]), f"ClientError with {own}"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        vectors = json.load(file)["vectors"]
    server, failed = Connect(), 0
    for vector in vectors:
        try:
            check(server, vector["script"][0])
            print(f"ok   {vector['id']}")
        except AssertionError as error:
            failed += 1
            print(f"FAIL {vector['id']}: {error}")
    print(f"{len(vectors) - failed} passed, {failed} failed")
    sys.exit(1 if failed or not vectors else 0)


main()
