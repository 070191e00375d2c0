//! The workspaces of a host's namespace. A list of them lies in `localStorage`; the name of each
//! lies in its own vault, and all names in the first one's, for browsers that do not tell which
//! databases there are. So emptying one of the two storages hides nobody's work.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::erase::{Extent, finish, namespaces, unless_marked};
use super::journal::local_storage;
use super::names::{SAVED_NOTE, id_of};
use super::sign::{SAVED, SEEN, Sign};
use super::vault::{about, connect, connect_to_existing};
use super::{StoreError, prefs};
use crate::inspection::InspectionId;

/// The preference that holds the list.
const LIST: &str = "workspaces";

/// Where one person's inspections are kept: a storage namespace beside the host's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    /// Part of its storage namespace; empty for the one that is there from the start.
    pub id: String,
    /// The person's name for it; empty for the one that is there from the start, and where it is
    /// lost.
    pub name: String,
}

impl Workspace {
    /// Whether it is the one that is there from the start.
    #[must_use]
    pub fn is_first(&self) -> bool {
        self.id.is_empty()
    }

    /// Its storage namespace beside the host's.
    #[must_use]
    pub fn namespace(&self, host: &str) -> String {
        if self.is_first() { host.to_owned() } else { [host, "~", &self.id].concat() }
    }
}

/// The words of both storages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// All workspaces, the first one foremost.
    pub workspaces: Vec<Workspace>,
    /// The namespaces whose entries in `localStorage` were deleted from outside.
    pub emptied: Vec<String>,
    /// The namespaces in which something was saved, by what `localStorage` says, and whose vaults
    /// do not know of it.
    pub unknown: Vec<String>,
}

/// The workspaces that `localStorage` lists, the first one foremost: what can be known at once.
#[must_use]
pub fn listed(host: &str) -> Vec<Workspace> {
    let mut all = vec![Workspace::default()];
    all.extend(list(host).unwrap_or_default());
    all
}

/// Looks in both storages, and notes in the vaults what `localStorage` alone says. What was begun
/// to be erased and is marked in a vault alone is erased first.
pub async fn find(host: &str) -> Found {
    let first = unless_marked(host, async || connect(host).await).await;
    let mut named = BTreeMap::new();
    if let Ok(first) = &first {
        named = about::read(first).await.map(names_in).unwrap_or_default();
    }
    let databases = namespaces(host).await;
    let mut all = listed(host);
    let others: Vec<_> = match &databases {
        Some(databases) => databases.iter().filter_map(|one| id_of(one, host)).collect(),
        None => named.keys().cloned().collect(),
    };
    for id in others {
        if all.iter().all(|known| known.id != id) {
            let name = named.get(&id).cloned().unwrap_or_default();
            all.push(Workspace { id, name });
        }
    }
    // Where the first vault can't be opened, others would be waited for in vain.
    let Ok(first) = first else {
        return Found { workspaces: all, ..Found::default() };
    };
    let mut found = Found::default();
    for mut workspace in all {
        let namespace = workspace.namespace(host);
        let is_there = databases.as_ref().is_none_or(|all| all.contains(&namespace));
        // A database that can't be read may hold something.
        if !is_there || examine(&namespace, &mut workspace, &mut found).await.unwrap_or(true) {
            found.workspaces.push(workspace);
        }
    }
    let unnamed = found.workspaces.iter().filter(|one| !one.name.is_empty());
    let unnamed = unnamed.filter(|one| named.get(&one.id) != Some(&one.name));
    let facts: Vec<_> = unnamed.map(|one| (fact_of(&one.id), one.name.as_str())).collect();
    let facts: Vec<_> = facts.iter().map(|(fact, name)| (fact.as_str(), Some(*name))).collect();
    if !facts.is_empty() {
        _ = about::say(&first, &facts).await;
    }
    found
}

