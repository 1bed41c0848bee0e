//! How far ahead `exp` may lie: the longest lifetime, ten minutes unless the target file states another.
//!
//! A vendor's pages differ on it, so without a stated value only what breaks all of them is refused.

use super::super::scenes::{embed, listed, rest, second_user, xhr};
use super::super::{TOO_LONG, case};
use super::times::{DAY, exp};
use crate::case::Case;
use crate::change::{Change, Edit};
use crate::expect::{Answer, Expect};
use crate::scene::Scene;

pub(super) fn cases() -> Vec<Case> {
    [too_long(), over(), within(), edges(), longest(), measured()].concat()
}

/// `exp` at the longest lifetime and so many seconds more.
pub(super) const fn beyond(by: i64) -> Change {
    Change::Claim("exp", Edit::BeyondLimit(by))
}

/// Beyond every value any page names, by more than ten minutes.
fn too_long() -> Vec<Case> {
    let refused = |id: &str, title: &str, scene: Scene, by| {
        let cites = &["TCA-10096-exp", "TCA-16-exp-long", "TCA-10096-configured"];
        case(id, title, &scene, cites, beyond(by), Expect::refuse(TOO_LONG))
    };
    let clock = |id: &str, title: &str, by| {
        let cites = &["TCA-CLOCK-external", "TCA-CLOCK-reject", "TCA-10096-exp"];
        case(id, title, &embed(), cites, beyond(by), Expect::refuse(TOO_LONG))
    };
    cases! {
        refused:
            "10096/an-hour", "exp an hour ahead": embed(), 3000;
            "10096/a-day", "exp a day ahead": embed(), DAY;
            "10096/a-year", "exp a year ahead": embed(), 365 * DAY;
            "10096/an-hour-rest", "exp an hour ahead, on REST": rest(), 3000;
            "10096/an-hour-listed", "exp an hour ahead, from a listed page": listed(), 3000;
            "16/an-hour-second-user", "exp an hour ahead for another user": second_user(), 3000;
            "16/a-day-xhr", "exp a day ahead, in the library's request": xhr(), DAY;
            "16/a-week", "exp a week ahead": embed(), 7 * DAY;
        clock:
            "10096/clock-two-hours-ahead", "exp of a local clock two hours ahead of UTC":
                2 * 3600 - 300;
            "16/clock-ten-hours-ahead", "exp of a local clock ten hours ahead of UTC":
                10 * 3600 - 300;
    }
}

fn stated(id: &str, title: &str, cites: &[&'static str], by: i64, expect: Expect) -> Case {
    case(id, title, &embed(), cites, beyond(by), expect)
}

/// Beyond the stated value: by more than any leeway, and by more than a small one.
fn over() -> Vec<Case> {
    let over = &["TCA-10096-exp", "TCA-10096-configured"];
    let large = &["TCA-10096-exp", "TCA-10096-configured", "CPX-small-leeway"];
    let refused = || Expect::refuse(TOO_LONG);
    cases! { stated:
        "10096/660-s-over", "exp eleven minutes beyond the longest lifetime": over, 660, refused();
        "10096/330-s-over", "exp five and a half minutes beyond the longest lifetime":
            large, 330, refused() => hardening(super::leeway::FEW_MINUTES);
    }
}

fn within() -> Vec<Case> {
    let accepted = |id: &str, title: &str, change| {
        let cites = &["TCA-10096-10min", "TCA-16-exp-10min"];
        case(id, title, &embed(), cites, change, Expect::ACCEPT)
    };
    let measured = |id: &str, title: &str, by| {
        let answers = vec![("now", Answer::ACCEPT), ("iat", Answer::refuse(TOO_LONG))];
        let expect = Expect::open("TCA-R-validity-from", answers);
        let cites = &["TCA-10096-exp", "TCA-10096-10min", "TCA-16-exp-10min"];
        case(id, title, &embed(), cites, Change::Claim("iat", Edit::FromNow(by)), expect)
    };
    cases! {
        accepted:
            "10096/60-s-accepted", "exp a minute ahead": exp(60);
            "10096/240-s-accepted", "exp four minutes ahead": exp(240);
            "10096/540-s-accepted", "exp a minute short of the longest lifetime": beyond(-60);
        measured:
            "10096/iat-an-hour-old", "iat an hour in the past, exp five minutes ahead": -3600;
            "10096/iat-a-day-old", "iat a day in the past, exp five minutes ahead": -DAY;
    }
}

/// Exact to the second, so only where the suite sets the clock; `iat` is now.
fn edges() -> Vec<Case> {
    let at = |id: &str, title: &str, by| {
        let cites = &["TCA-10096-10min", "TCA-16-exp-10min"];
        case(id, title, &embed(), cites, beyond(by), Expect::ACCEPT).exact()
    };
    cases! { at:
        "10096/599-s-accepted", "exp a second short of the longest lifetime": -1;
        "10096/600-s-accepted", "exp exactly at the longest lifetime": 0;
    }
}

/// Ten, fifteen or thirty minutes; `iat` is now.
fn longest() -> Vec<Case> {
    let open = |id: &str, title: &str, by, [ten, fifteen, thirty]: [Answer; 3]| {
        let answers = vec![("10-minutes", ten), ("15-minutes", fifteen), ("30-minutes", thirty)];
        let cites = &["TCA-10096-exp", "TCA-10096-configured", "TCA-16-exp-long"];
        let expect = Expect::open("TCA-R-longest-lifetime", answers);
        case(id, title, &embed(), cites, exp(by), expect)
    };
    let [accepted, refused] = [|| Answer::ACCEPT, || Answer::refuse(TOO_LONG)];
    cases! { open:
        "10096/780-s", "exp thirteen minutes ahead": 780, [refused(), accepted(), accepted()];
        "10096/1500-s", "exp twenty-five minutes ahead": 1500, [refused(), refused(), accepted()];
    }
}

/// The leeway at the far end; it shows only where the end is known.
fn measured() -> Vec<Case> {
    let cites = &["TCA-10096-exp", "TCA-10096-10min"];
    let at = |id: &str, title: &str, by, within| {
        let expect = super::leeway::open("TCA-R-leeway-limit", within, Answer::refuse(TOO_LONG));
        stated(id, title, cites, by, expect)
    };
    cases! { at:
        "10096/601-s", "exp a second beyond the longest lifetime": 1, 1 => exact();
        "10096/6-s-over", "exp six seconds beyond the longest lifetime": 6, 2 => exact();
        "10096/66-s-over", "exp sixty-six seconds beyond the longest lifetime": 66, 3;
    }
}
