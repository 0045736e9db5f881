//! What came in.

use std::collections::VecDeque;

use serde::Serialize;

use crate::model::Stamp;

/// Older requests are forgotten beyond this number.
const KEPT: usize = 1_000;

/// A request and the status it was answered with.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SeenRequest {
    pub(crate) at: Stamp,
    pub(crate) trace_id: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    /// Header names in lower case; keys and tokens are cut to their first characters.
    pub(crate) headers: Vec<(String, String)>,
    /// `null` where card data could be.
    pub(crate) body: Option<String>,
    /// `null` if the connection was closed instead.
    pub(crate) status: Option<u16>,
}

/// The latest requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    requests: VecDeque<SeenRequest>,
}

impl RequestLog {
    /// Adds a request.
    pub(crate) fn push(&mut self, request: SeenRequest) {
        if self.requests.len() == KEPT {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.requests.clear();
    }

    /// All of them, oldest first.
    pub(crate) fn to_vec(&self) -> Vec<SeenRequest> {
        self.requests.iter().cloned().collect()
    }
}
