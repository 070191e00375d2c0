//! Which databases and which entries of `localStorage` belong to a host's namespace and to the
//! workspaces beside it, and to no other namespace. Pure.

use crate::inspection::InspectionId;

/// The beginning of all names.
const PREFIX: &str = "tkt:";

/// The separator between a host's namespace and the id of a workspace.
const WORKSPACE: char = '~';

/// The preference that notes that something was saved.
pub const SAVED_NOTE: &str = "saved";

/// The kinds of entries in `localStorage`: the journal and the preferences. A namespace may have
/// colons in its name, so the first one alone does not tell where it ends.
const KINDS: [&str; 2] = [":journal:", ":prefs:"];

/// The namespace of a database, if it is the host's or that of a workspace beside it.
#[must_use]
pub fn namespace_of<'a>(database: &'a str, host: &str) -> Option<&'a str> {
    let rest = after_workspace(database.strip_prefix(PREFIX)?.strip_prefix(host)?);
    if rest.is_empty() { database.strip_prefix(PREFIX) } else { None }
}

/// The namespace of an entry of `localStorage` and what follows it, if that is the host's namespace
/// or that of a workspace beside it.
#[must_use]
pub fn entry_of<'a>(name: &'a str, host: &str) -> Option<(&'a str, &'a str)> {
    let full = name.strip_prefix(PREFIX)?;
    let rest = after_workspace(full.strip_prefix(host)?);
    let is_ours = KINDS.iter().any(|kind| rest.starts_with(kind));
    is_ours.then(|| (full.strip_suffix(rest).unwrap_or_default(), rest))
}

/// The host's namespace that a namespace belongs to: itself, unless it is that of a workspace.
#[must_use]
pub fn host_of(namespace: &str) -> &str {
    let workspace = namespace.rsplit_once(WORKSPACE);
    let workspace = workspace.filter(|(_, id)| InspectionId::parse(id).is_some());
    workspace.map_or(namespace, |(host, _)| host)
}

/// The id of the workspace of a namespace beside the host's.
#[must_use]
pub fn id_of(namespace: &str, host: &str) -> Option<String> {
    namespace.strip_prefix(host)?.strip_prefix(WORKSPACE).map(str::to_owned)
}

/// Whether an entry of the first workspace, as it stands after the namespace, goes with what was
/// entered there. The others are about all workspaces, or the person's preferences.
#[must_use]
pub fn goes_with_work(entry: &str) -> bool {
    let preference = entry.strip_prefix(":prefs:");
    preference.is_none_or(|name| {
        ["unit", "unit-type", SAVED_NOTE].contains(&name) || name.starts_with("place:")
    })
}

/// Returns the text behind the id of a workspace; all of it, where there is none.
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
        let hers = ["default", HERS].concat();
        for (name, namespace) in [
            ("tkt:default:prefs:language", Some("default")),
            ("tkt:default:journal:?", Some("default")),
            (&["tkt:default", HERS, ":journal:x:y"].concat(), Some(&*hers)),
            ("tkt:default:b:prefs:language", None),
            ("tkt:default2:prefs:language", None),
            ("tkt:default~b:prefs:language", None),
            ("tkt:other:prefs:language", None),
            ("token", None),
        ] {
            assert_eq!(entry_of(name, "default").map(|(of, _)| of), namespace, "{name}");
        }
        assert_eq!(entry_of("tkt:default:prefs:unit", "default"), Some(("default", ":prefs:unit")));
    }

    #[test]
    fn a_namespace_names_its_host() {
        let hers = ["a~b", HERS].concat();
        assert_eq!(host_of(&hers), "a~b");
        assert_eq!(id_of(&hers, "a~b").as_deref(), HERS.strip_prefix('~'));
        assert_eq!(host_of("a~b"), "a~b");
        assert_eq!(id_of("a~b", "a~b"), None);
    }

    #[test]
    fn the_first_workspace_can_be_emptied_without_the_others() {
        for (entry, goes) in [
            (":journal:x:y", true),
            (":prefs:unit", true),
            (":prefs:place:x", true),
            (":prefs:saved", true),
            (":prefs:workspaces", false),
            (":prefs:workspace", false),
            (":prefs:language", false),
        ] {
            assert_eq!(goes_with_work(entry), goes, "{entry}");
        }
    }
}
