//! A history is played: its actions one after the other, what they cause all at once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use application::House;

use crate::coverage::Sights;
use crate::dice::Dice;
use crate::plan::{Action, Pace, Plan, Weather};
use crate::product::Product;
use crate::stage::Stage;
use crate::tasks::{Task, Tasks};
use crate::world::{Actor, World};

/// What came of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What must not have happened; empty if all is well.
    pub violations: Vec<String>,
    /// What was exercised.
    pub sights: Sights,
    /// How many calls were made of the ports.
    pub calls: u64,
    /// What happened; empty unless it was asked for.
    pub story: Vec<String>,
}

/// Whether the story is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// It is not: this is fast.
    Silent,
    /// It is.
    Aloud,
}

/// A history that is being played.
pub struct Play {
    /// Everything around the servers.
    pub world: Arc<World>,
    /// The database.
    pub stage: Arc<Stage>,
    /// The use cases.
    pub product: Arc<dyn Product>,
    /// The servers.
    pub servers: [Arc<House>; 2],
    /// What they are doing.
    pub tasks: Tasks,
    /// What is played.
    pub plan: Plan,
}

/// Plays a history and looks at what came of it. A panic of the product's is a violation like any other.
pub fn play(plan: &Plan, stage: &Arc<Stage>, product: &Arc<dyn Product>, telling: Telling) -> Outcome {
    let story = (telling == Telling::Aloud).then(Vec::new);
    let prefix = format!("{:016x}", plan.seed);
    let world = Arc::new(World::new(prefix, plan.setting.amounts.len(), story));
    let played = catch_unwind(AssertUnwindSafe(|| {
        let servers = [0, 1].map(|number| {
            let house = crate::house::server(number, &world, stage, &plan.setting);
            Arc::new(product.furnish(house))
        });
        let mut play = Play {
            world: world.clone(),
            stage: stage.clone(),
            product: product.clone(),
            servers,
            tasks: Tasks::default(),
            plan: plan.clone(),
        };
        for action in &plan.actions {
            play.act(action);
        }
        play.settle();
        play.tell_the_end();
        play.examine();
    }));
    let mut state = world.state();
    if played.is_err() {
        state.violated("the product panicked".to_owned());
    }
    Outcome {
        violations: std::mem::take(&mut state.violations),
        sights: state.sights,
        calls: state.calls,
        story: state.story.take().unwrap_or_default(),
    }
}

impl Play {
    /// Plays one action, and goes on with the tasks for as long as it says.
    fn act(&mut self, action: &Action) {
        let mut dice = Dice::of(action.seed, 3);
        let name = format!("{:>2} {:?}", action.number, action.kind);
        self.world.state().task = Actor::new(action.seed, action.weather, name);
        self.perform(action, &mut dice);
        self.go_on(&mut dice, action.pace);
    }

    /// Begins a task on one of the servers, with luck of its own.
    pub fn begin(&mut self, dice: &mut Dice, work: impl FnOnce(&Self, Arc<House>) -> Work) {
        let task = self.task(dice, work);
        self.tasks.begin(task);
    }

    fn task(&self, dice: &mut Dice, work: impl FnOnce(&Self, Arc<House>) -> Work) -> Task {
        let server = usize::from(dice.chance(500));
        let (weather, name) = {
            let state = self.world.state();
            (state.task.weather, state.task.name.clone())
        };
        let actor = Actor::new(dice.number(), weather, name);
        Task { server, actor, work: work(self, self.servers[server].clone()) }
    }

    /// Goes on with the tasks; webhooks that come of it are delivered meanwhile.
    pub fn go_on(&mut self, dice: &mut Dice, pace: Pace) {
        let mut tasks = std::mem::take(&mut self.tasks);
        let this = &*self;
        let begun_by = |dice: &mut Dice, places: Vec<usize>| {
            places.into_iter().map(|place| this.task(dice, |play, house| play.delivery(house, place))).collect()
        };
        tasks.go_on(&self.world, dice, pace, begun_by);
        self.tasks = tasks;
    }

    /// From now on nothing goes wrong.
    pub fn clear_up(&mut self) {
        let mut state = self.world.state();
        state.gateway_outage.0 = 0;
        state.store_outage = 0;
        state.books.list_everything();
        state.task = Actor::new(self.plan.seed, Weather::Calm, "the end".to_owned());
    }
}

/// What a task does.
pub type Work = std::pin::Pin<Box<dyn Future<Output = ()> + Send>>;
