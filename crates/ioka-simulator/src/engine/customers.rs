//! Customers and their saved cards.

use std::sync::Arc;

use serde::Deserialize;

use super::checks;
use super::pay::holder;
use crate::cards::{self, CardData, Verdict};
use crate::error::Refusal;
use crate::model::{Card, CardStatus, Customer, Order, Payer, Payment};
use crate::webhooks::Announcement;
use crate::world::World;

/// `POST /v2/customers`. \[API\]
#[derive(Debug, Default, Deserialize)]
pub(crate) struct NewCustomer {
    pub(crate) external_id: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    back_url: Option<String>,
}

/// `POST /v2/customers/{id}/bindings`. \[API\]
#[derive(Debug, Deserialize)]
pub(crate) struct NewBinding {
    pub(crate) pan: String,
    pub(crate) exp: String,
    pub(crate) cvc: String,
    pub(crate) holder: Option<String>,
}

impl World {
    /// Makes a customer.
    ///
    /// # Errors
    /// 400; 409 `CustomerExists` for a used `external_id`. \[API\]
    pub(crate) fn create_customer(&mut self, body: NewCustomer) -> Result<Arc<Customer>, Refusal> {
        checks::address("back_url", body.back_url.as_deref())?;
        let taken = body.external_id.as_deref().is_some_and(|id| self.customer_with_external_id(id).is_some());
        if taken {
            return Err(Refusal::conflict("CustomerExists", "Клиент с указанным external_id уже существует."));
        }
        let id = self.fresh_id("");
        let customer = Customer {
            access_token: self.ids.access_token(&id),
            id,
            created_at: self.now,
            external_id: body.external_id,
            email: body.email,
            phone: body.phone,
            back_url: body.back_url,
            cards: Vec::new(),
            deleted: false,
        };
        Ok(self.put_customer(customer))
    }

    /// The customer with this id, unless deleted.
    ///
    /// # Errors
    /// 404 `CustomerNotFound`. \[API\]
    pub(crate) fn customer(&self, customer_id: &str) -> Result<Arc<Customer>, Refusal> {
        self.customers
            .get(customer_id)
            .filter(|customer| !customer.deleted)
            .ok_or_else(|| Refusal::not_found("CustomerNotFound"))
    }

    /// Deletes a customer and the cards with it.
    ///
    /// # Errors
    /// 404 `CustomerNotFound`.
    pub(crate) fn delete_customer(&mut self, customer_id: &str) -> Result<(), Refusal> {
        let customer = self.customer(customer_id)?;
        for card_id in &customer.cards {
            self.delete_card(customer_id, card_id)?;
        }
        let customer = self.customer(customer_id)?;
        self.put_customer(Customer { deleted: true, ..(*customer).clone() });
        Ok(())
    }

    /// Cards of a customer, oldest first.
    pub(crate) fn cards_of(&self, customer: &Customer) -> Vec<Arc<Card>> {
        customer.cards.iter().filter_map(|id| self.cards.get(id)).collect()
    }

    /// A card of this customer.
    ///
    /// # Errors
    /// 404 `CustomerNotFound`, `CardNotFound`. \[API\]
    pub(crate) fn card_of(&self, customer_id: &str, card_id: &str) -> Result<Arc<Card>, Refusal> {
        self.customer(customer_id)?;
        let card = self.card(card_id)?;
        if card.customer_id == customer_id { Ok(card) } else { Err(Refusal::not_found("CardNotFound")) }
    }

    /// Deletes a card; it can be charged no more.
    ///
    /// # Errors
    /// 404 `CustomerNotFound`, `CardNotFound`. \[API\]
    pub(crate) fn delete_card(&mut self, customer_id: &str, card_id: &str) -> Result<(), Refusal> {
        let card = self.card_of(customer_id, card_id)?;
        self.put_card(Card { status: CardStatus::Deleted, ..(*card).clone() });
        let mut customer = (*self.customer(customer_id)?).clone();
        customer.cards.retain(|id| id != card_id);
        self.put_customer(customer);
        Ok(())
    }

    /// Saves a card without paying. A refused card is announced by `CARD_DECLINED` and answered with its `error`;
    /// 3-D Secure is left out. \[API\]\[GUESS\]
    ///
    /// # Errors
    /// 400 for malformed card data; 404 `CustomerNotFound`.
    pub(crate) fn bind_card(
        &mut self,
        customer_id: &str,
        body: &NewBinding,
    ) -> Result<(Arc<Card>, Option<Verdict>), Refusal> {
        let customer = self.customer(customer_id)?;
        let is_well_formed =
            checks::is_digits(&body.pan, 12, 19) && checks::is_expiry(&body.exp) && checks::is_digits(&body.cvc, 3, 4);
        if !is_well_formed {
            return Err(Refusal::invalid("Данные карты заполнены неверно."));
        }
        let data = CardData { pan: &body.pan, expiry: &body.exp, cvc: Some(&body.cvc) };
        let verdict = cards::verdict(data, self.now.month());
        let payer = Payer {
            kind: "CARD".to_owned(),
            pan_masked: cards::mask(&body.pan),
            expiry_date: body.exp.clone(),
            holder: holder(body.holder.as_deref()),
            payment_system: cards::payment_system(&body.pan).to_owned(),
            emitter: None,
            email: None,
            phone: None,
            customer_id: None,
            card_id: None,
        };
        if verdict.refusal().is_none() {
            return Ok((self.keep_card(&customer, &payer, verdict), None));
        }
        let card = Arc::new(self.new_card(&customer, &payer, verdict));
        self.announce(Announcement::of_card("CARD_DECLINED", &customer, &card));
        Ok((card, Some(verdict)))
    }

    /// Saves the card of a payment whose payer ticked the box, for the order's customer or a new one. \[DOC\]\[GUESS\]
    pub(super) fn save_card_of(&mut self, order: &Order, payment: &mut Payment) {
        let known = order.customer_id.as_deref().and_then(|id| self.customer(id).ok());
        let customer = match known {
            Some(customer) => customer,
            None => {
                let body = NewCustomer {
                    email: payment.payer.email.clone(),
                    phone: payment.payer.phone.clone(),
                    ..NewCustomer::default()
                };
                // A customer without an external_id or address has nothing that could be refused.
                match self.create_customer(body) {
                    Ok(customer) => customer,
                    Err(_) => return,
                }
            }
        };
        let card = self.keep_card(&customer, &payment.payer, payment.verdict);
        payment.payer.customer_id = Some(customer.id.clone());
        payment.payer.card_id = Some(card.id.clone());
    }

    fn keep_card(&mut self, customer: &Customer, payer: &Payer, verdict: Verdict) -> Arc<Card> {
        let card = self.new_card(customer, payer, verdict);
        let card = self.put_card(card);
        let mut customer = customer.clone();
        customer.cards.push(card.id.clone());
        let customer = self.put_customer(customer);
        self.announce(Announcement::of_card("CARD_APPROVED", &customer, &card));
        card
    }

    fn new_card(&mut self, customer: &Customer, payer: &Payer, verdict: Verdict) -> Card {
        Card {
            id: self.fresh_id(""),
            customer_id: customer.id.clone(),
            status: if verdict.refusal().is_none() { CardStatus::Approved } else { CardStatus::Declined },
            created_at: self.now,
            pan_masked: payer.pan_masked.clone(),
            expiry_date: payer.expiry_date.clone(),
            holder: payer.holder.clone(),
            payment_system: payer.payment_system.clone(),
            emitter: payer.emitter.clone(),
            verdict,
        }
    }
}
