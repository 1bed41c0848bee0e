//! Pages that viewers' browsers would open. Where an answer sends them is the server's choice; what
//! they ask there is known.

use claimproof_suite::{Held, NoVerdict};
use claimproof_vectors::ManageMethod;
use claimproof_vectors::flow::{Content, Forged};
use url::Url;

use super::moves::Done;
use super::{Consequence, Rehearsal, lock};
use crate::connect::administration::entries;
use crate::connect::browser::opened;
use crate::target::{Fields, Method, Rendered, render};

/// Where the providers of a run listen.
const PROVIDER: &str = "http://127.0.0.1:{port of the suite}/{tag of the case}";

impl Rehearsal<'_> {
    fn login(&self, held: &Held) -> Result<Url, NoVerdict> {
        let method = self.subject.client.method(ManageMethod::Login)?;
        Ok(self.subject.client.wire.url(&render(method, &self.fields(held))?))
    }

    pub(super) fn call_back(
        &self,
        held: &Held,
        begins: &str,
        returns: &str,
        forged: Forged,
        about: &str,
    ) -> Done {
        self.begin_login(held, begins, about)?;
        if let Forged::Again | Forged::UsedState { .. } = forged {
            self.follow(held, returns)?;
        }
        if let Forged::UsedState { code_of } = forged {
            self.begin_login(held, code_of, about)?;
        }
        self.follow(held, returns)
    }

    /// The login a viewer's browser opens first.
    pub(super) fn begin_login(&self, held: &Held, viewer: &str, about: &str) -> Done {
        let login = self.login(held)?;
        self.open(held, viewer, &login, about)
    }

    pub(super) fn visit(
        &self,
        held: &mut Held,
        viewer: &str,
        content: Content,
        solo: bool,
        about: &str,
    ) -> Done {
        self.page(
            held,
            if solo { ManageMethod::VisitSolo } else { ManageMethod::Visit },
            viewer,
            content,
            about,
        )?;
        if solo { self.follow(held, viewer) } else { Ok(()) }
    }

    /// A page of content, by the method that opens it.
    pub(super) fn page(
        &self,
        held: &mut Held,
        name: ManageMethod,
        viewer: &str,
        content: Content,
        about: &str,
    ) -> Done {
        let content = self.lent(held, content)?;
        let method = self.subject.client.method(name)?;
        let mut fields = self.fields(held);
        fields.extend(entries([("content", content)]));
        let url = self.subject.client.wire.url(&render(method, &fields)?);
        self.open(held, viewer, &url, about)
    }

    /// A viewer's browser opens a page of the server; it is logged in there when it first does so
    /// in a run.
    fn open(&self, held: &Held, viewer: &str, url: &Url, about: &str) -> Done {
        let request = self.browsed(held, viewer, url)?;
        self.write_to(url.as_str(), about, &request, 1, None);
        Ok(())
    }

    fn browsed(&self, held: &Held, viewer: &str, url: &Url) -> Result<Rendered, NoVerdict> {
        self.log_in(held, viewer)?;
        let mut request = opened(url);
        request.headers.push(("cookie".to_owned(), self.mark(format!("cookies of {viewer}"))));
        self.at(&mut request, held);
        Ok(request)
    }

    fn log_in(&self, held: &Held, viewer: &str) -> Done {
        let method = self.subject.client.method(ManageMethod::ViewerLogin)?;
        let user = self.subject.client.players.player(viewer)?.id.clone();
        if !lock(&self.viewers).insert(viewer.to_owned()) {
            return Ok(());
        }
        let mut fields = self.fields(held);
        fields.insert("user".to_owned(), user);
        if self.subject.client.secret_of(viewer).is_ok() {
            fields.insert("password".to_owned(), self.mark(format!("password of {viewer}")));
        }
        self.steps(held, method, viewer, &mut fields, true)
    }

    /// The first request of a login at the server and those behind it, in order.
    fn steps(
        &self,
        held: &Held,
        method: &Method,
        viewer: &str,
        fields: &mut Fields,
        first: bool,
    ) -> Done {
        let mut request = render(method, fields)?;
        if !first {
            request.headers.push(("cookie".to_owned(), self.mark(format!("cookies of {viewer}"))));
        }
        self.at(&mut request, held);
        let created = first.then(|| Consequence::Creates(format!("a browser session of {viewer}")));
        let about =
            format!("{viewer} logs in, once a run or with cases beside each other more often");
        self.write(&about, &request, 1, created);
        fields.extend(method.read.keys().map(|name| (name.clone(), self.mark(name.as_str()))));
        method.then.iter().try_for_each(|next| self.steps(held, next, viewer, fields, false))
    }

    /// The rest of a login: where each answer sends the browser.
    pub(super) fn follow(&self, held: &Held, viewer: &str) -> Done {
        let accept = vec![("accept".to_owned(), "text/html".to_owned())];
        self.ask_provider(
            "authorize?{as the server says}",
            accept,
            "the provider's page, which grants",
        );
        let callback =
            format!("{}?{{as the provider says, or altered}}", self.subject.client.callback());
        let request = self.browsed(held, viewer, self.subject.client.wire.base())?;
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
