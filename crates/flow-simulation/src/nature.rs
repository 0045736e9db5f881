//! Time and new names, as a server has them.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::Instant;
use domain::ports::{Clock, IdGenerator};
use uuid::Uuid;

use crate::world::World;

/// A server's clock and its source of names.
pub struct SimNature {
    world: Arc<World>,
    ahead: TimeDelta,
}

impl SimNature {
    /// The clock of a server that is `ahead` of the gateway's.
    pub const fn new(world: Arc<World>, ahead: TimeDelta) -> Self {
        Self { world, ahead }
    }
}

impl Clock for SimNature {
    fn now(&self) -> Instant {
        self.world.state().now + self.ahead
    }
}

impl IdGenerator for SimNature {
    fn next(&self) -> Uuid {
        self.world.state().task.ids.uuid()
    }

    fn secret(&self) -> [u8; 32] {
        let mut state = self.world.state();
        let mut secret = [0; 32];
        for chunk in secret.chunks_mut(8) {
            chunk.copy_from_slice(&state.task.ids.number().to_le_bytes());
        }
        secret
    }
}
