//! The form to give with: in step with scripts, complete without them, and sent once.

use diesel_store::testing::TestDatabase;
use reqwest::redirect::Policy;

use crate::checkout::on_both_databases;
use crate::donor::{Donor, NO_MONEY, PAYS};

on_both_databases!(a_donor_without_scripts, a_form_that_is_sent_twice_at_once);

impl Donor {
    /// What stands in a field.
    async fn value(&self, id: &str) -> String {
        self.sees(&format!("#{id}")).await.prop("value").await.unwrap().unwrap()
    }

    async fn is_in_step(&self, amount: &str, trees: &str, total: &str) {
        let shown = (self.value("amount").await, self.value("trees").await);
        assert_eq!(shown, (amount.to_owned(), trees.to_owned()));
        assert_eq!(self.sees("#total").await.text().await.unwrap().replace(['\u{a0}', '\u{202f}'], " "), total);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn trees_and_amount_follow_each_other_as_they_are_typed() {
    let donor = Donor::start("in-step", TestDatabase::sqlite().await).await;
    donor.opens("/campaigns/trees?lang=ru").await;
    donor.is_in_step("", "", "2 500 ₸ · 5 деревьев").await;
    donor.types("trees", "22").await;
    donor.is_in_step("11000", "22", "11 000 ₸ · 22 дерева").await;
    donor.types("amount", "1 499").await;
    donor.is_in_step("1 499", "2", "1 499 ₸ · 2 дерева").await;
    donor.types("amount", "much").await;
    donor.is_in_step("much", "", "").await;
    donor.browser.execute("document.getElementById('preset-10000').click()", Vec::new()).await.unwrap();
    donor.is_in_step("", "", "10 000 ₸ · 20 деревьев").await;
    donor.leaves().await;
}

async fn a_donor_without_scripts(name: &str, database: TestDatabase) {
    let mut donor = Donor::without_scripts(name, database).await;
    donor.opens("/campaigns/trees?lang=ru").await;
    assert_eq!(donor.sees("#total").await.inner_html().await.unwrap(), "", "the script ran");
    donor.types("trees", "22").await;
    donor.clicks("#count").await;
    donor.sees("[name='counted']").await;
    assert_eq!((donor.value("amount").await.as_str(), donor.value("trees").await.as_str()), ("11\u{202f}000", "22"));
    donor.shot("counted").await;
    donor.types("donor_name", "Айгүл Қасымова").await;
    donor.types("donor_email", "aigul@example.com").await;
    donor.clicks("#submit").await;
    donor.sees("#card-form").await;
    let donation = donor.donation_of_the_checkout().await;
    donor.pays_with(&NO_MONEY).await;
    assert_eq!(donor.result().await, "declined");
    donor.clicks("#back").await;
    donor.comes_back_to("failed").await;
    donor.clicks("#pay").await;
    donor.pays_with(&PAYS).await;
    assert_eq!(donor.result().await, "success");
    donor.server.wait_for(&donation, "completed").await;
    donor.comes_back_to("completed").await;
    donor.leaves().await;
}

async fn a_form_that_is_sent_twice_at_once(name: &str, database: TestDatabase) {
    let donor = Donor::start(name, database).await;
    donor.opens("/campaigns/trees?lang=ru").await;
    let once = donor.sees("[name='once']").await.prop("value").await.unwrap().unwrap();
    let client = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
    let fields = format!("once={once}&campaign=trees&preset=5000&donor_name=Aigul&donor_email=a%40example.com");
    let send = || {
        let request = client.post(format!("{}/donate", donor.server.url)).body(fields.clone());
        tokio::spawn(request.header("content-type", "application/x-www-form-urlencoded").send())
    };
    let sent: Vec<_> = (0..5).map(|_| send()).collect();
    let mut checkouts = std::collections::BTreeSet::new();
    for answer in sent {
        let answer = answer.await.unwrap().unwrap();
        assert_eq!(answer.status(), 303);
        checkouts.insert(answer.headers()["location"].to_str().unwrap().to_owned());
    }
    assert_eq!(checkouts.len(), 1, "{checkouts:?}");
    donor.browser.goto(checkouts.first().unwrap()).await.unwrap();
    assert_eq!(donor.orders().await, 1, "one donation, one order");
    donor.leaves().await;
}
