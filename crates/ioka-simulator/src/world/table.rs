//! Objects in the order they were made, found by id.

use std::collections::HashMap;
use std::sync::Arc;

/// Something with an id.
pub(crate) trait Keyed {
    /// Its id.
    fn id(&self) -> &str;
}

macro_rules! keyed {
    ($($kind:ident),*) => {
        $(impl Keyed for crate::model::$kind {
            fn id(&self) -> &str {
                &self.id
            }
        })*
    };
}

keyed!(Order, Payment, Refund, Customer, Card, Subscription, Webhook);

/// Snapshots of objects, oldest first. Reading one by id or by place is constant time, so that paging from the newest
/// costs the same however many there are.
#[derive(Debug)]
pub(crate) struct Table<T> {
    rows: Vec<Arc<T>>,
    places: HashMap<String, usize>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), places: HashMap::new() }
    }
}

impl<T: Keyed> Table<T> {
    /// Stores an object, in place of an earlier one with its id; returns its place and the earlier one.
    pub(crate) fn put(&mut self, row: Arc<T>) -> (usize, Option<Arc<T>>) {
        if let Some(&place) = self.places.get(row.id()) {
            let earlier = std::mem::replace(&mut self.rows[place], row);
            return (place, Some(earlier));
        }
        let place = self.rows.len();
        self.places.insert(row.id().to_owned(), place);
        self.rows.push(row);
        (place, None)
    }

    /// The object with this id.
    pub(crate) fn get(&self, id: &str) -> Option<Arc<T>> {
        self.places.get(id).map(|&place| Arc::clone(&self.rows[place]))
    }

    /// The object at this place.
    pub(crate) fn at(&self, place: usize) -> Option<&Arc<T>> {
        self.rows.get(place)
    }

    /// Whether an object has this id.
    pub(crate) fn contains(&self, id: &str) -> bool {
        self.places.contains_key(id)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// All of them, oldest first.
    pub(crate) fn rows(&self) -> &[Arc<T>] {
        &self.rows
    }
}
