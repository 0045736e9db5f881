//! Misbehaviour on request.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// One way to misbehave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum FaultKind {
    /// The call is refused with this status, nothing is done.
    Error { status: u16 },
    /// The answer is this late, by the real clock.
    Latency(Duration),
    /// The work is done, the answer's JSON is cut off in the middle.
    BrokenJson,
    /// The connection is closed before the work.
    CloseBefore,
    /// The connection is closed after the work.
    CloseAfter,
    /// A payment or refund is `PENDING` for this many simulated seconds.
    Pending { seconds: u32 },
    /// A webhook is never sent.
    WebhookLost,
    /// A webhook is sent this many simulated seconds late.
    WebhookLate { seconds: u32 },
    /// A webhook is sent twice.
    WebhookDoubled,
    /// A webhook is sent after the next one.
    WebhookReordered,
    /// A webhook is signed with another key.
    WebhookWrongSignature,
    /// Every API key issued so far has expired.
    KeyExpired,
    /// The bank declines a refund.
    RefundDeclined,
    /// This amount in tiyn is captured instead of the one asked for.
    CapturedAmount { amount: i64 },
}

impl FaultKind {
    /// Whether it spoils a call itself, rather than a payment, a refund or a webhook.
    fn is_about_http(self) -> bool {
        matches!(
            self,
            Self::Error { .. }
                | Self::Latency(_)
                | Self::BrokenJson
                | Self::CloseBefore
                | Self::CloseAfter
                | Self::KeyExpired
        )
    }
}

/// A call as faults see it; for webhooks the receiver's path and the event.
#[derive(Clone, Debug, Default)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) event: Option<String>,
}

impl Call {
    /// Whether a fault without a `path` may hit it: the merchant's API, not the pages people look at.
    pub(crate) fn is_api(&self) -> bool {
        self.path.starts_with("/v2/") && !self.path.ends_with("/check3ds")
    }
}

/// Which calls a fault hits; an absent part matches everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FaultMatch {
    /// The HTTP method, in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) method: Option<String>,
    /// The start of the path. For `webhook_…` faults it is the path of the receiver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
    /// The event's name, for `webhook_…` faults.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) event: Option<String>,
}

impl FaultMatch {
    fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    fn admits(&self, call: &Call) -> bool {
        self.method.as_ref().is_none_or(|method| method.eq_ignore_ascii_case(&call.method))
            && self.path.as_ref().is_none_or(|path| call.path.starts_with(path.as_str()))
            && self.event.as_ref().is_none_or(|event| Some(event) == call.event.as_ref())
    }
}

/// A fault as it comes in over HTTP or from a scenario file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FaultBody {
    pub(crate) kind: String,
    #[serde(default, rename = "match", skip_serializing_if = "FaultMatch::is_everything")]
    pub(crate) matches: FaultMatch,
    /// How often it happens; 0 means until it is deleted.
    #[serde(default = "once")]
    pub(crate) times: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) seconds: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) amount: Option<i64>,
}

fn once() -> u32 {
    1
}

/// Why a fault cannot be installed; the text says what to change.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub(crate) struct BadFault(&'static str);

impl FaultBody {
    fn kind(&self) -> Result<FaultKind, BadFault> {
        let amount = self.amount.filter(|&amount| amount >= 0).ok_or(BadFault("`amount` (tiyn, 0 or more) is needed"));
        Ok(match self.kind.as_str() {
            "error" => match self.status {
                Some(status @ 400..=599) => FaultKind::Error { status },
                _ => return Err(BadFault("`status` from 400 to 599 is needed")),
            },
            "latency" => FaultKind::Latency(self.duration()?),
            "broken_json" => FaultKind::BrokenJson,
            "close_before" => FaultKind::CloseBefore,
            "close_after" => FaultKind::CloseAfter,
            "pending" => FaultKind::Pending { seconds: self.whole_seconds()? },
            "webhook_lost" => FaultKind::WebhookLost,
            "webhook_late" => FaultKind::WebhookLate { seconds: self.whole_seconds()? },
            "webhook_doubled" => FaultKind::WebhookDoubled,
            "webhook_reordered" => FaultKind::WebhookReordered,
            "webhook_wrong_signature" => FaultKind::WebhookWrongSignature,
            "key_expired" => FaultKind::KeyExpired,
            "refund_declined" => FaultKind::RefundDeclined,
            "captured_amount" => FaultKind::CapturedAmount { amount: amount? },
            _ => return Err(BadFault("`kind` is none of the documented ones")),
        })
    }

