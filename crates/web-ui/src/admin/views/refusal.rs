//! For somebody who may not come in.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use domain::Language;

use crate::next_page::MY_DONATIONS;
use crate::session::Visitor;
use crate::views::MessagePage;

/// A page like a donor's other ones: it shows nothing of the administration.
pub(crate) struct RefusalPage(MessagePage);

impl RefusalPage {
    /// The account is no operator's, or may look and not touch.
    pub(crate) fn forbidden(visitor: &Visitor, language: Language) -> Self {
        Self(MessagePage::refused(language, StatusCode::FORBIDDEN).seen_by(visitor, MY_DONATIONS))
    }

    pub(crate) fn answer(self) -> HttpResponse {
        self.0.answer()
    }
}
