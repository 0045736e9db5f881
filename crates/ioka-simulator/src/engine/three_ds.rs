//! The payer's answer on the bank's page.

use std::sync::Arc;

use crate::cards::THREE_DS_PASSWORD;
use crate::error::Refusal;
use crate::model::{Payment, PaymentStatus, Reason};
use crate::world::World;

/// What the payer did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ThreeDsAnswer<'a> {
    /// Typed a password.
    Password(&'a str),
    /// Gave up.
    Cancelled,
}

impl World {
    /// The payment with this id.
    ///
    /// # Errors
    /// 404 `PaymentNotFound`. \[API\]
    pub(crate) fn payment(&self, payment_id: &str) -> Result<Arc<Payment>, Refusal> {
        self.payments.get(payment_id).ok_or_else(|| Refusal::not_found("PaymentNotFound"))
    }

    /// Ends a payment that waits for the payer: the right password pays \[DOC\], a wrong one is declined with
    /// `DECLINED_BY_3DSEC`, giving up with `DECLINED_BY_CLIENT` \[GUESS\]. One that waits no more stays as it is.
    ///
    /// # Errors
    /// 404 `PaymentNotFound`.
    pub(crate) fn answer_three_ds(
        &mut self,
        payment_id: &str,
        answer: ThreeDsAnswer<'_>,
    ) -> Result<Arc<Payment>, Refusal> {
        let payment = self.payment(payment_id)?;
        if payment.status != PaymentStatus::RequiresAction {
            return Ok(payment);
        }
        let refusal = match answer {
            ThreeDsAnswer::Password(THREE_DS_PASSWORD) => return Ok(self.succeed(&payment)),
            ThreeDsAnswer::Password(_) => ("DECLINED_BY_3DSEC", "Неверный пароль 3-D Secure"),
            ThreeDsAnswer::Cancelled => ("DECLINED_BY_CLIENT", "Платеж отменён клиентом"),
        };
        let (code, message) = refusal;
        Ok(self.decline(&payment, Reason { code: code.to_owned(), message: message.to_owned() }))
    }
}
