//! Accounts that are not what their roles must be end a run before grading, and the role is named.

use rstest::rstest;

use crate::cli::common::{Ran, Served, claimproof, command, path, ran};

/// The target file with the keys of one account in the place of another's: role, and whose.
fn swapped(text: &str, changes: &[(&str, &str)]) -> String {
    let mut tables: Vec<String> = text.split("[[account]]\n").map(str::to_owned).collect();
    let of = |role: &str| format!("role = \"{role}\"\n");
    for (role, whose) in changes {
        let found = tables.iter().find(|table| table.starts_with(&of(whose))).unwrap();
        let other = found.replacen(&of(whose), &of(role), 1);
        let own = tables.iter_mut().find(|table| table.starts_with(&of(role))).unwrap();
        *own = other;
    }
    tables.join("[[account]]\n")
}

fn judged(served: &Served, text: &str, more: &[&str]) -> Ran {
    let target = served.file("wrong.toml", text);
    claimproof(&[&["conform", "--target", path(&target), "--progress", "never"], more].concat())
}

#[rstest]
#[case::another_list(
    &[("site.listed", "site.empty")],
    "the account `site.listed`",
    "it lists https://portal.example alone, or the host that [hosts] has in its place",
    "accepted/listed is refused with 10092"
)]
#[case::a_secret_too_many(
    &[("app.managed", "app.ok"), ("secret.of-managed", "secret.ok")],
    "the account `app.managed`",
    "it is enabled there too, with one secret",
    "another secret is refused with 128"
)]
#[case::a_user_who_may_not_sign_in(
    &[("user.second", "user.barred")],
    "the account `user.second`",
    "it may sign in on every site here",
    "accepted/second-user is refused with 16"
)]
fn a_wrong_account_is_named(
    #[case] changes: &[(&str, &str)],
    #[case] role: &str,
    #[case] must: &str,
    #[case] seen: &str,
) {
    let served = Served::start("tableau-connected-app");
    let text = swapped(&std::fs::read_to_string(served.target()).unwrap(), changes);
    let ran =
        judged(&served, &text, &[]).ends(3).says(&[role, must, seen, "--trust-accounts grades it"]);
    assert!(ran.stdout.is_empty(), "nothing is graded: {}", ran.stdout);
    judged(&served, &text, &["--trust-accounts"]).ends(1);
}

#[test]
fn who_may_not_administer_is_named() {
    let served = Served::start("tableau-connected-app");
    let text = std::fs::read_to_string(served.target()).unwrap();
    let office = "\n[[account]]\nrole = \"management\"\nid = \"office\"\nsecret_env = \"CLAIMPROOF_TEST_OFFICE\"\n";
    // Without a sign-in nothing is read of an answer.
    let target = served.file("lacking.toml", &format!("{text}{office}"));
    claimproof(&["conform", "--target", path(&target)])
        .ends(2)
        .says(&["nothing stands for {site_id} here"]);
    let text = text.replacen("[session]\n", "[session]\nfields = { site_id = \"anywhere\" }\n", 1);
    let target = served.file("office.toml", &(text + office));
    let mut run = command(&["conform", "--target", path(&target), "--progress", "never"]);
    let child = run.env("CLAIMPROOF_TEST_OFFICE", "a session that nobody opened").spawn().unwrap();
    ran(child).ends(3).says(&[
        "the account `management` (`office`)",
        "it administers the sites",
        "adding a secret to `app.managed` is refused (status 401)",
    ]);
}

#[test]
fn the_environment_says_where_a_target_is() {
    let served = Served::start("workato-api");
    let target = served.target_with(&served.url, "http://127.0.0.1:9");
    let args = ["conform", "--target", path(&target), "--exact", "workato-api/accepted/hmac-kid"];
    ran(command(&args).env("CLAIMPROOF_URL", &served.url).spawn().unwrap()).ends(0);
    let wrong = ran(command(&args).env("CLAIMPROOF_URL", "localhost:80").spawn().unwrap());
    wrong.ends(2).says(&["the environment variable CLAIMPROOF_URL: an address like http://127.0.0.1:8080 is expected"]);
}
