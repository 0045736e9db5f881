//! What is asked: each list's first page and one in its middle, each of its filters, and what is shown of one thing.

use serde_json::Value;

use crate::server::Server;

/// A question with its name in the table.
pub struct Question {
    pub name: String,
    pub path: String,
}

/// All of them. What is searched for, and pages in the middle, are taken from what the server itself shows.
pub async fn questions(server: &Server) -> Result<Vec<Question>, String> {
    let mut all = Vec::new();
    donations(server, &mut all).await?;
    searches(server, &mut all).await?;
    list(server, &mut all, "webhooks").await?;
    for outcome in ["applied", "ignored", "unmatched"] {
        add(&mut all, &format!("webhooks, outcome={outcome}"), &format!("/api/admin/webhooks?outcome={outcome}"));
    }
    list(server, &mut all, "jobs").await?;
    for status in ["queued", "done", "parked"] {
        add(&mut all, &format!("jobs, status={status}"), &format!("/api/admin/jobs?status={status}"));
    }
    record(server, &mut all).await?;
    add(&mut all, "numbers of a month by day", "/api/admin/stats");
    add(&mut all, "campaigns, drafts among them", "/api/admin/campaigns");
    add(&mut all, "brake", "/api/admin/brake");
    add(&mut all, "public totals", "/api/stats");
    add(&mut all, "public campaign", "/api/campaigns/trees");
    Ok(all)
}

fn add(all: &mut Vec<Question>, name: &str, path: &str) {
    all.push(Question { name: name.to_owned(), path: path.to_owned() });
}

/// The first page and one in the middle.
async fn list(server: &Server, all: &mut Vec<Question>, what: &str) -> Result<(), String> {
    let path = format!("/api/admin/{what}");
    let middle = middle(server, &path).await?;
    add(all, &format!("{what}, first page"), &path);
    add(all, &format!("{what}, a page of 100"), &format!("{path}?limit=100"));
    add(all, &format!("{what}, in the middle"), &format!("{path}?cursor={middle}"));
    Ok(())
}

/// The cursor in the middle of a list, which is walked through once.
async fn middle(server: &Server, path: &str) -> Result<String, String> {
    let mut cursors = Vec::new();
    let mut next = path.to_owned() + "?limit=100";
    loop {
        let page = server.ask_json(&next).await?;
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        cursors.push(cursor.to_owned());
        next = format!("{path}?limit=100&cursor={cursor}");
    }
    cursors.get(cursors.len() / 2).cloned().ok_or(format!("{path} has one page only"))
}

async fn donations(server: &Server, all: &mut Vec<Question>) -> Result<(), String> {
    list(server, all, "donations").await?;
    let path = "/api/admin/donations";
    for status in ["pending", "awaiting_payment", "failed", "cancelled", "completed", "partially_refunded", "refunded"]
    {
        add(all, &format!("donations, status={status}"), &format!("{path}?status={status}"));
    }
    let donations = server.ask_json(&format!("{path}?limit=100&status=completed")).await?;
    let oldest = field(&donations["items"], |items| items.as_array()?.last()?["created_at"].as_str())?;
    let day = oldest.get(..10).unwrap_or_default();
    for (name, query) in [
        ("flagged", "flagged=true"),
        ("campaign=aral-saxaul", "campaign=aral-saxaul"),
        ("campaign=burnt-forest, which is closed", "campaign=burnt-forest"),
        ("min_amount=250000", "min_amount=250000"),
        ("max_amount=500", "max_amount=500"),
        ("an amount that nobody gave", "min_amount=777777&max_amount=777777"),
        ("to a day in the past", &format!("to={day}")),
        ("from a day on", &format!("from={day}")),
        ("refunded, one campaign, large", "status=refunded&campaign=school-gardens&min_amount=10000"),
    ] {
        add(all, &format!("donations, {name}"), &format!("{path}?{query}"));
    }
    let id = field(&donations["items"], |items| items[0]["id"].as_str())?;
    add(all, "one donation with its story", &format!("{path}/{id}"));
    Ok(())
}

/// By name, address, id, order and certificate: whole, in part, of many and of none.
async fn searches(server: &Server, all: &mut Vec<Question>) -> Result<(), String> {
    let path = "/api/admin/donations";
    let donations = server.ask_json(&format!("{path}?status=completed")).await?;
    let some = &donations["items"][3];
    let text = |name: &str| some[name].as_str().map(str::to_owned).ok_or(format!("a donation has no {name}: {some}"));
    let id = text("id")?;
    let story = server.ask_json(&format!("{path}/{id}")).await?;
    let order = field(&story, |story| story["payment_order_id"].as_str())?;
    let number = field(&story, |story| story["certificate"]["number"].as_str())?;
    for (name, query) in [
        ("a family name", "Қасымова".to_owned()),
        ("first and family name", "иван петров".to_owned()),
        ("one letter", "а".to_owned()),
        ("a name that nobody has", "Zyxwv".to_owned()),
        ("an address", text("donor_email").unwrap_or_else(|_| "aigul".to_owned())),
        ("the host of half of all addresses", "mail.example".to_owned()),
        ("an id", id),
        ("an order", order),
        ("a certificate", number),
        ("every certificate of a year", "TREE-2026".to_owned()),
    ] {
        let pairs = [("q", query)];
        let query = reqwest::Url::parse_with_params("http://localhost/", &pairs).map_err(|error| error.to_string())?;
        add(all, &format!("search, {name}"), &format!("{path}?{}", query.query().unwrap_or_default()));
    }
    Ok(())
}

async fn record(server: &Server, all: &mut Vec<Question>) -> Result<(), String> {
    list(server, all, "audit").await?;
    let entries = server.ask_json("/api/admin/audit?action=donation.refund").await?;
    let actor = field(&entries, |entries| entries["items"][0]["account_id"].as_str())?;
    let day = field(&entries, |entries| entries["items"][0]["at"].as_str()?.get(..10))?;
    add(all, "audit, one action", "/api/admin/audit?action=donation.refund");
    add(all, "audit, one actor", &format!("/api/admin/audit?actor={actor}"));
    add(all, "audit, to a day", &format!("/api/admin/audit?to={day}"));
    add(all, "reconciliation of a day", &format!("/api/admin/reconciliation?date={day}"));
    let month = day.get(..7).unwrap_or_default();
    add(all, "reconciliation of a month", &format!("/api/admin/reconciliation?month={month}"));
    Ok(())
}

fn field(value: &Value, find: impl for<'a> Fn(&'a Value) -> Option<&'a str>) -> Result<String, String> {
    find(value).map(str::to_owned).ok_or(format!("what is looked for is not there: {value}"))
}
