//! RFC 8785 by its own examples, so that anybody computes the same digest of a report.

use serde_json::{Value, json};
use tu_kiem_tra::checklist::{Digest, canonical_json};

fn canonical(value: &impl serde::Serialize) -> String {
    String::from_utf8(canonical_json(value).unwrap()).unwrap()
}

/// Appendix B: IEEE 754 numbers by their bits, and how they are written.
#[test]
fn numbers_are_written_as_in_appendix_b() {
    for (bits, text) in [
        (0x0000_0000_0000_0000, "0"),
        (0x8000_0000_0000_0000, "0"),
        (0x0000_0000_0000_0001, "5e-324"),
        (0x8000_0000_0000_0001, "-5e-324"),
        (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
        (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
        (0x4340_0000_0000_0000, "9007199254740992"),
        (0xc340_0000_0000_0000, "-9007199254740992"),
        (0x4430_0000_0000_0000, "295147905179352830000"),
        (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
        (0x44b5_2d02_c7e1_4af6, "1e+23"),
        (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
        (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
        (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
        (0x444b_1ae4_d6e2_ef50, "1e+21"),
        (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
        (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
        (0x41b3_de43_5555_5553, "333333333.3333332"),
        (0x41b3_de43_5555_5554, "333333333.33333325"),
        (0x41b3_de43_5555_5555, "333333333.3333333"),
        (0x41b3_de43_5555_5556, "333333333.3333334"),
        (0x41b3_de43_5555_5557, "333333333.33333343"),
        (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
        (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ] {
        assert_eq!(canonical(&f64::from_bits(bits)), text, "{bits:016x}");
    }
    for bits in [0x7fff_ffff_ffff_ffff, 0x7ff0_0000_0000_0000, 0xfff0_0000_0000_0000] {
        assert!(canonical_json(&f64::from_bits(bits)).is_err(), "{bits:016x}");
    }
}

#[test]
fn whole_numbers_are_written_whole() {
    for (number, text) in [(0u64, "0"), (24, "24"), ((1 << 53) - 1, "9007199254740991")] {
        assert_eq!(canonical(&number), text);
    }
}

/// Section 3.2.3: members are sorted by the UTF-16 code units of their names.
#[test]
fn members_are_sorted_as_in_section_3_2_3() {
    let members: Value = serde_json::from_str(
        r#"{
            "\u20ac": "Euro Sign",
            "\r": "Carriage Return",
            "\ufb33": "Hebrew Letter Dalet With Dagesh",
            "1": "One",
            "\ud83d\ude00": "Emoji: Grinning Face",
            "\u0080": "Control",
            "\u00f6": "Latin Small Letter O With Diaeresis"
        }"#,
    )
    .unwrap();
    let expected = concat!(
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",",
        "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",",
        "\"😀\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}",
    );
    assert_eq!(canonical(&members), expected);
}

/// The example of sections 3.2.2 to 3.2.4, down to its bytes.
#[test]
fn the_example_of_section_3_2_comes_out_byte_for_byte() {
    let example: Value = serde_json::from_str(
        r#"{
            "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
            "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
            "literals": [null, true, false]
        }"#,
    )
    .unwrap();
    let expected = concat!(
        r#"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#,
        r#""string":"€$\u000f\nA'B\"\\\\\"/"}"#,
    );
    assert_eq!(canonical(&example), expected);
}

#[test]
fn texts_are_not_normalised_and_controls_are_escaped() {
    // A word stays two texts, composed and decomposed.
    let value =
        json!(["Ph\u{1b0}\u{1edd}ng", "Phu\u{31b}o\u{31b}\u{300}ng", "\u{7}\t\u{1f}\u{7f}"]);
    let expected =
        "[\"Ph\u{1b0}\u{1edd}ng\",\"Phu\u{31b}o\u{31b}\u{300}ng\",\"\\u0007\\t\\u001f\u{7f}\"]";
    assert_eq!(canonical(&value), expected);
}

/// FIPS 180-4's own examples.
#[test]
fn digests_are_sha_256_in_lower_case() {
    for (text, digest) in [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ] {
        assert_eq!(Digest::of(text.as_bytes()).to_string(), digest);
    }
}
