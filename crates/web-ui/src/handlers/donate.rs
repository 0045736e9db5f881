//! `POST /donate`

use actix_web::{HttpRequest, HttpResponse, web};
use application::{CreateDonation, ShownCampaign, default_campaign, read_campaign};
use domain::Language;
use domain::ports::StoreError;

use crate::answer::see_other;
use crate::form::{FieldError, Typed, refusal};
use crate::handlers::campaigns::{page, path_of};
use crate::handlers::once::{OnceError, create_once};
use crate::handlers::{broken, pay};
use crate::language::requested_language;
use crate::pages::Pages;
use crate::posted::Posted;
use crate::session::Visitor;
use crate::views::MessagePage;

/// Somebody opened the form's own address.
pub(crate) async fn home(request: HttpRequest) -> HttpResponse {
    see_other(&format!("/?lang={}", requested_language(&request).code()))
}

/// What was typed becomes a donation, and the donor goes on to pay it.
pub(crate) async fn give(
    pages: web::Data<Pages>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let language = requested_language(&request);
    let posted = match Posted::read(&request, payload, language).await {
        Ok(posted) => posted,
        Err(answer) => return answer,
    };
    let typed = Typed::from_body(&posted.body);
    let language = typed.lang.unwrap_or(language);
    if !visitor.wrote(posted.csrf()) {
        return MessagePage::stale_form(language).answer();
    }
    let form = Form { body: posted.body, typed, language, visitor, request };
    form.carried_out(&pages).await.unwrap_or_else(|error| broken(&error, form.language))
}

/// A form that arrived.
struct Form {
    body: web::Bytes,
    typed: Typed,
    language: Language,
    visitor: Visitor,
    request: HttpRequest,
}

impl Form {
    async fn carried_out(&self, pages: &Pages) -> Result<HttpResponse, StoreError> {
        let Some(shown) = self.campaign(pages).await? else {
            return Ok(MessagePage::unknown_campaign(self.language).answer());
        };
        let terms = (&shown.campaign, &*pages.house.settings);
        if self.typed.count {
            return match self.typed.counted(terms, self.language) {
                Ok(typed) => self.again(pages, &shown, (&typed, Vec::new())).await,
                Err(errors) => self.again(pages, &shown, (&self.typed, errors)).await,
            };
        }
        let cause = self.visitor.cause(pages, &self.request);
        match self.typed.check(terms, self.visitor.account.as_ref(), self.language, cause) {
            Ok(command) => self.create(pages, &shown, command).await,
            Err(errors) => self.again(pages, &shown, (&self.typed, errors)).await,
        }
    }

    /// What is given for: the campaign that the form names; the default one if it names none.
    async fn campaign(&self, pages: &Pages) -> Result<Option<ShownCampaign>, StoreError> {
        let slug = match &self.typed.campaign {
            Some(_) => self.typed.campaign(),
            None => default_campaign(&pages.house).await?.map(|campaign| campaign.slug),
        };
        match slug {
            Some(slug) => read_campaign(&pages.house, &slug).await,
            None => Ok(None),
        }
    }

    async fn create(
        &self,
        pages: &Pages,
        shown: &ShownCampaign,
        command: CreateDonation,
    ) -> Result<HttpResponse, StoreError> {
        let asked = (command, (pages.client)(&self.request));
        match create_once(pages, &self.typed.once, &self.body, asked).await {
            Ok(id) => Ok(pay::to_checkout((pages, &self.visitor), &self.request, id, self.language).await),
            Err(OnceError::Store(error)) => Err(error),
            Err(OnceError::TooMany(many)) => Ok(MessagePage::too_often(self.language).answer_after(many.retry_after)),
            Err(OnceError::Busy) => Ok(MessagePage::broken(self.language).answer()),
            Err(OnceError::Refused(error)) => match refusal(&error, self.visitor.account.as_ref(), self.language) {
                Some(error) => self.again(pages, shown, (&self.typed, vec![error])).await,
                // The campaign ended meanwhile: its page says so.
                None => self.again(pages, shown, (&self.typed, Vec::new())).await,
            },
        }
    }

    async fn again(
        &self,
        pages: &Pages,
        shown: &ShownCampaign,
        typed: (&Typed, Vec<FieldError>),
    ) -> Result<HttpResponse, StoreError> {
        page((pages, &self.visitor), shown, &path_of(&shown.campaign.slug), typed, self.language).await
    }
}
