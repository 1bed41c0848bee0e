//! Which accounts a token names, and whether it holds.

use jsonwebtoken::Algorithm;
use serde_json::Value;

use super::{Partner, Refused};
use crate::outsiders::json::Node;
use crate::outsiders::jwt::{Key, Token, Unreadable, kind_is_right};

impl Partner {
    pub(super) async fn judge(&self, text: &str, now: f64) -> Result<(), Refused> {
        let token = Token::read(self.way, text).map_err(|_: Unreadable| "token_invalid")?;
        let alg = token.alg();
        if alg.is_none()
            && token.header.get("alg").is_some()
            && self.way.is("token-invalid-for-odd-alg")
        {
            return Err("token_invalid");
        }
        let pss = self.way.is("pss-under-the-vendor-key") && alg == Some("PS256");
        if alg != Some("RS256") && !pss {
            return Err("alg_invalid");
        }
        if !kind_is_right(self.way, &token.header) {
            return Err("token_invalid");
        }
        let segments = self.segments(&token)?;
        let vendor = self.vendor(&segments)?;
        let id = self.id(&token).map(|id| format!("{} {id}", segments[0]));
        if let (true, Ok(id)) = (self.way.is("refused-spends"), &id) {
            self.spend(id, now).await?;
        }
        let pem = vendor["public_key"].as_str().unwrap_or_default();
        let algorithm = if pss { Algorithm::PS256 } else { Algorithm::RS256 };
        if !self.way.is("no-signature-check") && !token.verifies(Key::Pem(pem), algorithm) {
            return Err("token_signature_invalid");
        }
        let iat = self.issued(&token)?;
        let id = id?;
        if iat < now - 30.0 || iat > now + 30.0 {
            return Err("token_expired");
        }
        let exp = token.payload.get("exp").and_then(Node::number);
        if self.way.is("exp-decides") && exp.is_some_and(|exp| exp <= now) {
            return Err("token_expired");
        }
        self.account(&segments)?;
        match self.way.0 {
            "refused-spends" => Ok(()),
            "memory-of-spelling" => self.spend(text, iat).await,
            _ => self.spend(&id, iat).await,
        }
    }

    /// Partner, customer and perhaps a member; hex digits of escapes count in either case.
    fn segments(&self, token: &Token) -> Result<Vec<String>, Refused> {
        let fault =
            if self.way.is("other-codes-for-sub") { "member_invalid" } else { "vendor_missing" };
        let sub = token.payload.get("sub").and_then(Node::text).ok_or(fault)?;
        if self.way.is("ascii-ids") && (!sub.is_ascii() || sub.contains("%C") || sub.contains("%E"))
        {
            return Err("team_missing");
        }
        let all: Vec<String> = sub.split(':').map(|segment| self.same_escapes(segment)).collect();
        if all.len() > 3 || all.iter().any(String::is_empty) { Err(fault) } else { Ok(all) }
    }

    fn same_escapes(&self, segment: &str) -> String {
        if self.way.is("upper-case-escapes") {
            return segment.to_owned();
        }
        let mut hex = 0;
        let upper = |c: char| {
            hex = if c == '%' { 3_i32 } else { hex - 1 };
            if hex > 0 { c.to_ascii_uppercase() } else { c }
        };
        segment.chars().map(upper).collect()
    }

    fn row(&self, table: &str, id: &str) -> Option<&Value> {
        let same =
            |row: &&Value| row["id"].as_str().is_some_and(|own| self.same_escapes(own) == id);
        self.directory[table].as_array()?.iter().find(same)
    }

    fn vendor(&self, segments: &[String]) -> Result<&Value, Refused> {
        let vendor = self.row("vendors", &segments[0]).ok_or("vendor_missing")?;
        if vendor["has_admin"] == false {
            return Err("vendor_admin_missing");
        }
        if vendor["link_enabled"] == false {
            return Err("vendor_direct_team_link_disabled");
        }
        if vendor["public_key"].is_null() { Err("vendor_key_missing") } else { Ok(vendor) }
    }

    fn issued(&self, token: &Token) -> Result<f64, Refused> {
        let iat = token.payload.get("iat").ok_or("iat_missing")?;
        let whole = |iat: &Node| match self.way.0 {
            "iat-rounded" => true,
            "jti-and-iat-apart" => iat.number().is_some_and(|second| second.fract() == 0.0),
            _ => iat.is_plain_integer(),
        };
        iat.number().filter(|_| whole(iat)).ok_or("iat_invalid")
    }

    fn id(&self, token: &Token) -> Result<String, Refused> {
        match token.payload.get("jti") {
            None => Err("jti_missing"),
            Some(Node::Text(id)) => Ok(format!("text {id}")),
            Some(number) if number.is_plain_integer() => Ok(format!("{number:?}")),
            Some(Node::Object(_)) if self.way.is("crash-on-jti") => Err("crash"),
            Some(_) => Err("jti_invalid"),
        }
    }

    fn account(&self, segments: &[String]) -> Result<(), Refused> {
        let team = segments.get(1).and_then(|id| self.row("teams", id)).ok_or("team_missing")?;
        if team["vendor"] != segments[0].as_str() {
            return Err("team_missing");
        }
        let rows = [
            ("admin_account", true, "team_not_allowed"),
            ("older_than_setup", true, "team_direct_team_link_disabled"),
            ("confirmed", false, "team_unconfirmed"),
            ("saml_required", true, "team_saml_required"),
        ];
        if let Some((_, _, code)) = rows.iter().find(|(name, wrong, _)| team[*name] == *wrong) {
            return Err(code);
        }
        let Some(id) = segments.get(2) else { return Ok(()) };
        let member = self.row("members", id).ok_or("member_invalid")?;
        if member["owner"] == true || member["manager"] == true {
            return Err("framing");
        }
        if member["team"].is_null() {
            return Err("team_missing");
        }
        if member["team"] != team["id"] {
            return Err("framing");
        }
        if member["confirmed"] == true { Ok(()) } else { Err("member_unconfirmed") }
    }
}
