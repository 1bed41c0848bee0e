//! From a request on the wire to its answer.

use std::convert::Infallible;
use std::sync::Arc;

use http::header::DATE;
use http::request::Parts;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};

use crate::received::Received;
use crate::reply::Reply;
use crate::server::Server;
use crate::{DEADLINE, clock};

const MAX_BODY: usize = 256 * 1024;
/// How much of a body beyond that is read and thrown away, so that its sender hears why.
const MAX_DRAINED: usize = 32 * 1024 * 1024;

/// A body read to its end; `None` where it is too large or breaks off.
async fn whole(mut body: Incoming) -> Option<Bytes> {
    let (mut kept, mut length) = (Vec::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let frame = frame.ok()?;
        let chunk = frame.data_ref().map(AsRef::as_ref).unwrap_or_default();
        length = length.saturating_add(chunk.len());
        if length <= MAX_BODY {
            kept.extend_from_slice(chunk);
        } else if MAX_DRAINED < length {
            return None;
        }
    }
    (length <= MAX_BODY).then(|| kept.into())
}

/// What a request is answered, its body read and the edits of a mutant applied.
pub(crate) async fn answer(
    server: Arc<Server>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (mut parts, body) = request.into_parts();
    let mut of_this_one = None;
    let unread = |status, why: &str| Reply::new(status, "text/plain", format!("{why}\n"));
    let body = tokio::time::timeout(DEADLINE, whole(body)).await;
    if let Some(refusal) = server.hosts.refusal(&parts) {
        return Ok(refusal.into_response());
    }
    let read = match body {
        Ok(Some(mut body)) => {
            of_this_one = server.front.as_ref().and_then(|front| front(&mut parts, &mut body));
            Ok(received(&server, parts, body))
        }
        Ok(None) => Err((parts, unread(413, "the body is too large or broke off"))),
        Err(_) => Err((parts, unread(408, "the body did not arrive in time"))),
    };
    let reply = match read {
        Ok(call) => server.route(&call).await,
        Err((parts, plain)) => server.service.unread(&parts.headers, parts.uri.path(), plain),
    };
    let edits = server.edit.iter().chain(&of_this_one);
    let mut response = edits.fold(reply, |reply, edit| edit(reply)).into_response();
    if let Some(date) = server.moved().and_then(clock::date) {
        response.headers_mut().insert(DATE, date);
    }
    Ok(response)
}

fn received(server: &Server, parts: Parts, body: Bytes) -> Received {
    Received {
        now: server.now(&parts.headers),
        token: server.token.clone(),
        method: parts.method,
        uri: parts.uri,
        headers: parts.headers,
        body,
    }
}
