//! Mail: what is handed over is kept, as a mail server would have it.

use std::sync::Arc;

use async_trait::async_trait;
use domain::ports::{Mail, MailError, Mailer};

use crate::coverage::Seen;
use crate::world::{Call, Fate, World};

/// The mail server as one of our servers reaches it.
pub struct SimMailer {
    world: Arc<World>,
    server: usize,
}

impl SimMailer {
    /// The mail server for one server.
    pub const fn new(world: Arc<World>, server: usize) -> Self {
        Self { world, server }
    }
}

#[async_trait]
impl Mailer for SimMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let fate = self.world.step(self.server, Call::SendMail).await;
        let unavailable = || Err(MailError::Unavailable("simulated".to_owned()));
        if matches!(fate, Fate::Do | Fate::FailAfter | Fate::DieAfter) {
            let mut state = self.world.state();
            state.note(|| format!("mail: {} {}", mail.id, mail.subject));
            if state.mails.iter().any(|known| known.id == mail.id) {
                state.saw(Seen::MailTwice);
            }
            state.mails.push(mail.clone());
        }
        match fate {
            Fate::Do => Ok(()),
            Fate::FailBefore | Fate::FailAfter => unavailable(),
            Fate::DieBefore | Fate::DieAfter => {
                self.world.die(self.server).await;
                unavailable()
            }
        }
    }

    async fn check(&self) -> Result<(), MailError> {
        Ok(())
    }
}
