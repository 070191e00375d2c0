//! Deleting everything that a host's namespace keeps on a device, or what one of its workspaces
//! does, in the databases and in `localStorage`.
//!
//! Whatever is to go is marked first, in `localStorage` and in its vault, and the marks go last. No
//! vault opens while it is marked: what was begun is finished before, by whoever comes first. So it
//! is finished although the page dies or storage fails in its midst, and takes nothing that was
//! saved after it.

use std::collections::{BTreeMap, BTreeSet};

use super::channel::{Channel, News};
use super::idb::{Connection, databases};
use super::journal::local_storage;
use super::names::{entry_of, goes_with_work, host_of, id_of, namespace_of};
use super::once::Once;
use super::vault::{about, connect, connect_to_existing, name_of};
use super::{StoreError, Workspace, prefs, workspaces};
use crate::browser::locks;
use crate::browser::timer::Timer;

/// How long other tabs have to hear that they are to forget everything, in milliseconds.
const HEARING: i32 = 50;

/// How long after deleting is looked whether anything came back, in milliseconds: longer than a tab
/// that was about to save something waits before it does.
const SETTLING: i32 = 400;

/// How often it is tried: a tab that is woken late may bring something back once.
const TIMES: usize = 5;

/// The preference that marks what is being erased.
const MARK: &str = "erasing";

/// How much is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Everything of the host's namespace and of the workspaces beside it.
    All,
    /// Everything that one workspace holds.
    One,
}

impl Extent {
    const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::One => "one",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::All, Self::One].into_iter().find(|extent| extent.name() == name)
    }

    /// The mark in a vault.
    pub(super) fn said_by(facts: &BTreeMap<String, String>) -> Option<Self> {
        Self::parse(facts.get(about::ERASING)?)
    }

    /// The mark in `localStorage`.
    fn noted_for(namespace: &str) -> Option<Self> {
        Self::parse(&prefs::get(namespace, MARK)?)
    }
}

/// Deletes everything of a host's namespace and of the workspaces beside it; `known` are the
/// namespaces that are known to be there. All stores of them forget what they hold and say
/// `Cleared`.
///
/// # Errors
/// Why something is still there. It goes at the next start.
pub async fn erase(host: &str, known: Vec<String>) -> Result<(), StoreError> {
    Erasing { host, namespace: host, extent: Extent::All }.begin(known).await
}

/// Deletes a workspace; the first one is emptied. All stores of it forget what they hold and say
/// `Cleared`.
///
/// # Errors
/// Why something is still there. It goes at the next start.
pub async fn erase_workspace(host: &str, workspace: &Workspace) -> Result<(), StoreError> {
    let namespace = &workspace.namespace(host);
    Erasing { host, namespace, extent: Extent::One }.begin(Vec::new()).await
}

/// Whether everything of a host's namespace is being erased, as far as `localStorage` tells.
#[must_use]
pub fn is_erasing_all(host: &str) -> bool {
    Extent::noted_for(host) == Some(Extent::All)
}

/// Finishes what was begun to be erased in a host's namespace and is marked in `localStorage`. What
/// is marked in a vault alone is finished when that is opened.
///
/// # Errors
/// Why something is still there.
pub async fn finish_erasing(host: &str) -> Result<(), StoreError> {
    let is_mark = |name: &String| entry_of(name, host).is_some_and(|(_, entry)| is_mark(entry));
    for name in entries().filter(is_mark) {
        if let Some((namespace, _)) = entry_of(&name, host)
            && let Some(extent) = Extent::noted_for(namespace)
        {
            finish(namespace, extent).await?;
        }
    }
    Ok(())
}

/// Opens a vault, once what was begun to be erased of it is gone.
pub(super) async fn unless_marked(
    namespace: &str,
    open: impl AsyncFn() -> Result<Connection, StoreError>,
) -> Result<Connection, StoreError> {
    let host = host_of(namespace);
    if is_erasing_all(host) {
        finish(host, Extent::All).await?;
    } else if let Some(extent) = Extent::noted_for(namespace) {
        finish(namespace, extent).await?;
    }
    let connection = open().await?;
    match Extent::said_by(&about::read(&connection).await.unwrap_or_default()) {
        Some(extent) => {
            drop(connection);
            finish(namespace, extent).await?;
            open().await
        }
        None => Ok(connection),
    }
}

/// Finishes what is marked, unless somebody did so meanwhile.
pub(super) async fn finish(namespace: &str, extent: Extent) -> Result<(), StoreError> {
    let erasing = Erasing { host: host_of(namespace), namespace, extent };
    let _alone = erasing.alone().await?;
    if erasing.is_marked().await? { erasing.carry_out(Vec::new(), false).await } else { Ok(()) }
}

/// The extent of erasing.
#[derive(Clone, Copy)]
struct Erasing<'a> {
    host: &'a str,
    /// The host's, if all is.
    namespace: &'a str,
    extent: Extent,
}

