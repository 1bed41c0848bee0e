//! How it can be another time for a target.

use super::Kind;
use super::targets::{GOOD, LIST};

#[rustfmt::skip]
pub(super) fn kind() -> Kind {
    Kind::new(GOOD, LIST)
        .and("a clock that is not set", "[clock]\n", "clock")
        .and("two ways at once", "[clock]\nheader = \"x-now\"\npatience = 5\n", "clock")
        .and("three ways at once", "[clock]\nheader = \"x-now\"\npatience = 5\nset = { method = \"PUT\", path = \"/now\", text = \"{now}\" }\n", "clock")
        .and("a header that HTTP cannot carry", "[clock]\nheader = \"x now\"\n", "header of the clock")
        .and("a header without a name", "[clock]\nheader = \"\"\n", "header of the clock")
        .and("a header as a list", "[clock]\nheader = [\"x-now\"]\n", "line 15")
        .and("a request that sets no time", "[clock]\nset = { method = \"PUT\", path = \"/now\" }\n", "clock.set")
        .and("a request without a path", "[clock]\nset = { method = \"PUT\", text = \"{now}\" }\n", "line 15")
        .and("a request with a path without slash", "[clock]\nset = { method = \"PUT\", path = \"now\", text = \"{now}\" }\n", "clock.set")
        .and("a request with a header that is none", "[clock]\nset = { method = \"PUT\", path = \"/now\", text = \"{now}\", headers = { \"a b\" = \"c\" } }\n", "clock.set")
        .and("a request with an unknown placeholder", "[clock]\nset = { method = \"PUT\", path = \"/{zone}\", text = \"{now}\" }\n", "clock")
        .and("nothing to set back", "[clock]\nheader = \"x-now\"\nback = { method = \"DELETE\", path = \"/now\" }\n", "clock.back")
        .and("a way back with a query in its path", "[clock]\nset = { method = \"PUT\", path = \"/now\", text = \"{now}\" }\nback = { method = \"DELETE\", path = \"/now?all\" }\n", "clock.back")
        .and("patience without end", "[clock]\npatience = 86400\n", "clock.patience")
        .and("no patience", "[clock]\npatience = 0\n", "clock.patience")
        .and("patience below zero", "[clock]\npatience = -5\n", "clock.patience")
        .and("patience as text", "[clock]\npatience = \"5 s\"\n", "line 15")
        .and("the former place beside the new one", "[capabilities]\nclock_header = \"x-now\"\n[clock]\nheader = \"x-now\"\n", "capabilities.clock_header")
        .and("a header of the former place that is none", "[capabilities]\nclock_header = \"x:now\"\n", "header of the clock")
        .and("an unknown key of a clock", "[clock]\nzone = \"UTC\"\n", "line 15")
}
