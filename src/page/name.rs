//! The names of rules.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// The name of a rule or a shape: one of the program's, or one that a user has given. A page may have millions of them, so that it is no
/// wider than a `&str`, and a copy costs nothing.
#[derive(Clone)]
pub struct RuleName(Inner);

/// The length of a `&str` leaves room for a pointer, and its pointer for which of the two it is.
#[derive(Clone)]
enum Inner {
    Static(&'static str),
    Shared(Arc<Box<str>>),
}

impl RuleName {
    /// No name.
    pub const NONE: Self = Self(Inner::Static(""));
}

impl Default for RuleName {
    fn default() -> Self {
        Self::NONE
    }
}

impl Deref for RuleName {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            Inner::Static(name) => name,
            Inner::Shared(name) => name,
        }
    }
}

impl PartialEq for RuleName {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for RuleName {}

impl PartialOrd for RuleName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for RuleName {
    fn cmp(&self, other: &Self) -> Ordering {
        (**self).cmp(&**other)
    }
}

impl Borrow<str> for RuleName {
    fn borrow(&self) -> &str {
        self
    }
}

impl PartialEq<str> for RuleName {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl From<&'static str> for RuleName {
    fn from(name: &'static str) -> Self {
        Self(Inner::Static(name))
    }
}

impl From<String> for RuleName {
    fn from(name: String) -> Self {
        Self(Inner::Shared(Arc::new(name.into_boxed_str())))
    }
}

impl From<Cow<'static, str>> for RuleName {
    fn from(name: Cow<'static, str>) -> Self {
        match name {
            Cow::Borrowed(name) => name.into(),
            Cow::Owned(name) => name.into(),
        }
    }
}

impl fmt::Display for RuleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for RuleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_wider_than_a_str() {
        assert_eq!(size_of::<RuleName>(), size_of::<&str>());
        for name in [RuleName::from("share"), RuleName::from("share".to_owned()), Cow::Borrowed("share").into()] {
            assert_eq!((&*name, format!("{name:>6} {name:?}")), ("share", " share \"share\"".to_owned()));
        }
    }
}
