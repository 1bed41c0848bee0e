//! Management methods, the session, limits and hosts of a target file.

use super::Kind;
use super::targets::LIST;

const GOOD: &str = r#"name = "mine"
profile = "tableau-connected-app"
base_url = "http://127.0.0.1:1"

[[surface]]
name = "rest"
request = { method = "POST", path = "/signin", xml = '<a jwt="{token}"/>' }
accept = { status = ["200"] }

[manage.create-secret]
method = "POST"
path = "/apps/{app}/secrets"
made = 'id="([^"]+)"'
value = 'value="([^"]+)"'

[manage.delete-secret]
method = "DELETE"
path = "/apps/{app}/secrets/{made}"

[session]
surface = "rest"

[session.read]
site_id = '<site id="([^"]+)"'

[limits]
longest_lifetime = 600

[hosts]
"portal.example" = "portal.mine.example"

[[account]]
role = "secret.ok"
id = "b"
site = "site.ok"
secret_file = "own.secret"
"#;

const MADE: &str = "made = 'id=\"([^\"]+)\"'";
const VALUE: &str = "value = 'value=\"([^\"]+)\"'";
const CREATE: &str = "manage.create-secret";

#[rustfmt::skip]
pub(super) fn kind() -> Kind {
    Kind::new(GOOD, LIST)
        .with("an unknown method", "[manage.delete-secret]", "[manage.remove-secret]", "manage.remove-secret")
        .with("a method of another profile's name", "[manage.delete-secret]", "[manage.integration-delete]\nmethod = \"DELETE\"\npath = \"/{integration}\"\n[manage.delete-secret]", "manage.integration-delete")
        .with("what is made would stay", "[manage.delete-secret]", "[manage.enable-app]", CREATE)
        .with("a pattern without a group", MADE, "made = 'id=\"[^\"]+\"'", CREATE)
        .with("a pattern that is none", MADE, "made = 'id=\"([^\"+'", CREATE)
        .with("a pattern as a list", MADE, "made = ['(a)']", "line 13")
        .with("a value without a group", VALUE, "value = 'value'", CREATE)
        .with("a value beside nothing made", MADE, "", CREATE)
        .with("a value of a method that makes no secret", "path = \"/apps/{app}/secrets/{made}\"", "path = \"/apps/{app}/secrets/{made}\"\nvalue = '(a)'", "manage.delete-secret")
        .with("an unknown placeholder", "{made}\"", "{mad}\"", "{mad}")
        .with("a placeholder of another method", "/apps/{app}/secrets\"", "/apps/{list}/secrets\"", "{list}")
        .with("a path without slash", "\"/apps/{app}/secrets\"", "\"apps/{app}/secrets\"", CREATE)
        .with("a method that is none", "method = \"DELETE\"", "method = \"DE LETE\"", "manage.delete-secret")
        .with("no method", "method = \"DELETE\"\n", "", "line 16")
        .with("a header that is none", "method = \"DELETE\"", "headers = { \"a b\" = \"c\" }\nmethod = \"DELETE\"", "manage.delete-secret")
        .with("an acceptance that says nothing", "method = \"DELETE\"", "accept = {}\nmethod = \"DELETE\"", "manage.delete-secret")
        .with("a refusal with a wrong status", "method = \"DELETE\"", "refuse = { status = [\"40\"] }\nmethod = \"DELETE\"", "manage.delete-secret")
        .with("a code's pointer without slash", "method = \"DELETE\"", "code = [{ from = \"json\", at = \"code\" }]\nmethod = \"DELETE\"", "manage.delete-secret")
        .with("a code of no document", "method = \"DELETE\"", "code = [{ from = \"status\", status = 404, code = \"gone\" }]\nmethod = \"DELETE\"", "manage.delete-secret")
        .with("several requests", "method = \"DELETE\"", "then = [{ method = \"GET\", path = \"/\" }]\nmethod = \"DELETE\"", "manage.delete-secret")
        .with("an unknown key", "method = \"DELETE\"", "body = \"x\"\nmethod = \"DELETE\"", "line 17")
        .with("a method as text", "[session]", "[manage]\nstore = \"PUT /store\"\n[session]", "line 21")
        .with("a session of an unknown surface", "surface = \"rest\"", "surface = \"web\"", "line 21")
        .with("a session of a surface that is not there", "surface = \"rest\"", "surface = \"embed-xhr\"", "session")
        .with("a session that nobody opens", "surface = \"rest\"\n", "", "session")
        .with("what is read has no group", "'<site id=\"([^\"]+)\"'", "'<site'", "session.read.site_id")
        .with("what is read is no pattern", "'<site id=\"([^\"]+)\"'", "'('", "session.read.site_id")
        .with("fields of an unknown site", "[limits]", "[session.sites.\"site.okay\"]\nsite_id = \"x\"\n[limits]", "session.sites.site.okay")
        .with("an unknown key of the session", "surface = \"rest\"", "surface = \"rest\"\ncookie = \"a\"", "line 22")
        .with("a lifetime in minutes", "longest_lifetime = 600", "longest_lifetime = 10", "limits.longest_lifetime")
        .with("a lifetime of a year", "longest_lifetime = 600", "longest_lifetime = 31536000", "limits.longest_lifetime")
        .with("a lifetime below zero", "longest_lifetime = 600", "longest_lifetime = -600", "limits.longest_lifetime")
        .with("a lifetime as text", "longest_lifetime = 600", "longest_lifetime = \"10m\"", "line 27")
        .with("a host that no case names", "\"portal.example\" =", "\"portal.exmple\" =", "hosts")
        .with("a host with a port", "\"portal.mine.example\"", "\"portal.mine.example:8443\"", "hosts")
        .with("a host with its scheme", "\"portal.mine.example\"", "\"https://portal.mine.example\"", "hosts")
        .with("a host in capitals", "\"portal.mine.example\"", "\"Portal.Mine.Example\"", "hosts")
        .with("a host that is empty", "\"portal.mine.example\"", "\"\"", "hosts")
        .with("a site that is no role", "site = \"site.ok\"", "site = \"ok\"", "secret.ok")
        .with("a site that is an app", "site = \"site.ok\"", "site = \"app.ok\"", "secret.ok")
        .with("places of the account", "profile =", "places = [\"kid\"]\nprofile =", "places")
}
