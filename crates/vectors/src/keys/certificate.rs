//! X.509 certificates (RFC 5280 section 4.1), of which only the key counts.

use spki::SubjectPublicKeyInfoRef;
use spki::der::asn1::{AnyRef, BitStringRef};
use spki::der::{Decode, Error, Reader, Tag, Tagged};

/// The key of a whole certificate.
pub(super) fn public_key(der: &[u8]) -> Result<SubjectPublicKeyInfoRef<'_>, Error> {
    AnyRef::from_der(der)?.sequence(|fields| {
        let signed: AnyRef<'_> = fields.decode()?;
        sequence(fields)?; // signatureAlgorithm
        BitStringRef::decode(fields)?;
        signed.sequence(key)
    })
}

/// The seventh field of TBSCertificate, or the sixth where version 1 leaves the version out.
fn key<'d, R: Reader<'d>>(fields: &mut R) -> Result<SubjectPublicKeyInfoRef<'d>, Error> {
    let first: AnyRef<'_> = fields.decode()?;
    if first.tag() != Tag::Integer {
        AnyRef::decode(fields)?.tag().assert_eq(Tag::Integer)?; // serialNumber
    }
    for _signature_issuer_validity_subject in 0..4 {
        sequence(fields)?;
    }
    let key = fields.decode()?;
    while !fields.is_finished() {
        AnyRef::decode(fields)?; // unique identifiers, extensions
    }
    Ok(key)
}

fn sequence<'d>(fields: &mut impl Reader<'d>) -> Result<(), Error> {
    AnyRef::decode(fields)?.tag().assert_eq(Tag::Sequence).map(drop)
}
