"""An API platform gateway on a Python library: serve.py ROW PORT PROFILES.

The library is called as its README of that time says, with the key of the access profile that the token names.
"""
import base64
import collections
import collections.abc
import http.server
import json
import re
import sys

# PyJWT before 2 imports these from where Python 3.10 no longer has them.
for name in ("Mapping", "MutableMapping", "Iterable"):
    setattr(collections, name, getattr(collections.abc, name))

row, port = sys.argv[1], int(sys.argv[2])
# API key to method, `hmac` or `rsa`, and the verification key as it is configured.
PROFILES = json.load(open(sys.argv[3]))


def part(token, n):
    text = token.split(".")[n]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def profile_of(token):
    """The profile of the first place that holds a name; None where there is none."""
    header, claims = part(token, 0), part(token, 1)
    places = (claims.get("https://www.workato.com/sub"), claims.get("workato_sub"), header.get("kid"), claims.get("sub"))
    name = next((place for place in places if place not in (None, "")), None)
    return PROFILES.get(name) if isinstance(name, str) else None


def key_of(token):
    """The verification key of the profile the token names; None where there is none."""
    profile = profile_of(token)
    return profile and profile[1]


def pyjwt_1(token):
    import jwt

    jwt.decode(token, known(token))


def pyjwt_2(token):
    import jwt

    jwt.decode(token, known(token), algorithms=["HS256", "RS256"], options={"verify_exp": False})


def pyjwt_any(token):
    import jwt

    jwt.decode(token, known(token), algorithms=jwt.algorithms.get_default_algorithms())


def python_jose(token):
    from jose import jwt

    jwt.decode(token, known(token), algorithms=["HS256", "RS256"])


def authlib(token):
    from authlib.jose import jwt

    jwt.decode(token, known(token))


def authlib_none(token):
    """A key function that finds nothing hands over None."""
    from authlib.jose import JsonWebSignature

    JsonWebSignature().deserialize_compact(token, key_of(token))


def authlib_empty(token):
    """A key function that finds nothing hands over an empty text."""
    from authlib.jose import jwt

    jwt.decode(token, key_of(token) or "")


def pyjwt_today(token):
    """The algorithm is that of the profile's method; expiry is not looked at."""
    import jwt
    from cryptography import x509

    profile = profile_of(token)
    if profile is None:
        raise KeyError("no such access profile")
    method, key = profile
    algorithm = "HS256" if method == "hmac" else "RS256"
    if "CERTIFICATE" in key:
        key = x509.load_pem_x509_certificate(key.encode()).public_key()
    off = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False}
    jwt.decode(token, key, algorithms=[algorithm], options=off)


def known(token):
    key = key_of(token)
    if key is None:
        raise KeyError("no such access profile")
    return key


ROWS = {
    "pyjwt-0.4.2": pyjwt_1,
    "pyjwt-1.5.0": pyjwt_1,
    "pyjwt-2.3.0": pyjwt_any,
    "pyjwt-2.11.0": pyjwt_2,
    "pyjwt-2.12.1": pyjwt_2,
    "pyjwt-2.13.0": pyjwt_2,
    "python-jose-3.3.0": python_jose,
    "authlib-1.3.0": authlib,
    "authlib-1.6.3": authlib,
    "authlib-1.6.6": authlib,
    "authlib-1.6.8": authlib_none,
    "authlib-1.7.2": authlib,
    "authlib-1.7.2-empty": authlib_empty,
    "pyjwt-2.15.1": pyjwt_today,
}


class Gateway(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        try:
            header = self.headers.get("authorization") or ""
            token = re.fullmatch("(?i:bearer) +([^ ]+)", header)[1]
            payload = len(token.split(".")[1]) if "." in token else 0
            if payload > 4096:
                return self.answer(400, json.dumps({"error": f"JWT payload size exceeded ({payload}, max 4096)"}))
            ROWS[row](token)
            self.answer(200, "{}")
        except Exception as error:  # the gateway's own handler: whatever the library raises is a refusal
            self.answer(403, json.dumps({"error": type(error).__name__}))

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", port), Gateway).serve_forever()
