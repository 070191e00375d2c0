//! The behaviour of input methods while 'Tiếng Việt' is typed.

use browser_tests::Stroke;

/// A way to type.
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// Its name in messages.
    pub name: &'static str,
    /// Returns its strokes, from the caret's place `start`.
    pub strokes: fn(start: u32) -> Vec<Stroke<'static>>,
    /// The resulting text.
    pub typed: &'static str,
}

/// Telex that composes: `Tieengs Vieejt`.
const TELEX: Method = Method {
    name: "Telex by composition",
    strokes: |_| {
        let first = ["T", "Ti", "Tie", "Tiê", "Tiên", "Tiêng", "Tiếng"];
        composed(&[&first, &["V", "Vi", "Vie", "Viê", "Việ", "Việt"]])
    },
    typed: "Tiếng Việt ",
};

/// VNI that composes: `Tie61ng Vie65t`.
const VNI: Method = Method {
    name: "VNI by composition",
    strokes: |_| {
        let first = ["T", "Ti", "Tie", "Tiê", "Tiế", "Tiến", "Tiếng"];
        composed(&[&first, &["V", "Vi", "Vie", "Viê", "Việ", "Việt"]])
    },
    typed: "Tiếng Việt ",
};

/// A composition that is abandoned: `Tieens`, then Backspace in the input method until nothing is
/// left.
const GIVEN_UP: Method = Method {
    name: "a composition that is given up",
    strokes: |_| {
        let states = ["T", "Ti", "Tiế", "Ti", "T", ""];
        let mut strokes: Vec<_> = states.iter().map(|state| Stroke::Compose(state)).collect();
        strokes.extend([Stroke::Letter('V'), Stroke::Compose("à"), Stroke::Commit("à")]);
        strokes
    },
    typed: "Và",
};

/// A phone's keyboard: it takes up an existing word and replaces it, and then a selected word.
const REPLACED: Method = Method {
    name: "replacement of words",
    strokes: |start| {
        let mut strokes: Vec<_> = "tieng viet".chars().map(Stroke::Letter).collect();
        strokes.extend([
            Stroke::ComposeOver(start, start + 5, "tiêng"),
            Stroke::Compose("tiếng"),
            Stroke::Commit("tiếng"),
            Stroke::Select(start + 6, start + 10),
            Stroke::Commit("Việt"),
            Stroke::Letter(' '),
            Stroke::ComposeOver(start, start + 5, "Tiếng"),
            Stroke::Commit("Tiếng"),
        ]);
        strokes
    },
    typed: "Tiếng Việt ",
};

/// Keys alone, as on a hardware keyboard: a number as people write it.
const KEYS: Method = Method {
    name: "a number by keys",
    strokes: |_| {
        let mut strokes: Vec<_> = "1.2344".chars().map(Stroke::Letter).collect();
        strokes.extend([Stroke::Backspace, Stroke::Backspace, Stroke::Letter('4')]);
        strokes
    },
    typed: "1.234",
};

/// A figure that a phone's keyboard replaces as it does words.
const COMPOSED_FIGURE: Method = Method {
    name: "a number by composition",
    strokes: |start| {
        vec![
            Stroke::Compose("1"),
            Stroke::Compose("1."),
            Stroke::Compose("1.23"),
            Stroke::Commit("1.234"),
            Stroke::ComposeOver(start, start + 5, "12.345"),
            Stroke::Commit("1.234"),
        ]
    },
    typed: "1.234",
};

/// Every way to type words whose single steps are checked.
pub const WORDS: [Method; 5] = [TELEX, VNI, GIVEN_UP, REPLACED, UNIKEY];

/// Every way to type a figure.
pub const FIGURES: [Method; 2] = [KEYS, COMPOSED_FIGURE];

/// An input method that deletes and retypes its text step by step.
const UNIKEY: Method =
    Method { name: "backspaces and keys", strokes: |_| unikey(), typed: "tiếng " };

/// Returns 'tiếng' typed by an input method without composition: each letter with a mark deletes
/// the letters since the vowel and types them again.
pub fn unikey() -> Vec<Stroke<'static>> {
    let mut strokes = Vec::new();
    for (backspaces, letters) in [(0, "tieen"), (3, "ên"), (0, "g"), (3, "ếng"), (0, " ")] {
        strokes.extend([Stroke::Backspace].repeat(backspaces));
        strokes.extend(letters.chars().map(Stroke::Letter));
    }
    strokes
}

/// Composes words state by state; each ends with a space.
fn composed(words: &[&[&'static str]]) -> Vec<Stroke<'static>> {
    let mut strokes = Vec::new();
    for states in words {
        strokes.extend(states.iter().map(|state| Stroke::Compose(state)));
        strokes.extend(states.last().map(|word| Stroke::Commit(word)));
        strokes.push(Stroke::Letter(' '));
    }
    strokes
}
