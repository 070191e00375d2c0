//! The JavaScript between the shell and the WebAssembly, as wasm-bindgen writes it.

use crate::failure::{Failure, Result};

/// How a call begins whose error goes to the program, up to its parameters …
const BEGIN: &str = "function() { return handleError(function (";

/// … and how it ends.
const END: &str = "}, arguments); }";

/// Has each call catch its error itself. wasm-bindgen makes a closure in every call, and hands it over with all
/// arguments to be called; a page of a thousand items is made by some 200,000 calls.
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

#[cfg(test)]
mod tests {
    use super::catch_directly;

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
