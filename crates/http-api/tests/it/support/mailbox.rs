//! A mailbox in place of a mail server, which can be told to fail. The conversation with a real one is tested in `mail`.

use std::collections::VecDeque;
use std::sync::Mutex;

use async_trait::async_trait;
use domain::ports::{Mail, MailError, Mailer};

/// Keeps what it is handed.
#[derive(Debug, Default)]
pub struct Mailbox {
    mails: Mutex<Vec<Mail>>,
    next: Mutex<VecDeque<MailError>>,
}

impl Mailbox {
    /// The mails that were handed over, a repeated one once, as a donor sees them.
    pub fn mails(&self) -> Vec<Mail> {
        let mut mails: Vec<Mail> = Vec::new();
        for mail in self.mails.lock().unwrap().iter() {
            if mails.iter().all(|known| known.id != mail.id) {
                mails.push(mail.clone());
            }
        }
        mails
    }

    /// How often a mail was handed over, repeats included.
    pub fn handed_over(&self) -> usize {
        self.mails.lock().unwrap().len()
    }

    /// The subjects of all mails, in their order.
    pub fn subjects(&self) -> Vec<String> {
        self.mails().into_iter().map(|mail| mail.subject).collect()
    }

    /// Has the next mail refused or not taken.
    pub fn fail_next(&self, error: MailError) {
        self.next.lock().unwrap().push_back(error);
    }
}

#[async_trait]
impl Mailer for Mailbox {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        if let Some(error) = self.next.lock().unwrap().pop_front() {
            return Err(error);
        }
        self.mails.lock().unwrap().push(mail.clone());
        Ok(())
    }

    async fn check(&self) -> Result<(), MailError> {
        Ok(())
    }
}
