//! A review's row.

use diesel::prelude::*;
use domain::donation::Actor;
use domain::{Donation, Resolution, Review, ReviewItem};

use super::{damaged, known, optional_line};
use crate::error::QueryError;
use crate::schema::donation_reviews;
use crate::types::{At, Id};

/// A row of `donation_reviews`.
#[derive(Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = donation_reviews, primary_key(donation_id, review, subject), treat_none_as_null = true, treat_none_as_default_value = false)]
pub(crate) struct ReviewRow {
    pub(crate) donation_id: Id,
    review: String,
    subject: String,
    raised_at: At,
    resolved_at: Option<At>,
    resolved_by: Option<String>,
    note: Option<String>,
}

impl ReviewRow {
    pub(crate) fn all_of(donation: &Donation) -> Vec<Self> {
        let row = |item: &ReviewItem| Self {
            donation_id: Id(donation.id.0),
            review: item.review.word().to_owned(),
            subject: item.subject.clone(),
            raised_at: At(item.raised_at),
            resolved_at: item.resolution.as_ref().map(|resolution| At(resolution.at)),
            resolved_by: item.resolution.as_ref().map(|resolution| resolution.by.word()),
            note: item.resolution.as_ref().map(|resolution| resolution.note.to_string()),
        };
        donation.reviews.iter().map(row).collect()
    }

    pub(crate) fn into_item(self) -> Result<ReviewItem, QueryError> {
        Ok(ReviewItem {
            review: known("donation_reviews.review", &self.review, Review::from_word)?,
            raised_at: self.raised_at.0,
            resolution: self.resolution()?,
            subject: self.subject,
        })
    }

    fn resolution(&self) -> Result<Option<Resolution>, QueryError> {
        let note = optional_line("donation_reviews.note", self.note.as_deref())?;
        let word = self.resolved_by.as_deref();
        let by = word.map(|word| known("donation_reviews.resolved_by", word, Actor::from_word)).transpose()?;
        match (self.resolved_at, by, note) {
            (Some(At(at)), Some(by), Some(note)) => Ok(Some(Resolution { at, by, note })),
            (None, None, None) => Ok(None),
            _ => Err(damaged("donation_reviews.resolved_at")),
        }
    }
}
