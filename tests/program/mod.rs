//! The program as tests start it: nothing of the developer's own may change what it does.

use std::process::Command;

/// A home where nobody lives.
pub(crate) const NOBODY: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/nobody");

/// The program, without configuration.
pub(crate) fn newsclean() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_newsclean"));
    command.env("HOME", NOBODY).env("XDG_CONFIG_HOME", NOBODY).env_remove("NEWSCLEAN_CONFIG");
    command
}
