//! x
use std::sync::Arc;
use flow_simulation::{plan::Plan, play::*, stage::Stage, product::*};
fn main(){
    let n: u64 = std::env::args().nth(1).unwrap().parse().unwrap();
    let m: u64 = std::env::args().nth(2).unwrap().parse().unwrap();
    let mut stage = Arc::new(Stage::new().unwrap());
    let product: Arc<dyn Product> = Arc::new(TheProduct);
    let mut cov = flow_simulation::coverage::Coverage::default();
    let t = std::time::Instant::now();
    let mut calls = 0; let mut actions=0;
    for seed in n..n+m {
        let plan = Plan::of(seed);
        actions += plan.actions.len();
        let o = play(&plan, &stage, &product, if m == 1 {Telling::Aloud} else {Telling::Silent});
        cov.add(o.sights); calls += o.calls;
        if m == 1 { for l in &o.story { println!("{l}"); } }
        if !o.violations.is_empty() { println!("{seed}: {:?}", o.violations); }
        if seed % 200 == 199 || !o.violations.is_empty() { stage = Arc::new(Stage::new().unwrap()); }
    }
    println!("{cov}{calls} calls {actions} actions {:?}", t.elapsed());
}
