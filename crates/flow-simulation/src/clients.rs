//! What donors and the gateway ask of a server, and what they remember of its answers.

use std::sync::Arc;

use application::{CreateDonation, House, StartPaymentError};
use domain::donation::{Actor, Cause};
use domain::ports::{StoreError, WebhookError, WebhookRequest};
use domain::{Donation, DonationId, Donor, DonorEmail, DonorName, Language, Tenge};

use crate::gateway::{Answer, SIGNATURE, Standing};
use crate::play::{Play, Work};
use crate::product::Product;
use crate::world::World;

/// Who asks a server.
struct Client {
    world: Arc<World>,
    product: Arc<dyn Product>,
    house: Arc<House>,
    cause: Cause,
}

impl Play {
    fn client(&self, house: Arc<House>) -> Client {
        let cause = Cause { actor: Actor::Guest, request_id: None };
        Client { world: self.world.clone(), product: self.product.clone(), house, cause }
    }

    fn amount(&self, number: usize) -> Tenge {
        Tenge::new(self.plan.setting.amounts.get(number).copied().unwrap_or(500))
    }

    /// Somebody wants to give.
    pub fn creation(&self, house: Arc<House>, number: usize) -> Work {
        let (client, amount) = (self.client(house), self.amount(number));
        Box::pin(async move {
            client.donation(number, amount).await;
        })
    }

    /// A donor asks where to pay; for a donation that is made first, if there is none.
    pub fn payment(&self, house: Arc<House>, number: usize) -> Work {
        let (client, amount) = (self.client(house), self.amount(number));
        Box::pin(async move {
            if let Some(id) = client.donation(number, amount).await {
                client.start_payment(id).await;
            }
        })
    }

    /// A donor cancels.
    pub fn cancelling(&self, house: Arc<House>, id: DonationId) -> Work {
        let client = self.client(house);
        Box::pin(async move {
            let cancelled = client.product.cancel_donation(&client.house, id, &client.cause).await;
            let mut state = client.world.state();
            if cancelled.is_ok() {
                state.cancelled.push(id);
            }
            state.note(|| format!("donor: told {:?}", cancelled.map(|donation| donation.status())));
        })
    }

    /// A donor looks how it stands.
    pub fn look(&self, house: Arc<House>, id: DonationId) -> Work {
        let client = self.client(house);
        Box::pin(async move {
            let found = client.product.read_donation(&client.house, id).await;
            let mut state = client.world.state();
            state.note(|| format!("donor: told {:?}", found.as_ref().map(|donation| donation.status())));
            match found {
                Ok(donation) if donation.status().was_paid() => state.check_paid(id, "a donor was told that it is"),
                Err(application::ReadError::NotFound) => {
                    state.violated(format!("a donor was told that there is no donation {id}"));
                }
                _ => {}
            }
        })
    }

    /// The gateway delivers the webhook at `place`.
    pub fn delivery(&self, house: Arc<House>, place: usize) -> Work {
        let client = self.client(house);
        Box::pin(async move {
            let genuine = client.world.state().messages.0.get(place).is_some_and(|it| it.standing != Standing::Forged);
            let headers = [(SIGNATURE.0, if genuine { SIGNATURE.1.as_bytes() } else { b"forged" })];
            let body = place.to_string();
            let received_at = client.house.clock.now();
            let request = WebhookRequest { headers: &headers, body: body.as_bytes(), received_at };
            let answer = match client.product.receive_webhook(&client.house, request).await {
                Ok(_) => Answer::Taken,
                Err(application::ReceiveWebhookError::Webhook(WebhookError::InvalidSignature(_))) => Answer::Unbelieved,
                Err(_) => Answer::Failed,
            };
            client.world.state().delivered(place, answer);
        })
    }
}

impl Client {
    /// The donation of this place, made if there is none. `None` if the server failed.
    async fn donation(&self, number: usize, amount: Tenge) -> Option<DonationId> {
        let known = self.world.state().donations.get(number).copied().flatten();
        if known.is_some() {
            return known;
        }
        let command = CreateDonation {
            donor: Donor {
                account: None,
                name: DonorName::parse("Aigul").ok()?,
                email: DonorEmail::parse("aigul@example.com").ok()?,
            },
            amount: Some(amount),
            trees: None,
            campaign: None,
            message: None,
            certificate_name: None,
            anonymous: false,
            language: Language::Kk,
            cause: self.cause.clone(),
        };
        let made = self.product.create_donation(&self.house, command).await;
        let mut state = self.world.state();
        state.note(|| format!("donor: told {:?}", made.as_ref().map(|donation| donation.id)));
        let id = made.ok()?.id;
        // Of two tabs that made one each, the first one's is the one that is played on with.
        let place = state.donations.get_mut(number)?;
        Some(*place.get_or_insert(id))
    }

    async fn start_payment(&self, id: DonationId) {
        let started = self.product.start_payment(&self.house, id, &self.cause).await;
        let mut state = self.world.state();
        state.note(|| format!("donor: told {started:?}"));
        match started {
            Ok(started) => {
                let order = state.books.order(&started.order);
                if order.is_none_or(|order| {
                    order.donation() != Some(id) || order.told().checkout_url != started.checkout_url
                }) {
                    state.violated(format!(
                        "a donor was sent to an order that is not the donation's: {}",
                        started.order
                    ));
                }
            }
            Err(StartPaymentError::AlreadyPaid) => state.check_paid(id, "a donor was told that it is"),
            Err(StartPaymentError::NotFound) => {
                state.violated(format!("a donor was told that there is no donation {id}"));
            }
            Err(StartPaymentError::Busy) => state.violated("a donation stayed busy".to_owned()),
            Err(StartPaymentError::TooMany(_) | StartPaymentError::Paused) => {
                state.violated("a payment was refused that nothing limits".to_owned());
            }
            Err(StartPaymentError::Gateway(_) | StartPaymentError::Store(_)) => {}
        }
    }
}

impl crate::world::State {
    /// Nobody may be told that money was taken which was not.
    fn check_paid(&mut self, id: DonationId, told: &str) {
        if !self.books.orders_of(id).any(|order| order.payment.is_some()) {
            self.violated(format!("nothing was paid for {id}, but {told}"));
        }
    }
}

/// What the database has, past the simulated failures.
pub fn stored(play: &Play, id: DonationId) -> Result<Option<Donation>, StoreError> {
    play.stage.wait(domain::ports::DonationStore::find(&play.stage.store, id))
}
