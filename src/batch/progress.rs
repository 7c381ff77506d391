//! The progress bar: drawn on a terminal only, and out of the way of what is said.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What the bar looks like: how many of how many, how fast, and how long still.
const TEMPLATE: &str = "{elapsed_precise} {wide_bar} {human_pos}/{human_len} {per_sec} {eta} left";

/// How far a run is.
#[derive(Debug, Clone)]
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// A bar, drawn if stderr is a terminal; none if it is not wanted.
    pub(super) fn new(is_wanted: bool) -> Self {
        let bar =
            ProgressBar::with_draw_target(Some(0), if is_wanted { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() });
        if !bar.is_hidden() {
            // A fault in the template, which is a constant, would show the bar of the library.
            bar.set_style(ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self(bar)
    }

    /// Whether anybody sees it.
    pub(super) fn is_seen(&self) -> bool {
        !self.0.is_hidden()
    }

    /// Whether the run is over.
    pub(super) fn is_over(&self) -> bool {
        self.0.is_finished()
    }

    /// Another input is known.
    pub(super) fn expect_one(&self) {
        self.0.inc_length(1);
    }

    /// Another input is done with.
    pub(super) fn step(&self) {
        self.0.inc(1);
    }

    /// Does `what` while the bar is out of the way.
    pub(super) fn hidden(&self, what: impl FnOnce()) {
        self.0.suspend(what);
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}
