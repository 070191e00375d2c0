//! The JavaScript between the shell and the WebAssembly, as wasm-bindgen writes it.

use crate::failure::{Failure, Result};

/// The start, up to the parameters, of a call whose error goes to the program …
const BEGIN: &str = "function() { return handleError(function (";

/// … and its end.
const END: &str = "}, arguments); }";

/// Makes each call catch its error itself. wasm-bindgen makes a closure in every call and hands it
/// over together with all arguments; a page of a thousand items makes some 200,000 calls.
pub fn catch_directly(glue: &str) -> Result<String> {
    let begins = glue.matches(BEGIN).count();
    if begins == 0 || begins != glue.matches(END).count() {
        return Err(Failure::new(
            "wasm-bindgen's JavaScript catches errors in another way than before: see xtask/src/finish/glue.rs.",
        ));
    }
    let mut direct = String::with_capacity(glue.len());
    for line in glue.split_inclusive('\n') {
        if let Some((name, begun)) = line.split_once(BEGIN) {
            let begun = begun.replacen(") {", ") { try {", 1);
            direct.extend([name, "function(", &begun]);
        } else {
            direct.push_str(
                &line.replace(END, "} catch (error) { handleError(() => { throw error; }); } }"),
            );
        }
    }
    Ok(direct)
}

/// A check of a value's class by its name in the page.
const CLASS: &str = " instanceof ";

/// The code that makes closures of the program, if it has any …
const CLOSURES: &str = "Closure(arg0";

/// … and the start of such a closure, which the browser calls.
const CALLED: &str = "const real = (...args) => {";

/// The code put before the rest of that closure: an event that comes while the same event is
/// handled, or too late, is no reason to stop the program. The program reads the field of that
/// event again later.
const UNLESS_BUSY: &str = "\n        if (state.a === 0) return;";

/// The function that checks the class of a value, whatever the page put in the place of the class,
/// and whichever window the value comes from.
const IS_KIND: &str = "
function isKind(value, name) {
    for (let kind = value; kind !== null && kind !== undefined; kind = Object.getPrototypeOf(kind)) {
        if (Object.getOwnPropertyDescriptor(kind, Symbol.toStringTag)?.value === name) return true;
    }
    return false;
}
";

/// Makes the program work in pages with old libraries. MooTools, for one, replaces the browser's
/// `Window` and `Event` by its own, and then no value is an instance of them.
pub fn stand_alone(glue: &str) -> Result<String> {
    // The program that makes office files has no closures.
    if glue.contains(CLOSURES) != glue.contains(CALLED) {
        return Err(Failure::new(
            "wasm-bindgen's JavaScript has other closures than before: see xtask/src/finish/glue.rs.",
        ));
    }
    let glue = glue.replace(CALLED, &[CALLED, UNLESS_BUSY].concat());
    let mut alone = String::with_capacity(glue.len());
    for line in glue.split_inclusive('\n') {
        let asked = line.trim().strip_prefix("result = ").and_then(|asked| asked.strip_suffix(';'));
        match asked.and_then(|asked| asked.split_once(CLASS)) {
            Some((value, name)) => {
                alone.push_str(&line.replace(';', &format!(" || isKind({value}, '{name}');")))
            }
            None => alone.push_str(line),
        }
    }
    Ok(alone + IS_KIND)
}

#[cfg(test)]
mod tests {
    use super::{catch_directly, stand_alone};

    #[test]
    fn a_class_is_known_without_the_page() {
        let glue = "\
            let result;
            try {
                result = arg0 instanceof Window;
            } catch (_) {
function makeMutClosure(arg0, arg1, f) {
    const real = (...args) => {
        state.cnt++;
";
        let alone = stand_alone(glue).expect("as wasm-bindgen writes it");
        let asked = "                result = arg0 instanceof Window || isKind(arg0, 'Window');\n";
        assert!(alone.contains(asked), "{alone}");
        assert!(
            alone.contains(
                "(...args) => {\n        if (state.a === 0) return;\n        state.cnt++;"
            )
        );
        assert!(alone.ends_with("    return false;\n}\n"));
        assert!(stand_alone("function makeMutClosure(arg0, arg1, f) {").is_err());
        assert!(stand_alone("").is_ok());
    }

    #[test]
    fn a_call_catches_its_error_itself() {
        let glue = "\
        __wbg_append: function() { return handleError(function (arg0, arg1) {
            const ret = arg0.appendChild(arg1);
            return ret;
        }, arguments); },
        __wbg_other: function(arg0) {
            return arg0.other;
        },
";
        let direct = "\
        __wbg_append: function(arg0, arg1) { try {
            const ret = arg0.appendChild(arg1);
            return ret;
        } catch (error) { handleError(() => { throw error; }); } },
        __wbg_other: function(arg0) {
            return arg0.other;
        },
";
        assert_eq!(catch_directly(glue).expect("as wasm-bindgen writes it"), direct);
        assert!(catch_directly(direct).is_err());
    }
}
