//! Surfaces of a target file: the request, and what tells its answers apart.

use super::Kind;
use super::targets::{GOOD, LIST};

const GET: &str = "method = \"GET\"";
const PATH: &str = "path = \"/call\"";
const BEARER: &str = "\"Bearer {token}\"";
const STATUS: &str = "status = [\"2xx\"]";
const HERE: &str = "surface `api`";

#[rustfmt::skip]
pub(super) fn kind() -> Kind {
    predicates(codes(Kind::new(GOOD, LIST)))
        .with("no surface", "[[surface]]\nname = \"api\"", "[readings]", "line")
        .with("an unknown surface", "name = \"api\"", "name = \"apis\"", "line 6")
        .with("a surface of another profile", "name = \"api\"", "name = \"rest\"", "surface `rest`")
        .with("a surface twice", "[[account]]", "[[surface]]\nname = \"api\"\nrequest = { method = \"GET\", path = \"/\" }\naccept = { status = [\"200\"] }\n\n[[account]]", HERE)
        .with("no request", "request = { method = \"GET\", path = \"/call\", headers = { authorization = \"Bearer {token}\" } }", "", "line 5")
        .with("an unknown key of a surface", "accept =", "accepts = 1\naccept =", "line 8")
        .with("no method", "method = \"GET\", ", "", "line 7")
        .with("a method with a blank", GET, "method = \"GE T\"", HERE)
        .with("a method that is empty", GET, "method = \"\"", HERE)
        .with("a method as a list", GET, "method = [\"GET\"]", "line 7")
        .with("no path", "path = \"/call\", ", "", "line 7")
        .with("a path without slash", PATH, "path = \"call\"", HERE)
        .with("a path that is an address", PATH, "path = \"http://127.0.0.1:1/call\"", HERE)
        .with("a path with a query", PATH, "path = \"/call?a=b\"", HERE)
        .with("a path with a fragment", PATH, "path = \"/call#a\"", HERE)
        .with("a path with a line end", PATH, "path = \"/call\\r\\nx: y\"", HERE)
        .with("an unknown placeholder in the path", PATH, "path = \"/call/{user}\"", "{user}")
        .with("an unknown placeholder in a header", BEARER, "\"Bearer {tokn}\"", "{tokn}")
        .with("a placeholder of another profile", BEARER, "\"Bearer {subject_token}\"", "{subject_token}")
        .with("a header name with a blank", "authorization =", "\"x y\" =", HERE)
        .with("a header name that is empty", "authorization =", "\"\" =", HERE)
        .with("a header name with a colon", "authorization =", "\"x:\" =", HERE)
        .with("a header value with a line end", BEARER, "\"{token}\\r\\nx: y\"", HERE)
        .with("a header value with a zero", BEARER, "\"{token}\\u0000\"", HERE)
        .with("a header value that is a number", BEARER, "7", "line 7")
        .with("a JSON body that is none", PATH, "path = \"/\", json = '{\"jwt\": {token}}'", "json")
        .with("a JSON body that breaks off", PATH, "path = \"/\", json = '{\"jwt\": \"{token}\"'", "json")
        .with("accept in the request", PATH, "path = \"/\", accept = { status = [\"200\"] }", HERE)
        .with("`then` on a surface", PATH, "path = \"/\", then = [{ method = \"GET\", path = \"/\" }]", HERE)
        .with("`read` on a surface", PATH, "path = \"/\", read = { a = \"(b)\" }", HERE)
        .with("an unknown key of a request", PATH, "path = \"/\", body = \"x\"", "line 7")
        .with("a pointer without slash", STATUS, "status = [\"2xx\"] }\nclaims = \"claims\"\n[fields]\nx = { a = 1", "line")
}

