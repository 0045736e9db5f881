//! A history that went wrong becomes as small as it can be and still goes wrong.

use crate::plan::{Pace, Plan, Weather};

/// The smallest history that still `fails`, found by leaving out actions, half of them at first and one in the end, and
/// then what goes wrong in the calls of each.
pub fn shrunk(plan: &Plan, mut fails: impl FnMut(&Plan) -> bool) -> Plan {
    let mut smallest = plan.clone();
    loop {
        let before = smallest.clone();
        leave_out_actions(&mut smallest, &mut fails);
        make_calmer(&mut smallest, &mut fails);
        if smallest == before {
            return smallest;
        }
    }
}

fn leave_out_actions(smallest: &mut Plan, fails: &mut impl FnMut(&Plan) -> bool) {
    let mut size = smallest.actions.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        while at < smallest.actions.len() {
            let mut smaller = smallest.clone();
            let end = (at + size).min(smaller.actions.len());
            smaller.actions.drain(at..end);
            if fails(&smaller) {
                *smallest = smaller;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
}

fn make_calmer(smallest: &mut Plan, fails: &mut impl FnMut(&Plan) -> bool) {
    let count = smallest.actions.len();
    let mut try_with = |change: &dyn Fn(&mut Plan)| {
        let mut calmer = smallest.clone();
        change(&mut calmer);
        if calmer != *smallest && fails(&calmer) {
            *smallest = calmer;
        }
    };
    try_with(&|plan| plan.setting.clocks_ahead_s = [0, 0]);
    for at in 0..count {
        try_with(&|plan| plan.actions[at].weather = Weather::Calm);
        try_with(&|plan| plan.actions[at].pace = Pace::ToTheEnd);
    }
}
