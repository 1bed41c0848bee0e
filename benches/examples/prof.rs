use b::contender::{CLAIMPROOF, RAW_LIMIT, Task};
use b::sample;
use claimproof_benches as b;
use std::time::Instant;
fn main() {
    let which = std::env::args().nth(1).unwrap_or_default();
    let secs: f64 = std::env::args().nth(2).and_then(|s| s.parse().ok()).unwrap_or(3.0);
    let s = match which.as_str() {
        "api" => sample::API_SMALL,
        "tab" => sample::TABLEAU_SMALL,
        "big" => sample::TABLEAU_LARGE,
        "apibig" => sample::API_LARGE,
        "link" => sample::LINK_SMALL,
        "linkbig" => sample::LINK_LARGE,
        _ => panic!(),
    };
    let given = s.presentations(500);
    let task = Task::new(s, &given);
    let mut own = CLAIMPROOF.prepare(&task).unwrap();
    let mut raw = RAW_LIMIT.prepare(&task).unwrap();
    let mut res = vec![];
    let begun = Instant::now();
    let only = std::env::args().nth(3).is_some();
    while begun.elapsed().as_secs_f64() < secs {
        let mut lap = |run: &mut Box<dyn b::contender::Run + '_>| {
            run.renew();
            let mut n = 0;
            let t = cpu_time::ThreadTime::now();
            run.pass(&mut |ok| {
                assert!(std::hint::black_box(ok));
                n += 1
            });
            t.elapsed().as_secs_f64() * 1e9 / f64::from(n)
        };
        let o = lap(&mut own);
        let r = if only { o } else { lap(&mut raw) };
        res.push((o, r));
    }
    let med = |mut v: Vec<f64>| {
        v.sort_by(f64::total_cmp);
        v[v.len() / 2]
    };
    println!(
        "{which}: own {:.0} raw {:.0} ratio {:.3}",
        med(res.iter().map(|x| x.0).collect()),
        med(res.iter().map(|x| x.1).collect()),
        med(res.iter().map(|x| x.0 / x.1).collect())
    );
}