/// Looks into a workspace's vault: takes its name from there if it is not known, or notes it there,
/// and compares what both storages say. `false` says that it is no workspace any more.
async fn examine(
    namespace: &str,
    workspace: &mut Workspace,
    found: &mut Found,
) -> Result<bool, StoreError> {
    let connection = connect_to_existing(namespace).await?;
    let facts = about::read(&connection).await?;
    if let Some(extent) = Extent::said_by(&facts)
        && !workspace.is_first()
    {
        drop(connection);
        _ = finish(namespace, extent).await;
        return Ok(false);
    }
    let mut news = Vec::new();
    match facts.get(about::NAME) {
        Some(name) if workspace.name.is_empty() => workspace.name.clone_from(name),
        None if !workspace.name.is_empty() => news.push((about::NAME, Some(&*workspace.name))),
        // Earlier versions of this program emptied the vault of a deleted workspace, and left it.
        None if !workspace.is_first() && !about::holds_anything(&connection).await? => {
            return Ok(false);
        }
        _ => {}
    }
    if local_storage().is_some() {
        let is_noted = prefs::is_there(namespace, SAVED_NOTE);
        match Sign::of(is_noted, facts.get(about::NOTED).map(String::as_str)) {
            Sign::Nothing | Sign::Fine => {}
            Sign::Unconfirmed => news.push((about::NOTED, Some(SEEN))),
            Sign::Unwritten => note_in_local_storage(namespace),
            Sign::LocalStorageEmptied => found.emptied.push(namespace.to_owned()),
            Sign::VaultGone => found.unknown.push(namespace.to_owned()),
        }
    }
    if !news.is_empty() {
        // It is tried again at the next start.
        _ = about::say(&connection, &news).await;
    }
    Ok(true)
}

/// Adds a workspace.
///
/// # Errors
/// When neither storage takes its name: it could not be found again.
pub async fn add(host: &str, workspace: &Workspace) -> Result<(), StoreError> {
    let Workspace { id, name } = workspace;
    // A list that can't be read is left as it is: it may be a newer program's.
    let is_listed = list(host).is_some_and(|mut all| {
        all.retain(|one| one.id != *id);
        all.push(workspace.clone());
        write_list(host, &all)
    });
    let said = say(&workspace.namespace(host), about::NAME, Some(name)).await;
    _ = say(host, &fact_of(id), Some(name)).await;
    if is_listed { Ok(()) } else { said }
}

/// Takes a workspace from wherever its name lies but in its own vault.
pub(super) async fn remove(host: &str, id: &str) -> Result<(), StoreError> {
    if let Some(mut all) = list(host)
        && all.iter().any(|one| one.id == id)
    {
        all.retain(|one| one.id != id);
        write_list(host, &all);
    }
    say(host, &fact_of(id), None).await
}

/// Notes in both storages that something is saved in a namespace.
pub async fn note_saved(namespace: &str) {
    if !prefs::is_there(namespace, SAVED_NOTE) {
        note_in_local_storage(namespace);
    }
    let note = async {
        let connection = connect(namespace).await?;
        if !about::read(&connection).await?.contains_key(about::NOTED) {
            about::say(&connection, &[(about::NOTED, Some(SAVED))]).await?;
        }
        Ok::<_, StoreError>(())
    };
    _ = note.await;
}

/// Notes in `localStorage` that something is saved in a namespace: when it was emptied, once the
/// person knows.
pub fn note_in_local_storage(namespace: &str) {
    _ = prefs::set(namespace, SAVED_NOTE, SAVED);
}

/// Forgets that something was saved in a namespace: its vault is gone, and the person knows.
pub fn forget_saved(namespace: &str) {
    prefs::remove(namespace, SAVED_NOTE);
}

/// The workspaces in the list; `None` when it can't be read.
fn list(host: &str) -> Option<Vec<Workspace>> {
    let Some(text) = prefs::get(host, LIST) else {
        return (!prefs::is_there(host, LIST)).then(Vec::new);
    };
    let mut all: Vec<Workspace> = serde_json::from_str(&text).ok()?;
    all.retain(|one| InspectionId::parse(&one.id).is_some());
    Some(all)
}

fn write_list(host: &str, all: &[Workspace]) -> bool {
    serde_json::to_string(all).is_ok_and(|text| prefs::set(host, LIST, &text))
}

/// The names of the others in the first workspace's vault, by their ids.
pub(super) async fn names(host: &str) -> BTreeMap<String, String> {
    let facts = async { about::read(&connect_to_existing(host).await?).await };
    facts.await.map(names_in).unwrap_or_default()
}

fn names_in(facts: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let id = |fact: &str| fact.strip_prefix(about::WORKSPACE).map(str::to_owned);
    facts.into_iter().filter_map(|(fact, name)| Some((id(&fact)?, name))).collect()
}

fn fact_of(id: &str) -> String {
    [about::WORKSPACE, id].concat()
}

/// Has a namespace's vault say something.
async fn say(namespace: &str, fact: &str, text: Option<&str>) -> Result<(), StoreError> {
    about::say(&connect(namespace).await?, &[(fact, text)]).await
}
