//! What of a certificate the TLS library does not tell (RFC 5280 section 4.1): whether it names
//! itself as its issuer, and when it is valid.

use std::time::Duration;

use spki::der::asn1::{AnyRef, GeneralizedTime, UtcTime};
use spki::der::{Decode, Error, Reader, SliceReader, Tag, TagNumber, Tagged};

/// Read off a certificate.
pub(super) struct Certificate {
    pub(super) self_issued: bool,
    /// Since 1970.
    pub(super) not_before: Duration,
    pub(super) not_after: Duration,
}

impl Certificate {
    pub(super) fn read(der: &[u8]) -> Result<Self, Error> {
        let whole = AnyRef::from_der(der)?;
        let mut outer = SliceReader::new(whole.value())?;
        let signed = AnyRef::decode(&mut outer)?;
        let mut fields = SliceReader::new(signed.value())?;
        let first = AnyRef::decode(&mut fields)?;
        let is_version =
            first.tag() == Tag::ContextSpecific { constructed: true, number: TagNumber(0) };
        if is_version {
            AnyRef::decode(&mut fields)?;
        }
        AnyRef::decode(&mut fields)?;
        let issuer = AnyRef::decode(&mut fields)?;
        let validity = AnyRef::decode(&mut fields)?;
        let subject = AnyRef::decode(&mut fields)?;
        let mut times = SliceReader::new(validity.value())?;
        let (not_before, not_after) = (time(&mut times)?, time(&mut times)?);
        Ok(Self { self_issued: issuer == subject, not_before, not_after })
    }
}

fn time<'r>(reader: &mut impl Reader<'r>) -> Result<Duration, Error> {
    let any = AnyRef::decode(reader)?;
    match any.tag() {
        Tag::UtcTime => any.decode_as::<UtcTime>().map(|time| time.to_unix_duration()),
        _ => any.decode_as::<GeneralizedTime>().map(|time| time.to_unix_duration()),
    }
}
