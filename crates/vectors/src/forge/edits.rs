//! Changes of single members, of the header and of the payload.

use super::{Forge, ForgeError, Ledger, altered};
use crate::brought;
use crate::change::{Change, Edit};
use crate::draft::{Draft, Members, quoted};

impl Forge<'_> {
    pub(super) fn edit(
        &self,
        draft: &mut Draft,
        change: &Change,
        ledger: &Ledger,
    ) -> Result<(), ForgeError> {
        match change {
            Change::Header(name, edit) => self.member(&mut draft.header, name, edit, ledger)?,
            Change::Claim(name, edit) => self.member(&mut draft.payload, name, edit, ledger)?,
            Change::Alg(json, signature) => {
                draft.header.set("alg", (*json).to_owned());
                draft.signature = *signature;
            }
            Change::Sign(signature) => draft.signature = *signature,
            Change::Roles(_) | Change::Rewrite(..) | Change::Encoded(..) | Change::Until(..) => {}
            Change::Pad(_) | Change::Text(..) | Change::Graft(..) | Change::Request(_) => {}
        }
        Ok(())
    }

    fn member(
        &self,
        members: &mut Members,
        name: &str,
        edit: &Edit,
        ledger: &Ledger,
    ) -> Result<(), ForgeError> {
        match edit {
            Edit::Remove => members.remove(name),
            Edit::Json(json) => members.set(name, json.to_string()),
            Edit::FromNow(by) => members.set(name, (self.now + by).to_string()),
            Edit::BeyondLimit(by) => {
                members.set(name, (self.now + self.players.longest_lifetime() + by).to_string());
            }
            Edit::FromNowQuoted(by) => members.set(name, format!("\"{}\"", self.now + by)),
            Edit::FromNowMillis(by) => members.set(name, ((self.now + by) * 1000).to_string()),
            Edit::FromNowAs(by, _, write) => members.set(name, write(self.now + by)),
            Edit::FreshDigits(count) => members.set(name, self.digits(*count)),
            Edit::OwnWith(alter) => {
                let own = unquoted(members.get(name).unwrap_or_default());
                members.set(name, quoted(&altered(&own, *alter)?));
            }
            Edit::OwnJson(_, shape) => {
                let own = shape(members.get(name).unwrap_or_default());
                members.set(name, own);
            }
            Edit::Jwk(role) => members.set(name, brought::jwk(self.key(role)?)?),
            Edit::X5c(role) => members.set(name, brought::x5c(self.key(role)?)?),
            Edit::FirstWith(token, alter) => {
                members.set(name, quoted(&alter(&unquoted(jti_of(ledger, token)?))))
            }
            Edit::FirstQuoted(token) => members.set(name, quoted(jti_of(ledger, token)?)),
            Edit::FirstNumberPlusOne(token) => {
                members.set(name, move_last_digit(jti_of(ledger, token)?))
            }
            Edit::Role(role) => members.set(name, quoted(&self.player(role)?.id)),
            Edit::RoleAs(role, alter) => {
                members.set(name, quoted(&altered(&self.player(role)?.id, *alter)?))
            }
            Edit::SameJti(token) => members.set(name, jti_of(ledger, token)?.to_owned()),
            Edit::Before(json) => {
                let place = members.place(name).unwrap_or(0);
                members.0.insert(place, (name.to_owned(), (*json).to_owned()));
            }
            Edit::After(json) => members.push(name, (*json).to_owned()),
            Edit::Spelled(spelling) => {
                if let Some(place) = members.place(name) {
                    members.0[place].0 = (*spelling).to_owned();
                }
            }
        }
        Ok(())
    }

    /// Digits of this case, so that no two cases meet; never with a leading zero.
    fn digits(&self, count: usize) -> String {
        let hex = self.jti("digits");
        let digits = hex.bytes().map(|byte| char::from(b'0' + byte % 10));
        std::iter::once('7').chain(digits).take(count).collect()
    }
}

fn jti_of<'l>(ledger: &'l Ledger, token: &'static str) -> Result<&'l str, ForgeError> {
    ledger.get(token).map(|minted| minted.jti.as_str()).ok_or(ForgeError::NoToken(token))
}

/// The string of a JSON text.
fn unquoted(json: &str) -> String {
    serde_json::from_str(json).unwrap_or_default()
}

fn move_last_digit(digits: &str) -> String {
    let (start, last) = digits.split_at(digits.len().saturating_sub(1));
    format!("{start}{}", if last == "9" { "8" } else { "9" })
}
