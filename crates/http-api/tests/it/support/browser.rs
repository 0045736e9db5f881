//! A browser without JavaScript: it keeps cookies, reads forms as they stand in pages, and says where they come from.

use super::{Answer, App, Call};

/// Somebody's browser.
pub struct Browser<'a> {
    app: &'a App,
    /// The session's cookie as it is sent back, `name=value`.
    pub cookie: Option<String>,
}

impl<'a> Browser<'a> {
    pub fn new(app: &'a App) -> Self {
        Self { app, cookie: None }
    }

    /// A browser in which somebody has just made an account.
    pub async fn of(app: &'a App, email: &str) -> Self {
        let mut browser = Self::new(app);
        let fields = [("name", "Асем Ким"), ("email", email), ("password", "correct horse")];
        browser.submit("/sign-up?lang=en", "/sign-up", &fields).await.leads_to("/my-donations?lang=en");
        browser
    }

    /// A browser in which an operator of this role has just signed in.
    pub async fn operator(app: &'a App, number: u128, role: domain::Role) -> Self {
        app.operator(number, role).await;
        let mut browser = Self::new(app);
        let email = format!("{}@charity.kz", role.word());
        let fields = [("email", email.as_str()), ("password", "correct horse")];
        browser.submit("/sign-in?lang=en", "/sign-in", &fields).await.leads_to("/admin?lang=en");
        browser
    }

    /// A browser in which somebody has just signed in.
    pub async fn signed_in(app: &'a App, email: &str) -> Self {
        let mut browser = Self::new(app);
        let fields = [("email", email), ("password", "correct horse")];
        assert_eq!(browser.post("/sign-in?lang=en", &fields).await.status, 303, "{email}");
        browser
    }

    /// The session's token.
    pub fn token(&self) -> &str {
        self.cookie.as_deref().unwrap().split_once('=').unwrap().1
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        let call = self.app.get(path);
        self.send(call).await
    }

    /// Sends this, as a page of ours would.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let call = form(self.app, path, fields).header("sec-fetch-site", "same-origin");
        self.send(call).await
    }

    /// Sends it with the cookie, and keeps what it is told to keep.
    pub async fn send(&mut self, call: Call) -> Answer {
        let call = match &self.cookie {
            Some(cookie) => call.header("cookie", &format!("theme=dark; {cookie}")),
            None => call,
        };
        let answer = call.await;
        for set in answer.every("set-cookie") {
            let pair = set.split(';').next().unwrap();
            self.cookie = (!set.contains("Max-Age=0")).then(|| pair.to_owned());
        }
        answer
    }

    /// Opens a page, fills in the form that leads to `action`, and sends it.
    pub async fn submit(&mut self, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        let html = self.get(page).await.text();
        let (address, mut all) = form_in(&html, action);
        all.retain(|(name, _)| fields.iter().all(|(filled, _)| filled != name));
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let all: Vec<_> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(&address, &all).await
    }

    /// What the forms of the session carry.
    pub async fn csrf(&mut self) -> String {
        let html = self.get("/account").await.text();
        let (_, fields) = form_in(&html, "/sign-out");
        fields.into_iter().find(|(name, _)| name == "csrf").unwrap().1
    }

    /// Whether somebody is signed in.
    pub async fn is_in(&mut self) -> bool {
        self.get("/account").await.status == 200
    }
}

/// A form that says nothing of where it comes from.
pub fn form(app: &App, path: &str, fields: &[(&str, &str)]) -> Call {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    app.post(path).header("content-type", "application/x-www-form-urlencoded").bytes(body)
}

/// Where the form leads whose address has this path, and what it sends if nothing is changed.
pub fn form_in(html: &str, action: &str) -> (String, Vec<(String, String)>) {
    let mut forms = html.split("<form ").skip(1).map(|form| form.split("</form>").next().unwrap());
    let leads = |form: &&str| attribute(form, "action").is_some_and(|to| to.split('?').next() == Some(action));
    let form = forms.find(leads).unwrap_or_else(|| panic!("no form leads to {action} in {html}"));
    let inputs = form.split("<input ").skip(1).map(|input| input.split('>').next().unwrap());
    let sent = inputs.filter(|input| !input.contains("type=\"radio\"") || input.contains(" checked"));
    let sent = sent.filter(|input| !input.contains("type=\"checkbox\""));
    let pair = |input| Some((attribute(input, "name")?, attribute(input, "value").unwrap_or_default()));
    (attribute(form, "action").unwrap(), sent.filter_map(pair).collect())
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!("{name}=\""))?.1.split('"').next()?;
    Some(value.replace("&#34;", "\"").replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&"))
}

impl Answer {
    /// A page of this status.
    #[track_caller]
    pub fn page(&self, status: u16) -> String {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), Some("text/html; charset=utf-8"));
        self.text()
    }

    /// On to this address.
    #[track_caller]
    pub fn leads_to(&self, address: &str) -> &Self {
        assert_eq!((self.status, self.header("location")), (303, Some(address)), "{}", self.text());
        self
    }
}
