//! What may be done with a donation: its page's buttons.

use domain::donation::OperatorAct;
use domain::{Donation, Review};

use super::failed::{ActForm, Failed};
use crate::admin::layout::AdminLayout;
use crate::admin::parts::{Field, Kind};
use crate::admin::words;
use crate::money::money;
use crate::texts::{Arg, Texts};

/// The forms, each only if the state table allows what it does.
#[derive(Default)]
pub(crate) struct ActsPanel {
    /// Where the gateway is asked.
    pub(super) ask: Option<String>,
    pub(super) refund: Option<Form>,
    /// Where the certificate is sent again.
    pub(super) send: Option<String>,
    pub(super) rename: Option<Form>,
    pub(super) resolve: Vec<ResolveForm>,
}

/// Where a form leads, and what is typed into it.
pub(crate) struct Form {
    pub(super) action: String,
    pub(super) fields: Vec<Field>,
}

pub(crate) struct ResolveForm {
    pub(super) form: Form,
    pub(super) word: &'static str,
    pub(super) what: String,
    /// What to do about it.
    pub(super) advice: String,
}

impl ActsPanel {
    /// The buttons for these acts; `failed` is what was tried just now.
    pub(super) fn new(
        layout: &AdminLayout,
        donation: &Donation,
        acts: &[OperatorAct],
        failed: Option<&Failed>,
    ) -> Self {
        let mut panel = Self::default();
        let action = |act: &str| layout.page(&format!("/admin/donations/{}/{act}", donation.id));
        for act in acts.iter().filter(|_| layout.may_change) {
            match *act {
                OperatorAct::AskGateway => panel.ask = Some(action("sync")),
                OperatorAct::Refund { most } => {
                    let fields = refund_fields(Texts(layout.language), &money(most), failed);
                    panel.refund = Some(Form { action: action("refund/check"), fields });
                }
                OperatorAct::SendCertificate => panel.send = Some(action("receipt")),
                OperatorAct::CorrectName => {
                    let fields = name_fields(Texts(layout.language), donation.name_on_certificate(), failed);
                    panel.rename = Some(Form { action: action("certificate-name"), fields });
                }
                OperatorAct::Resolve(review) => {
                    panel.resolve.push(resolve_form(Texts(layout.language), review, (action("resolve"), failed)));
                }
            }
        }
        panel
    }

    /// Whether there is anything to press.
    pub(super) fn is_empty(&self) -> bool {
        self.ask.is_none()
            && self.refund.is_none()
            && self.send.is_none()
            && self.rename.is_none()
            && self.resolve.is_empty()
    }
}

/// What was typed into a form, and what is wrong with it.
fn refill(field: Field, form: ActForm, failed: Option<&Failed>) -> Field {
    let Some(failed) = failed else { return field };
    let value = failed.value(form, field.name).to_owned();
    let field = field.checked(failed.errors(form));
    if value.is_empty() && field.error.is_none() { field } else { Field { value, ..field } }
}

fn refund_fields(texts: Texts, most: &str, failed: Option<&Failed>) -> Vec<Field> {
    let left = texts.fill("admin-refund-amount-hint", &[("most", Arg::Text(most.to_owned()))]);
    let amount = Field::new("amount", texts.get("admin-refund-amount"), "", Kind::Number).hint(left);
    let reason = Field::new("reason", texts.get("admin-refund-reason"), "", Kind::Text).required();
    let reason = reason.hint(texts.get("admin-refund-reason-hint"));
    [amount, reason].map(|field| refill(field, ActForm::Refund, failed)).into()
}

fn name_fields(texts: Texts, name: &str, failed: Option<&Failed>) -> Vec<Field> {
    let name = Field::new("name", texts.get("admin-fact-certificate-name"), name, Kind::Text).required();
    let reason = Field::new("reason", texts.get("admin-rename-reason"), "", Kind::Text).required();
    let reason = reason.called("name-reason".to_owned()).hint(texts.get("admin-rename-reason-hint"));
    [name, reason].map(|field| refill(field, ActForm::CorrectName, failed)).into()
}

fn resolve_form(texts: Texts, review: Review, (action, failed): (String, Option<&Failed>)) -> ResolveForm {
    let id = format!("note-{}", review.word());
    let note = Field::new("note", texts.get("admin-resolve-note"), "", Kind::Area).called(id).required();
    ResolveForm {
        form: Form { action, fields: vec![refill(note, ActForm::Resolve(review), failed)] },
        word: review.word(),
        what: words::word(texts, "review", review.word()),
        advice: words::word(texts, "advice", review.word()),
    }
}
