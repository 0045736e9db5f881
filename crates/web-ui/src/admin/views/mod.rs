//! What the administration's templates are filled with.

mod dashboard;
mod home;
mod refusal;

pub(super) use home::HomePage;
pub(super) use refusal::RefusalPage;