#[rustfmt::skip]
fn predicates(kind: Kind) -> Kind {
    kind
        .with("no accept", "accept = { status = [\"2xx\"] }", "", "line 5")
        .with("accept says nothing", STATUS, "", "accept")
        .with("accept with an empty list", STATUS, "status = []", "accept")
        .with("a status as a number", STATUS, "status = [200]", "line 8")
        .with("a status outside a list", STATUS, "status = \"200\"", "line 8")
        .with("a status of four digits", STATUS, "status = [\"2000\"]", "accept.status")
        .with("a status in words", STATUS, "status = [\"ok\"]", "accept.status")
        .with("a status with capitals", STATUS, "status = [\"2XX\"]", "accept.status")
        .with("a status that no server sends", STATUS, "status = [\"099\"]", "accept.status")
        .with("a body pattern that is none", STATUS, "body = \"(\"", "accept")
        .with("a location pattern that is none", STATUS, "location = \"[\"", "accept")
        .with("a header pattern that is none", STATUS, "headers = { x = \"*\" }", "accept")
        .with("a pattern that would be huge", STATUS, "body = '(\\w{1000}){1000}'", "accept")
        .with("a pattern that looks back", STATUS, "body = '(a)\\1'", "accept")
        .with("a pattern that looks ahead", STATUS, "body = '(?=a)'", "accept")
        .with("a header to be there that none is", STATUS, "header = \"x y\"", "accept")
        .with("a pointer of accept without slash", STATUS, "json = \"token\"", "accept")
        .with("no alternative", STATUS, "or = []", "accept.or")
        .with("an alternative that says nothing", STATUS, "or = [{}]", "accept.or")
        .with("an alternative that is no pattern", STATUS, "or = [{ body = \"(\" }]", "accept.or")
        .with("an absence that says nothing", STATUS, "absent = {}", "accept.absent")
        .with("an unknown key of accept", STATUS, "code = 200", "line 8")
        .with("refuse says nothing", STATUS, "status = [\"2xx\"] }\nrefuse = {", "refuse")
        .with("refuse with a wrong status", STATUS, "status = [\"2xx\"] }\nrefuse = { status = [\"4\"]", "refuse.status")
}

#[rustfmt::skip]
fn codes(kind: Kind) -> Kind {
    kind
        .with("codes as a table", STATUS, "status = [\"2xx\"] }\ncode = { from = \"json\", at = \"/code\"", "line 9")
        .with("a code from nowhere", STATUS, "status = [\"2xx\"] }\ncode = [{ at = \"/code\" }]\nrefuse = { status = [\"4xx\"]", "line 9")
        .with("a code from an unknown place", STATUS, "status = [\"2xx\"] }\ncode = [{ from = \"xml\" }]\nrefuse = { status = [\"4xx\"]", "line 9")
        .with("a code without its pointer", STATUS, "status = [\"2xx\"] }\ncode = [{ from = \"json\" }]\nrefuse = { status = [\"4xx\"]", "line 9")
        .with("a code's pointer without slash", STATUS, "status = [\"2xx\"] }\ncode = [{ from = \"json\", at = \"code\" }]\nrefuse = { status = [\"4xx\"]", "code")
        .with("a code's pattern without a group", STATUS, "status = [\"2xx\"] }\ncode = [{ from = \"body\", pattern = \"code\" }]\nrefuse = { status = [\"4xx\"]", "code")
        .with("a code's pattern that is none", STATUS, "status = [\"2xx\"] }\ncode = [{ from = \"body\", pattern = \"((\" }]\nrefuse = { status = [\"4xx\"]", "code")
        .with("a code's status beyond 999", STATUS, "status = [\"2xx\"] }\ncode = [{ from = \"status\", status = 9999, code = \"access_refused\" }]\nrefuse = { status = [\"4xx\"]", HERE)
        .with("a code's status of six digits", STATUS, "status = [\"2xx\"] }\ncode = [{ from = \"status\", status = 999999, code = \"access_refused\" }]\nrefuse = { status = [\"4xx\"]", "line 9")
        .with("a status for a code of no document", STATUS, "status = [\"2xx\"] }\ncode = [{ from = \"status\", status = 401, code = \"unauthorized\" }]\nrefuse = { status = [\"4xx\"]", HERE)
        .with("a code's header that is none", STATUS, "status = [\"2xx\"] }\ncode = [{ from = \"header\", name = \"x code\" }]\nrefuse = { status = [\"4xx\"]", HERE)
        .with("an unknown key of a code", STATUS, "status = [\"2xx\"] }\ncode = [{ from = \"text\", pattern = \"a\" }]\nrefuse = { status = [\"4xx\"]", "line 9")
}
