//! temporary: prints the hits of every block on stdin
use std::io::Read;
fn main() {
    let mut d = Vec::new();
    std::io::stdin().read_to_end(&mut d).unwrap();
    let c = newsclean::clean(&d, &Default::default()).unwrap();
    println!("{:?}", c.page.facts);
    for b in &c.page.blocks {
        if !b.hits.is_empty() { println!("{} {:?} {:.80}", b.lines.start, b.hits.iter().map(|h| (h.id.to_string(), h.is_certain())).collect::<Vec<_>>(), b.text); }
    }
}
