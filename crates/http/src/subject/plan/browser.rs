//! Pages that viewers' browsers would open. Where an answer sends them is the server's choice; what they ask there is known.

use claimproof_suite::{NoVerdict, Stage};
use claimproof_vectors::ManageMethod;
use claimproof_vectors::flow::{Content, Forged};
use url::Url;

use super::moves::Done;
use super::{Effect, Rehearsal, lock};
use crate::subject::flow::administration::entries;
use crate::subject::flow::browser::opened;
use crate::target::{Fields, Method, Rendered, render};

/// Where the providers of a run listen.
const PROVIDER: &str = "http://127.0.0.1:{port of the suite}/{tag of the case}";

impl Rehearsal<'_> {
    fn login(&self, stage: &Stage) -> Result<Url, NoVerdict> {
        let method = self.subject.method(ManageMethod::Login)?;
        Ok(self.subject.wire.url(&render(method, &self.fields(stage)).map_err(NoVerdict::Lost)?))
    }

    pub(super) fn call_back(
        &self,
        stage: &Stage,
        begins: &str,
        returns: &str,
        forged: Forged,
        about: &str,
    ) -> Done {
        self.begin_login(stage, begins, about)?;
        if let Forged::Again | Forged::UsedState { .. } = forged {
            self.follow(stage, returns)?;
        }
        if let Forged::UsedState { code_of } = forged {
            self.begin_login(stage, code_of, about)?;
        }
        self.follow(stage, returns)
    }

    /// The login a viewer's browser opens first.
    pub(super) fn begin_login(&self, stage: &Stage, viewer: &str, about: &str) -> Done {
        let login = self.login(stage)?;
        self.open(stage, viewer, &login, about)
    }

    pub(super) fn visit(
        &self,
        stage: &mut Stage,
        viewer: &str,
        content: Content,
        solo: bool,
        about: &str,
    ) -> Done {
        self.page(
            stage,
            if solo { ManageMethod::VisitSolo } else { ManageMethod::Visit },
            viewer,
            content,
            about,
        )?;
        if solo { self.follow(stage, viewer) } else { Ok(()) }
    }

    /// A page of content, by the method that opens it.
    pub(super) fn page(
        &self,
        stage: &mut Stage,
        name: ManageMethod,
        viewer: &str,
        content: Content,
        about: &str,
    ) -> Done {
        let content = self.lent(stage, content)?;
        let method = self.subject.method(name)?;
        let mut fields = self.fields(stage);
        fields.extend(entries([("content", content)]));
        let url = self.subject.wire.url(&render(method, &fields).map_err(NoVerdict::Lost)?);
        self.open(stage, viewer, &url, about)
    }

    /// A viewer's browser opens a page of the server; it is logged in there when it first does so in a run.
    fn open(&self, stage: &Stage, viewer: &str, url: &Url, about: &str) -> Done {
        let request = self.browsed(stage, viewer, url)?;
        self.write_to(url.as_str(), about, &request, 1, None);
        Ok(())
    }

    fn browsed(&self, stage: &Stage, viewer: &str, url: &Url) -> Result<Rendered, NoVerdict> {
        self.log_in(stage, viewer)?;
        let mut request = opened(url);
        request.headers.push(("cookie".to_owned(), self.mark(format!("cookies of {viewer}"))));
        self.at(&mut request, stage);
        Ok(request)
    }

    fn log_in(&self, stage: &Stage, viewer: &str) -> Done {
        let method = self.subject.method(ManageMethod::ViewerLogin)?;
        let user = self.subject.players.player(viewer)?.id.clone();
        if !lock(&self.viewers).insert(viewer.to_owned()) {
            return Ok(());
        }
        let mut fields = self.fields(stage);
        fields.insert("user".to_owned(), user);
        if self.subject.secret_of(viewer).is_ok() {
            fields.insert("password".to_owned(), self.mark(format!("password of {viewer}")));
        }
        self.steps(stage, method, viewer, &mut fields, true)
    }

    /// The first request of a login at the server and those behind it, in order.
    fn steps(
        &self,
        stage: &Stage,
        method: &Method,
        viewer: &str,
        fields: &mut Fields,
        first: bool,
    ) -> Done {
        let mut request = render(method, fields).map_err(NoVerdict::Lost)?;
        if !first {
            request.headers.push(("cookie".to_owned(), self.mark(format!("cookies of {viewer}"))));
        }
        self.at(&mut request, stage);
        let created = first.then(|| Effect::Creates(format!("a browser session of {viewer}")));
        let about =
            format!("{viewer} logs in, once a run or with cases beside each other more often");
        self.write(&about, &request, 1, created);
        fields.extend(method.read.keys().map(|name| (name.clone(), self.mark(name.as_str()))));
        method.then.iter().try_for_each(|next| self.steps(stage, next, viewer, fields, false))
    }

    /// The rest of a login: where each answer sends the browser.
    pub(super) fn follow(&self, stage: &Stage, viewer: &str) -> Done {
        let accept = vec![("accept".to_owned(), "text/html".to_owned())];
        self.ask_provider(
            "authorize?{as the server says}",
            accept,
            "the provider's page, which grants",
        );
        let callback = format!("{}?{{as the provider says, or altered}}", self.subject.callback());
        let request = self.browsed(stage, viewer, self.subject.wire.base())?;
        self.write_to(&callback, "the browser comes back from the provider", &request, 1, None);
        let about = "and on, where the server sends the browser: at most ten redirects, on this server alone";
        self.write_to("{where the server sends the browser}", about, &request, 1, None);
        Ok(())
    }

    /// A request to a provider of the suite's own, on this machine.
    pub(super) fn ask_provider(&self, path: &str, headers: Vec<(String, String)>, about: &str) {
        let (method, path_of, query) = ("GET".to_owned(), String::new(), Vec::new());
        let request = Rendered { method, path: path_of, query, headers, body: String::new() };
        self.write_to(
            &format!("{PROVIDER}/{path}"),
            &format!("{about} (the suite's own)"),
            &request,
            1,
            None,
        );
    }
}
