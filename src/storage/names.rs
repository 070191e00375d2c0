//! Which databases and which entries of `localStorage` belong to a host's namespace and to the
//! workspaces beside it, and to no other namespace. Pure.

use crate::inspection::InspectionId;

/// What names begin with.
const PREFIX: &str = "tkt:";

/// What stands between a host's namespace and the id of a workspace.
const WORKSPACE: char = '~';

/// What is kept in `localStorage`: the journal and the preferences. A namespace may have colons in
/// its name, so the first one alone does not tell where it ends.
const KINDS: [&str; 2] = [":journal:", ":prefs:"];

/// The namespace of a database, if it is the host's or that of a workspace beside it.
#[must_use]
pub fn namespace_of<'a>(database: &'a str, host: &str) -> Option<&'a str> {
    let rest = after_workspace(database.strip_prefix(PREFIX)?.strip_prefix(host)?);
    if rest.is_empty() { database.strip_prefix(PREFIX) } else { None }
}

/// Whether an entry of `localStorage` belongs to the host's namespace or to a workspace beside it.
#[must_use]
pub fn is_entry_of(name: &str, host: &str) -> bool {
    let rest = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_prefix(host));
    let rest = rest.map(after_workspace);
    rest.is_some_and(|rest| KINDS.iter().any(|kind| rest.starts_with(kind)))
}

/// What follows the id of a workspace; all of it, where there is none.
fn after_workspace(rest: &str) -> &str {
    /// The length of a UUID.
    const ID: usize = 36;
    let workspace = rest.strip_prefix(WORKSPACE).and_then(|rest| rest.split_at_checked(ID));
    match workspace {
        Some((id, after)) if InspectionId::parse(id).is_some() => after,
        _ => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERS: &str = "~00000000-0000-4000-8000-000000000001";

    #[test]
    fn databases_of_the_host_and_its_workspaces_are_found_and_no_others() {
        let hers = ["default", HERS].concat();
        for (database, namespace) in [
            ("tkt:default", Some("default")),
            (&["tkt:", &hers].concat(), Some(&*hers)),
            ("tkt:default2", None),
            ("tkt:default~other", None),
            (&["tkt:", &hers, "~x"].concat(), None),
            ("tkt:default:journal:x", None),
            ("default", None),
            ("host", None),
            ("tkt:", None),
        ] {
            assert_eq!(namespace_of(database, "default"), namespace, "{database}");
        }
    }

    #[test]
    fn entries_of_the_host_and_its_workspaces_are_found_and_no_others() {
        for (name, is_ours) in [
            ("tkt:default:prefs:language", true),
            ("tkt:default:journal:?", true),
            (&["tkt:default", HERS, ":journal:x:y"].concat(), true),
            ("tkt:default:b:prefs:language", false),
            ("tkt:default2:prefs:language", false),
            ("tkt:default~b:prefs:language", false),
            ("tkt:other:prefs:language", false),
            ("token", false),
        ] {
            assert_eq!(is_entry_of(name, "default"), is_ours, "{name}");
        }
    }
}
