//! Learns the word weights: logistic regression by AdaGrad (Duchi et al. 2011) over hashed words and pairs.

use newsclean::measure::tokenize;
use newsclean::model::words::{score, slots};

use crate::boost::Random;

/// One block to learn from.
pub struct Example {
    pub slots: Vec<u32>,
    pub label: f32,
    pub weight: f32,
}

/// The slots of a block's words.
pub fn slots_of(text: &str) -> Vec<u32> {
    let mut out = Vec::new();
    slots(&tokenize(text), |slot| out.push(slot as u32));
    out
}

const PASSES: usize = 4;
const RATE: f32 = 0.06;
/// Pull of every weight that is seen towards zero.
const PULL: f32 = 3e-4;

/// A weight for each of the slots that a hash of `bits` gives.
pub fn learn(examples: &[&Example], bits: u32, seed: u64) -> Vec<f32> {
    let mut weights = vec![0f32; 1 << bits];
    let mut squares = vec![1e-2f32; 1 << bits];
    let mut order: Vec<u32> = (0..examples.len() as u32).collect();
    let mut random = Random::new(seed);
    for _ in 0..PASSES {
        for i in (1..order.len()).rev() {
            order.swap(i, (random.next() % (i as u64 + 1)) as usize);
        }
        for &i in &order {
            let example = examples[i as usize];
            let norm = 1.0 / (example.slots.len().max(1) as f32).sqrt();
            let s = read(&weights, &example.slots);
            let slope = (1.0 / (1.0 + (-s).exp()) - example.label) * example.weight * norm;
            for &slot in &example.slots {
                let slot = slot as usize;
                let g = slope + PULL * weights[slot];
                squares[slot] += g * g;
                weights[slot] -= RATE * g / squares[slot].sqrt();
            }
        }
    }
    weights
}

/// The score of a block with the given slots.
pub fn read(weights: &[f32], slots: &[u32]) -> f32 {
    score(slots.iter().map(|s| weights[*s as usize]).sum(), slots.len())
}

/// The weights as bytes, with what one step is worth.
pub fn to_bytes(weights: &[f32]) -> (f32, Vec<u8>) {
    // The few largest weights saturate, so that the many small ones keep their digits.
    let mut sizes: Vec<f32> = weights.iter().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
    sizes.sort_by(f32::total_cmp);
    let top = sizes.get(sizes.len() * 999 / 1000).copied().unwrap_or(1.0);
    let unit = top / 127.0;
    (unit, weights.iter().map(|w| (w / unit).round().clamp(-127.0, 127.0) as i8 as u8).collect())
}
