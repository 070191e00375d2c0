//! The targets as a program of libFuzzer. `cargo xtask fuzz` builds and runs it. The variable
//! `FUZZ_TARGET` names the target.
#![no_main]

use std::sync::LazyLock;

use fuzz_targets::{Target, mutate, target};
use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target, fuzzer_mutate};

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
    target(&name).unwrap_or_else(|| panic!("FUZZ_TARGET names no target: `{name}`"))
});

fuzz_target!(|bytes: &[u8]| -> Corpus {
    if bytes.len() > TARGET.longest {
        return Corpus::Reject;
    }
    _ = (TARGET.check)(bytes);
    Corpus::Keep
});

fuzz_mutator!(|bytes: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let longest = max_size.min(TARGET.longest);
    let is_by_values = TARGET.is_json && !seed.is_multiple_of(5);
    let changed = bytes.get(..size).filter(|_| is_by_values);
    if let Some(changed) = changed.and_then(|bytes| mutate::json(bytes, seed, longest))
        && let Some(place) = bytes.get_mut(..changed.len())
    {
        place.copy_from_slice(&changed);
        return changed.len();
    }
    fuzzer_mutate(bytes, size, longest)
});
