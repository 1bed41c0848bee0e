//! What is remembered of a call: nothing that lets another one in.

use super::{hmac_kid, rsa_kid};
use crate::case::Case;
use crate::cases::{answers, memory};
use crate::change::Change;
use crate::sign::{Alg, Signature};

pub(super) fn cases() -> Vec<Case> {
    let rows = vec![
        (
            "forged",
            "A token signed with a foreign secret, four times",
            hmac_kid(),
            Change::Sign(Signature::By("secret.foreign", Alg::Hs256)),
        ),
        (
            "forged-rsa",
            "A token signed with a foreign key, four times",
            rsa_kid(),
            Change::Sign(Signature::By("key.foreign", Alg::Rs256)),
        ),
        (
            "unsigned",
            "An unsigned token, four times",
            hmac_kid(),
            Change::Alg("\"none\"", Signature::Empty),
        ),
    ];
    let other = Change::claim("name", "\"Another Caller\"");
    let mut cases = memory::refused_again("access_refused", rows);
    cases.extend(memory::grafted("access_refused", &hmac_kid(), &other));
    let forged = Change::Sign(Signature::By("secret.foreign", Alg::Hs256));
    cases.extend(memory::kept_alive("access_refused", &hmac_kid(), &forged));
    cases.extend(answers::cases(&hmac_kid()));
    cases
}
