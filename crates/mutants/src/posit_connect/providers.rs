//! What a provider said, told otherwise or taken for something else.

use claimproof_reference::{PositConnect, Steps};
use claimproof_verifier::posit_connect::{Effect, Phase, ProviderText, Violation};

use super::{PROFILE, on_effect};
use crate::mutant::{Mutant, edited};

pub(super) fn mutants() -> Vec<Mutant> {
    [providers(), confusions()].concat()
}

mutants! {
    /// What a provider said, told otherwise.
    fn providers in PROFILE, edited::<PositConnect>;

    "hides-login-error", "What the provider says at login is not shown", AT_LOGIN =>
        |connect| {
            on_effect(connect, |_, effect| {
                said(effect, Phase::Redemption, |_| ProviderText::default())
            })
        };
    "hides-error-name", "Of what the provider says at login the error's name is left out",
        ["PCO-KC-01", "PCO-KC-03", "PCO-GN-02", "PCX-20"] =>
        |connect| {
            on_effect(connect, |_, effect| {
                said(effect, Phase::Redemption, |text| ProviderText { error: None, ..text })
            })
        };
    "hides-application", "What the provider says is told without the ID of the application",
        ["PCO-AZ-17"] =>
        |connect| {
            on_effect(connect, |state, effect| {
                let ids: Vec<&str> =
                    state.integrations.values().map(|one| one.config.client_id.as_str()).collect();
                let hidden =
                    |text: String| ids.iter().fold(text, |text, id| text.replace(id, "(hidden)"));
                let told = |text: ProviderText| ProviderText {
                    description: text.description.map(hidden),
                    ..text
                };
                said(said(effect, Phase::Redemption, told), Phase::Refresh, told)
            })
        };
    "hides-description", "Of what the provider says at login only the name is shown", AT_LOGIN =>
        |connect| {
            on_effect(connect, |_, effect| {
                said(effect, Phase::Redemption, |text| ProviderText { description: None, ..text })
            })
        };
}

mutants! {
    /// What a provider said, taken for something else.
    fn confusions in PROFILE, edited::<PositConnect>;

    "errors-are-answers", "Neither status nor error of a provider's answer is looked at",
        [AT_LOGIN, AT_REFRESH].concat() =>
        |connect| {
            let looked = [
                "redemption_status",
                "redemption_without_error",
                "refresh_status",
                "refresh_without_error",
            ];
            connect.flow.redemption.leave_out(&looked);
            connect.flow.refresh.leave_out(&looked);
        };
    "hides-refresh-error", "What the provider says at a refresh is not passed on", AT_REFRESH =>
        |connect| {
            on_effect(connect, |_, effect| {
                said(effect, Phase::Refresh, |_| ProviderText::default())
            })
        };
    "error-as-missing-refresh-token",
        "Every failed redemption is told to be a missing refresh token",
        AT_LOGIN =>
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
            })
        };
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
