//! From a request on the wire to its answer.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{Request, Response};
use http_body_util::BodyExt;

use crate::call::Call;
use crate::state::State;
use crate::{DEADLINE, clock};

const MAX_BODY: usize = 256 * 1024;
/// How much of a body beyond that is read and thrown away, so that its sender hears why.
const MAX_DRAINED: usize = 32 * 1024 * 1024;

/// A body read to its end; `None` where it is too large or breaks off.
async fn whole(mut body: hyper::body::Incoming) -> Option<Bytes> {
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
    state: Arc<State>,
    request: Request<hyper::body::Incoming>,
) -> Result<Response<Body>, std::convert::Infallible> {
    let (mut parts, body) = request.into_parts();
    let body = tokio::time::timeout(DEADLINE, whole(body)).await;
    let mut of_this_one = None;
    let reply = match body {
        Ok(Some(mut body)) => {
            of_this_one =
                state.binding.front.as_ref().and_then(|front| front(&mut parts, &mut body));
            let now = state.now(&parts.headers);
            let token = state.binding.token.clone();
            let call = Call {
                method: parts.method,
                uri: parts.uri,
                headers: parts.headers,
                body,
                now,
                token,
            };
            state.route(&call).await
        }
        Ok(None) => state.unread(
            &parts.headers,
            parts.uri.path(),
            413,
            "the body is too large or broke off\n",
        ),
        Err(_) => {
            state.unread(&parts.headers, parts.uri.path(), 408, "the body did not arrive in time\n")
        }
    };
    let edits = state.binding.edit.iter().chain(&of_this_one);
    let reply = edits.fold(reply, |reply, edit| edit(reply));
    let mut response = reply.into_response();
    if let Some(date) = state.moved().and_then(clock::date) {
        response.headers_mut().insert(axum::http::header::DATE, date);
    }
    Ok(response)
}
