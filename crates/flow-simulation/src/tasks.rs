//! What servers are doing, on one thread: at every call of a port it is thrown who goes on.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use crate::dice::Dice;
use crate::plan::Pace;
use crate::world::{Actor, World};

/// Something that a server is doing.
pub struct Task {
    /// The server.
    pub server: usize,
    /// Whose luck it has.
    pub actor: Actor,
    /// The work.
    pub work: Pin<Box<dyn Future<Output = ()> + Send>>,
}

/// More calls than any history needs that ever comes to its end.
const MOST_CALLS: u32 = 20_000;

/// Everything that is being done.
#[derive(Default)]
pub struct Tasks {
    running: Vec<Task>,
}

impl Tasks {
    /// Begins another task.
    pub fn begin(&mut self, task: Task) {
        self.running.push(task);
    }

    /// Goes on with the tasks, whichever is thrown, until all are done or `pace` says stop. What a task brings about
    /// begins beside it. If a server dies, all that it was doing is gone.
    pub fn go_on(
        &mut self,
        world: &Arc<World>,
        dice: &mut Dice,
        pace: Pace,
        mut begun_by: impl FnMut(&mut Dice, Vec<usize>) -> Vec<Task>,
    ) {
        let mut context = Context::from_waker(Waker::noop());
        let mut left = match pace {
            Pace::ToTheEnd => MOST_CALLS,
            Pace::Calls(calls) => calls,
        };
        loop {
            let begin = std::mem::take(&mut world.state().begin);
            if !begin.is_empty() {
                self.running.extend(begun_by(dice, begin));
            }
            if self.running.is_empty() || left == 0 {
                break;
            }
            left -= 1;
            let at = dice.below(u32::try_from(self.running.len()).unwrap_or(1)) as usize;
            let task = &mut self.running[at];
            std::mem::swap(&mut world.state().task, &mut task.actor);
            let polled = task.work.as_mut().poll(&mut context);
            let dead = {
                let mut state = world.state();
                std::mem::swap(&mut state.task, &mut task.actor);
                state.dying.take()
            };
            if let Some(server) = dead {
                self.kill(server);
            } else if polled == Poll::Ready(()) {
                self.running.swap_remove(at);
            }
        }
        if pace == Pace::ToTheEnd && !self.running.is_empty() {
            world.state().violated("the servers never come to rest".to_owned());
            self.running.clear();
        }
    }

    /// All that a server was doing is gone.
    pub fn kill(&mut self, server: usize) {
        self.running.retain(|task| task.server != server);
    }
}