impl Erasing<'_> {
    /// One window at a time: what another one saves after it was finished there must stay.
    async fn alone(self) -> Result<locks::Held, StoreError> {
        let held = locks::try_hold(&["tkt:", self.host, ":erasing"].concat()).await;
        held.ok_or(StoreError::Closed)
    }

    /// Puts the marks, and carries out what they say. What can be marked in one storage alone is
    /// erased all the same.
    async fn begin(self, mut known: Vec<String>) -> Result<(), StoreError> {
        let name = self.extent.name();
        known.push(self.namespace.to_owned());
        // In one go: a page that dies here has done both or nothing.
        _ = prefs::set(self.namespace, MARK, name);
        tell(&known);
        let _alone = self.alone().await?;
        let said = async {
            let connection = connect_to_existing(self.namespace).await?;
            about::say(&connection, &[(about::ERASING, Some(name))]).await
        };
        _ = said.await;
        self.carry_out(known, true).await
    }

    async fn is_marked(self) -> Result<bool, StoreError> {
        if Extent::noted_for(self.namespace) == Some(self.extent) {
            return Ok(true);
        }
        let said = about::read(&connect(self.namespace).await?).await?;
        Ok(Extent::said_by(&said) == Some(self.extent))
    }

    /// Deletes what is marked, and then the marks. Stores are told only by whoever began it: what
    /// was put into one of them since then is held there until it can be saved.
    async fn carry_out(self, known: Vec<String>, is_to_tell: bool) -> Result<(), StoreError> {
        let is_noted = Extent::noted_for(self.namespace).is_some();
        let mut all: BTreeSet<_> = known.into_iter().collect();
        all.insert(self.namespace.to_owned());
        if self.extent == Extent::All {
            let listed = workspaces::listed(self.host);
            all.extend(listed.iter().map(|workspace| workspace.namespace(self.host)));
            let named = workspaces::names(self.host).await.into_keys();
            all.extend(named.map(|id| [self.host, "~", &id].concat()));
        }
        for _ in 0..TIMES {
            if is_noted && Extent::noted_for(self.namespace).is_none() {
                // Where there are no locks another window may have finished it.
                return Ok(());
            }
            all.extend(self.databases().await);
            if is_to_tell {
                tell(&all);
                wait(HEARING).await;
            }
            self.forget_entries();
            // The host's comes last, as it has the mark.
            for namespace in all.iter().rev() {
                self.delete(namespace).await?;
            }
            if is_to_tell {
                wait(SETTLING).await;
            }
            if self.databases().await.is_empty() && self.entries().next().is_none() {
                prefs::remove(self.namespace, MARK);
                // A mark that stays would take what is saved from now on.
                let is_gone = !is_noted || prefs::is_gone(self.namespace, MARK);
                return if is_gone { Ok(()) } else { Err(StoreError::Denied) };
            }
        }
        Err(StoreError::Timeout)
    }

    /// Whether it is the first workspace that is emptied: its database says which others there are.
    fn is_first(self) -> bool {
        self.extent == Extent::One && self.namespace == self.host
    }

    async fn delete(self, namespace: &str) -> Result<(), StoreError> {
        if self.is_first() {
            return about::empty(&connect(namespace).await?).await;
        }
        if let (Extent::One, Some(id)) = (self.extent, id_of(namespace, self.host)) {
            workspaces::remove(self.host, &id).await?;
        }
        databases::delete(&name_of(namespace)).await
    }

    /// The databases that are to go and are there, as far as the browser tells.
    async fn databases(self) -> Vec<String> {
        let mut all = namespaces(self.host).await.unwrap_or_default();
        all.retain(|one| match self.extent {
            Extent::All => true,
            Extent::One => one == self.namespace && !self.is_first(),
        });
        all
    }

    /// The names of the entries that are to go and are there.
    fn entries(self) -> impl Iterator<Item = String> {
        entries().filter(move |name| {
            entry_of(name, self.host).is_some_and(|(namespace, entry)| {
                let is_own = namespace == self.namespace;
                match self.extent {
                    Extent::All => !(is_own && is_mark(entry)),
                    Extent::One if self.is_first() => is_own && goes_with_work(entry),
                    Extent::One => is_own && !is_mark(entry),
                }
            })
        })
    }

    fn forget_entries(self) {
        for name in self.entries() {
            _ = local_storage().map(|storage| storage.remove_item(&name));
        }
    }
}

/// Has all stores of some namespaces forget what they hold.
fn tell<'a>(namespaces: impl IntoIterator<Item = &'a String>) {
    for channel in namespaces.into_iter().filter_map(|one| Channel::open(one, |_| {})) {
        channel.tell(&[News::Cleared]);
    }
}

/// Whether an entry of `localStorage` marks what is being erased.
fn is_mark(entry: &str) -> bool {
    entry.strip_prefix(":prefs:") == Some(MARK)
}

/// The namespaces that have a database: the host's and those of workspaces beside it. `None` where
/// the browser does not tell.
pub async fn namespaces(host: &str) -> Option<Vec<String>> {
    let names = databases::names().await?.into_iter();
    Some(names.filter_map(|name| namespace_of(&name, host).map(str::to_owned)).collect())
}

/// The names of all entries of `localStorage`.
fn entries() -> impl Iterator<Item = String> {
    let storage = local_storage();
    let count = storage.as_ref().and_then(|storage| storage.length().ok()).unwrap_or_default();
    let names = (0..count).filter_map(|index| storage.as_ref()?.key(index).ok().flatten());
    // The caller may remove some of them meanwhile.
    names.collect::<Vec<_>>().into_iter()
}

async fn wait(milliseconds: i32) {
    let over = Once::new();
    let given = over.clone();
    let _timer = Timer::started(milliseconds, move || given.give(()));
    over.await;
}
