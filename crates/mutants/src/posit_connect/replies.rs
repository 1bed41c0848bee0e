//! Right decisions, told wrongly.

use claimproof_reference::Steps;
use claimproof_server::reply::Reply;
use claimproof_verifier::posit_connect::{Effect, Phase, ProviderText, Violation};
use serde_json::{Value, json};

use super::{PROFILE, connect, on_effect};
use crate::mutant::{Breaks, Mutant};
use crate::shared::reply;

pub(super) fn mutants() -> Vec<Mutant> {
    [texts(), numbers(), shapes(), providers(), confusions(), pages()].concat()
}

fn told(name: &str, title: &str, breaks: &[&'static str], edit: fn(Reply) -> Reply) -> Mutant {
    Mutant::new(PROFILE, name, title, breaks, reply(edit))
}

/// The envelope of a refused API call, changed.
fn envelope(reply: Reply, change: impl Fn(i64, &str) -> Value) -> Reply {
    let own: Option<(i64, String)> =
        serde_json::from_str::<Value>(&reply.body).ok().filter(|_| reply.refuses).and_then(
            |body| Some((body.get("code")?.as_i64()?, body.get("error")?.as_str()?.to_owned())),
        );
    match own {
        Some((code, error)) => Reply { body: change(code, &error).to_string(), ..reply },
        None => reply,
    }
}

/// One text said otherwise, in envelopes and on pages.
fn replaced(reply: Reply, text: &str, by: &str) -> Reply {
    Reply { body: reply.body.replace(text, by), ..reply }
}

#[expect(clippy::too_many_lines, reason = "one table, a row a mutant")]
fn texts() -> Vec<Mutant> {
    vec![
        told(
            "subject-text-with-number",
            "The text of 215 has its number in front",
            &["PCO-ST-01", "PCO-ST-03", "PCO-GN-02"],
            |reply| {
                replaced(
                    reply,
                    "Invalid subject_token",
                    "Connect API Error 215: Invalid subject_token",
                )
            },
        ),
        told(
            "association-text-without-stop",
            "The text of 212 lacks its full stop",
            &["PCO-AS-01", "PCO-AS-02", "PCO-AS-03", "PCO-AS-06", "PCO-SE-07"],
            |reply| {
                replaced(
                    reply,
                    "associated with this content item.",
                    "associated with this content item",
                )
            },
        ),
        told(
            "session-text-cut",
            "The text of 220 is its first sentence alone",
            &["PCO-SE-01", "PCO-SE-02", "PCO-SE-03", "PCO-SE-07", "PCX-15"],
            |reply| {
                replaced(
                    reply,
                    " Log in to the OAuth Integration before requesting credentials.",
                    "",
                )
            },
        )
        .breaking(Breaks::EveryRefusal),
        told(
            "refresh-text-without-hint",
            "The text of a missing refresh token lacks the hint at offline_access",
            &["PCO-RT-02", "PCO-RT-01", "PCO-RT-09", "PCO-GH-01"],
            |reply| {
                replaced(
                    reply,
                    " Are you missing the offline_access scope in the OAuth integration configuration?",
                    "",
                )
            },
        ),
        told(
            "association-list-bare",
            "A listed association does not name its integration",
            &["PCX-18", "PCX-14", "PCO-AS-04"],
            |reply| {
                if reply.body.contains("\"app_guid\"") {
                    replaced(reply, "\"oauth_integration_guid\"", "\"integration\"")
                } else {
                    reply
                }
            },
        ),
        told(
            "login-says-nothing",
            "A failed login says only that it failed",
            &["PCO-RT-02"],
            |reply| {
                let is_page = reply
                    .headers
                    .iter()
                    .any(|(name, value)| *name == "content-type" && value.starts_with("text/html"));
                if reply.refuses && is_page {
                    Reply { body: "<p>The login failed.</p>".to_owned(), ..reply }
                } else {
                    reply
                }
            },
        )
        .breaking(Breaks::EveryRefusal),
    ]
}

fn numbers() -> Vec<Mutant> {
    vec![
        told(
            "216-for-215",
            "A rejected subject token is answered with 216",
            &["PCO-ST-01", "PCO-ST-03", "PCX-09"],
            |reply| {
                envelope(
                    reply,
                    |code, error| json!({ "code": if code == 215 { 216 } else { code }, "error": error }),
                )
            },
        ),
        told("code-as-text", "The envelope's code is a string", &["PCX-03"], |reply| {
            envelope(
                reply,
                |code, error| json!({ "code": code.to_string(), "error": error, "payload": null }),
            )
        })
        .breaking(Breaks::EveryRefusal),
        told(
            "association-says-session",
            "Unassociated content gets the text of a missing session",
            &["PCO-AS-01", "PCO-AS-03", "PCO-AS-06", "PCO-SE-07"],
            |reply| {
                replaced(
                    reply,
                    "No OAuth integrations have been associated with this content item.",
                    "No OAuth session found. Log in to the OAuth Integration before requesting credentials.",
                )
            },
        ),
    ]
}

#[expect(clippy::too_many_lines, reason = "one table, a row a mutant")]
fn shapes() -> Vec<Mutant> {
    vec![
        told("oauth-error-shape", "Errors have the shape of RFC 6749", &["PCX-03"], |reply| {
            envelope(
                reply,
                |_, error| json!({ "error": "invalid_request", "error_description": error }),
            )
        })
        .breaking(Breaks::EveryRefusal),
        told(
            "errors-as-plain-text",
            "Errors are JSON, declared as plain text",
            &["PCX-17", "PCX-03"],
            |mut reply| {
                if reply.refuses && reply.body.starts_with('{') {
                    reply.headers.iter_mut().filter(|(name, _)| *name == "content-type").for_each(
                        |(_, value)| {
                            "text/plain".clone_into(value);
                        },
                    );
                }
                reply
            },
        ),
        told("refusal-with-200", "Refusals have status 200", &["PCO-GN-02"], |reply| Reply {
            status: if reply.refuses { 200 } else { reply.status },
            ..reply
        })
        .breaking(Breaks::EveryRefusal),
        // Of one sentence alone: after ten outages in a row a run waits no longer, and where that is, chance decides.
        told(
            "refusal-with-500",
            "A refusal of the subject token type has status 500",
            &["PCO-GN-02"],
            |reply| Reply {
                status: if reply.refuses && reply.body.contains("subject_token_type") {
                    500
                } else {
                    reply.status
                },
                ..reply
            },
        )
        .breaking(Breaks::EveryRefusal),
        told(
            "success-without-types",
            "A success names neither its issued type nor its token type",
            &["PCX-04"],
            |reply| match serde_json::from_str::<Value>(&reply.body) {
                Ok(Value::Object(mut members)) if members.contains_key("access_token") => {
                    members.remove("issued_token_type");
                    members.remove("token_type");
                    Reply { body: Value::Object(members).to_string(), ..reply }
                }
                _ => reply,
            },
        ),
        told(
            "provider-markup-as-it-is",
            "A provider's text is put into the page as markup",
            &["RFC6749-10.14", "PCO-GN-02"],
            |reply| {
                let unescaped = [
                    ("&lt;", "<"),
                    ("&gt;", ">"),
                    ("&quot;", "\""),
                    ("&#39;", "'"),
                    ("&apos;", "'"),
                    ("&amp;", "&"),
                ];
                let body = unescaped
                    .iter()
                    .fold(reply.body.clone(), |body, (entity, plain)| body.replace(entity, plain));
                Reply { body, ..reply }
            },
        ),
    ]
}

/// The dashboard, and a status nobody has a name for.
fn pages() -> Vec<Mutant> {
    const DASHBOARD: &[&str] = &["PCO-SE-05"];
    vec![
        told(
            "dashboard-offers-nothing",
            "The dashboard offers a viewer no login",
            DASHBOARD,
            |reply| {
                if !reply.body.contains(ACCESS) {
                    return reply;
                }
                Reply { body: ACCESS.to_owned(), ..reply }
            },
        ),
        told(
            "dashboard-leads-away",
            "The dashboard begins the login by itself",
            DASHBOARD,
            |reply| {
                replaced(
                    reply,
                    ACCESS,
                    "<title>Access</title><meta http-equiv=\"refresh\" content=\"0\">",
                )
            },
        ),
        told(
            "status-nobody-knows",
            "Missing associations and sessions are answered with status 499",
            &["PCO-AS-02", "PCO-SE-02", "PCX-03"],
            |reply| {
                let own = ["{\"code\":212,", "{\"code\":220,"]
                    .iter()
                    .any(|start| reply.body.starts_with(start));
                Reply { status: if own { 499 } else { reply.status }, ..reply }
            },
        ),
    ]
}

const ACCESS: &str = "<title>Access</title>";

/// What a provider said, told otherwise.
#[expect(clippy::too_many_lines, reason = "one table, a row a mutant")]
fn providers() -> Vec<Mutant> {
    vec![
        connect(
            "hides-login-error",
            "What the provider says at login is not shown",
            AT_LOGIN,
            |connect| {
                on_effect(connect, |_, effect| {
                    said(effect, Phase::Redemption, |_| ProviderText::default())
                });
            },
        ),
        connect(
            "hides-error-name",
            "Of what the provider says at login the error's name is left out",
            &["PCO-KC-01", "PCO-KC-03", "PCO-GN-02", "PCX-20"],
            |connect| {
                on_effect(connect, |_, effect| {
                    said(effect, Phase::Redemption, |text| ProviderText { error: None, ..text })
                });
            },
        ),
        connect(
            "hides-application",
            "What the provider says is told without the ID of the application",
            &["PCO-AZ-17"],
            |connect| {
                on_effect(connect, |state, effect| {
                    let ids: Vec<&str> = state
                        .integrations
                        .values()
                        .map(|one| one.config.client_id.as_str())
                        .collect();
                    let hidden = |text: String| {
                        ids.iter().fold(text, |text, id| text.replace(id, "(hidden)"))
                    };
                    let told = |text: ProviderText| ProviderText {
                        description: text.description.map(hidden),
                        ..text
                    };
                    said(said(effect, Phase::Redemption, told), Phase::Refresh, told)
                });
            },
        ),
        connect(
            "hides-description",
            "Of what the provider says at login only the name is shown",
            AT_LOGIN,
            |connect| {
                on_effect(connect, |_, effect| {
                    said(effect, Phase::Redemption, |text| ProviderText {
                        description: None,
                        ..text
                    })
                });
            },
        ),
    ]
}

/// What a provider said, taken for something else.
fn confusions() -> Vec<Mutant> {
    vec![
        connect(
            "errors-are-answers",
            "Neither status nor error of a provider's answer is looked at",
            AT_LOGIN,
            |connect| {
                let looked = [
                    "redemption_status",
                    "redemption_without_error",
                    "refresh_status",
                    "refresh_without_error",
                ];
                connect.flow.redemption.leave_out(&looked);
                connect.flow.refresh.leave_out(&looked);
            },
        )
        .breaking(Breaks::Ids([AT_LOGIN, AT_REFRESH].concat())),
        connect(
            "hides-refresh-error",
            "What the provider says at a refresh is not passed on",
            AT_REFRESH,
            |connect| {
                on_effect(connect, |_, effect| {
                    said(effect, Phase::Refresh, |_| ProviderText::default())
                });
            },
        ),
        connect(
            "error-as-missing-refresh-token",
            "Every failed redemption is told to be a missing refresh token",
            AT_LOGIN,
            |connect| {
                on_effect(connect, |_, effect| match effect {
                    Effect::Refused(mut refusal)
                        if matches!(
                            refusal.violation,
                            Some(Violation::Provider(Phase::Redemption, _))
                        ) =>
                    {
                        refusal.violation = Some(Violation::MissingRefreshToken);
                        Effect::Refused(refusal)
                    }
                    other => other,
                });
            },
        ),
    ]
}

const AT_LOGIN: &[&str] = &[
    "PCO-AZ-05",
    "PCO-AZ-07",
    "PCO-AZ-17",
    "PCO-KC-01",
    "PCO-KC-03",
    "PCO-KC-04",
    "PCO-GN-02",
    "PCX-20",
    "PCO-RT-08",
];
const AT_REFRESH: &[&str] = &[
    "PCO-AZ-14",
    "PCO-AZ-16",
    "PCO-AZ-17",
    "PCO-KC-02",
    "PCO-KC-03",
    "PCO-KC-05",
    "PCO-GN-02",
    "PCO-RT-04",
];

fn said(effect: Effect, due: Phase, change: impl Fn(ProviderText) -> ProviderText) -> Effect {
    let Effect::Refused(mut refusal) = effect else { return effect };
    refusal.violation = match refusal.violation {
        Some(Violation::Provider(phase, text)) if phase == due => {
            Some(Violation::Provider(phase, change(text)))
        }
        other => other,
    };
    Effect::Refused(refusal)
}
