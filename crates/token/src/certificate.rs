//! Of an X.509 certificate (RFC 5280 section 4.1) the public key.
//!
//! Every field is stepped over by its tag and length; names, dates, extensions and the signature are
//! not looked into, since a key is configured here and no chain is built.

use spki::der::{Decode, Error, Reader, SliceReader, Tag, Tagged, asn1::AnyRef};
use spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};

/// The tag of the version, which version 1 leaves out.
const VERSION: u8 = 0xa0;

pub(crate) fn public_key(der: &[u8]) -> Result<SubjectPublicKeyInfoRef<'_>, Error> {
    let mut reader = SliceReader::new(der)?;
    let key = reader.sequence(|certificate| {
        let key = certificate.sequence(to_be_signed)?;
        AlgorithmIdentifierRef::decode(certificate)?;
        field(certificate, Tag::BitString)?;
        Ok::<_, Error>(key)
    })?;
    reader.finish()?;
    Ok(key)
}

fn to_be_signed<'d>(reader: &mut SliceReader<'d>) -> Result<SubjectPublicKeyInfoRef<'d>, Error> {
    if reader.peek_byte() == Some(VERSION) {
        reader.tlv_bytes()?;
    }
    field(reader, Tag::Integer)?; // serialNumber
    AlgorithmIdentifierRef::decode(reader)?;
    for _issuer_validity_subject in 0..3 {
        field(reader, Tag::Sequence)?;
    }
    let key = SubjectPublicKeyInfoRef::decode(reader)?;
    while !reader.is_finished() {
        reader.tlv_bytes()?; // unique identifiers and extensions
    }
    Ok(key)
}

fn field(reader: &mut SliceReader<'_>, due: Tag) -> Result<(), Error> {
    AnyRef::decode(reader)?.tag().assert_eq(due).map(drop)
}
