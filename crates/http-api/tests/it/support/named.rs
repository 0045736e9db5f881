//! What a path names, made when it is needed.

use domain::ports::{DeliveryQuery, DeliveryStore as _};
use domain::{OrderId, Tenge};
use serde_json::json;

use super::{App, Session, webhook};

/// What stands in the path's braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    Nothing,
    /// The owner's donation, not yet paid.
    Unpaid,
    /// The owner's donation, paid.
    Paid,
    GuestsUnpaid,
    GuestsPaid,
    /// The number of the owner's certificate.
    Number,
    Campaign,
    /// What nobody has.
    Unknown,
    /// A webhook that came.
    Delivery,
    /// A job that waits for its turn.
    Job,
    /// A campaign of its own, for which nobody has given yet.
    ManagedCampaign,
}
impl App {
    /// The owner's donation that has been paid.
    pub async fn paid_by(&self, owner: &Session) -> String {
        let id = self.donation_of(owner, 5000).await;
        let pay = self.post(&format!("/api/donations/{id}/payment")).bearer(&owner.token);
        let order = OrderId::new(pay.await.expect(200)["order_id"].as_str().unwrap().to_owned());
        self.gateway.pay(&order, Tenge::new(5000)).unwrap();
        let captured = webhook::captured(&id, order.as_str(), 5000);
        assert_eq!(self.ioka(&captured).await.expect(200)["outcome"], "applied");
        id
    }

    /// The path, with something in its braces that this call may change.
    pub async fn path(&self, path: &str, named: Named, (owner, admin): (&Session, &Session)) -> String {
        let name = match named {
            Named::Nothing => String::new(),
            Named::Unpaid => self.donation_of(owner, 5000).await,
            Named::Paid => self.paid_by(owner).await,
            Named::GuestsUnpaid => self.guest_donation().await,
            Named::GuestsPaid => self.completed().await.0,
            Named::Number => self.number_of(&self.paid_by(owner).await).await,
            Named::Campaign => "trees".to_owned(),
            Named::Unknown => "00000000-0000-0000-0000-000000000007".to_owned(),
            Named::Delivery => {
                self.completed().await;
                let latest = DeliveryQuery { donation: None, outcome: None, after: None, limit: 1 };
                self.store().list(&latest).await.unwrap()[0].id.to_string()
            }
            Named::Job => {
                let id = self.completed().await.0;
                self.story(admin, &id).await["jobs"][0]["id"].as_str().unwrap().to_owned()
            }
            Named::ManagedCampaign => self.managed_campaign(admin).await,
        };
        let parts = ["{id}", "{number}", "{slug}"];
        let path = parts.iter().fold(path.to_owned(), |path, part| path.replacen(part, &name, 1));
        path.replace("{number}", "0").replace("{name}", &"0".repeat(32))
    }

    /// The number of a donation's certificate.
    pub async fn number_of(&self, donation: &str) -> String {
        self.kept(donation).await.certificate.as_ref().unwrap().number.to_string()
    }

    async fn managed_campaign(&self, admin: &Session) -> String {
        let known = self.get("/api/admin/campaigns").bearer(&admin.token).await.expect(200);
        let slug = format!("birch-{}", known["items"].as_array().unwrap().len());
        let titles = json!({"kk": "Қайың", "ru": "Берёза", "en": "Birch"});
        let body = json!({"slug": slug, "title": titles, "price_per_tree": 700});
        self.post("/api/admin/campaigns").bearer(&admin.token).json(&body).await.expect(201);
        slug
    }
}