    fn duration(&self) -> Result<Duration, BadFault> {
        self.seconds
            .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
            .ok_or(BadFault("`seconds` (0 or more) is needed"))
    }

    fn whole_seconds(&self) -> Result<u32, BadFault> {
        u32::try_from(self.duration()?.as_secs()).map_err(|_| BadFault("`seconds` is too large"))
    }
}

/// An installed fault.
#[derive(Clone, Debug)]
struct Fault {
    id: u64,
    kind: FaultKind,
    body: FaultBody,
    /// How often it may still happen; `None` has no end.
    left: Option<u32>,
    /// API keys issued before it was installed.
    keys_issued: u64,
}

/// An installed fault as it is shown.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FaultView {
    id: u64,
    /// How often it may still happen; `null` has no end.
    left: Option<u32>,
    fault: FaultBody,
}

/// The installed faults, in the order they came.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    installed: Vec<Fault>,
    count: u64,
}

impl Faults {
    /// Installs a fault; `keys_issued` says how many API keys exist.
    ///
    /// # Errors
    /// The kind is unknown, or lacks its number.
    pub(crate) fn install(&mut self, body: FaultBody, keys_issued: u64) -> Result<FaultView, BadFault> {
        let kind = body.kind()?;
        self.count += 1;
        let left = (body.times > 0).then_some(body.times);
        let fault = Fault { id: self.count, kind, body, left, keys_issued };
        let view = fault.view();
        self.installed.push(fault);
        Ok(view)
    }

    /// Takes one occurrence of the first fault that hits `call` and that `pick` wants.
    pub(crate) fn take<T>(&mut self, call: &Call, pick: impl Fn(FaultKind) -> Option<T>) -> Option<T> {
        self.take_with_keys(call, |kind, _| pick(kind))
    }

    /// Like [`Faults::take`]; `pick` also sees how many API keys there were when the fault was installed.
    pub(crate) fn take_with_keys<T>(&mut self, call: &Call, pick: impl Fn(FaultKind, u64) -> Option<T>) -> Option<T> {
        let (place, taken) = self
            .installed
            .iter()
            .enumerate()
            .filter(|(_, fault)| fault.hits(call))
            .find_map(|(place, fault)| pick(fault.kind, fault.keys_issued).map(|taken| (place, taken)))?;
        if let Some(left) = &mut self.installed[place].left {
            *left -= 1;
            if *left == 0 {
                self.installed.remove(place);
            }
        }
        Some(taken)
    }

    /// Removes all faults.
    pub(crate) fn clear(&mut self) {
        self.installed.clear();
    }

    /// Removes one fault; says whether it was there.
    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let before = self.installed.len();
        self.installed.retain(|fault| fault.id != id);
        self.installed.len() < before
    }

    /// The installed faults, oldest first.
    pub(crate) fn views(&self) -> Vec<FaultView> {
        self.installed.iter().map(Fault::view).collect()
    }
}

impl Fault {
    /// Pages that people look at are hit only by a fault that names a path.
    fn hits(&self, call: &Call) -> bool {
        let reaches = !self.kind.is_about_http() || self.body.matches.path.is_some() || call.is_api();
        reaches && self.body.matches.admits(call)
    }

    fn view(&self) -> FaultView {
        FaultView { id: self.id, left: self.left, fault: self.body.clone() }
    }
}
