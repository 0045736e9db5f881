//! A mailbox in place of a mail server, which can be told to fail. The conversation with a real one is tested in `mail`.

use std::collections::VecDeque;
use std::sync::Mutex;

use async_trait::async_trait;
use domain::ports::{Mail, MailError, Mailer};

#[derive(Debug)]
enum Fault {
    NotTaken(MailError),
    AnswerLost(MailError),
}

/// Keeps what it is handed.
#[derive(Debug, Default)]
pub struct Mailbox {
    mails: Mutex<Vec<Mail>>,
    next: Mutex<VecDeque<Fault>>,
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
        self.next.lock().unwrap().push_back(Fault::NotTaken(error));
    }

    /// Takes the next mail, and says that it did not.
    pub fn lose_next_answer(&self, error: MailError) {
        self.next.lock().unwrap().push_back(Fault::AnswerLost(error));
    }

    /// The tokens of the links in all mails to this address, repeats included.
    pub fn links(&self, email: &str) -> Vec<String> {
        let mails = self.mails.lock().unwrap();
        let texts = mails.iter().filter(|mail| mail.to.as_str() == email).map(|mail| mail.text.as_str());
        let tokens = texts.filter_map(|text| text.split_once("?token=")?.1.split_whitespace().next());
        tokens.map(str::to_owned).collect()
    }
}

#[async_trait]
impl Mailer for Mailbox {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let fault = self.next.lock().unwrap().pop_front();
        if let Some(Fault::NotTaken(error)) = fault {
            return Err(error);
        }
        self.mails.lock().unwrap().push(mail.clone());
        match fault {
            Some(Fault::AnswerLost(error)) => Err(error),
            _ => Ok(()),
        }
    }

    async fn check(&self) -> Result<(), MailError> {
        Ok(())
    }
}
