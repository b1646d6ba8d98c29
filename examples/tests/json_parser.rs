//! What the parser accepts and what it makes of it, what it rejects and how it says so.

use blink_alloc::Blink;
use blink_examples::json::{
    arenas::Arenas,
    parse::{DEPTH, parse},
    value::{Member, Number, Value},
};

use Number::{Float, Natural, Negative};

/// Checks that a text is a document, and which one.
#[track_caller]
fn accept(text: &str, expected: Value<'_>) {
    let mut arenas = Arenas::new();
    assert_eq!(arenas.parse(text.as_bytes()), Ok(expected), "{text}");
}

/// Checks where and why a text is rejected.
#[track_caller]
fn reject(text: impl AsRef<[u8]>, expected: &str) {
    let text = text.as_ref();
    let mut arenas = Arenas::new();
    let error = arenas.parse(text).expect_err("it is no document");
    assert_eq!(error.to_string(), expected, "{}", text.escape_ascii());
}

fn array<'a>(items: &'a [Value<'a>]) -> Value<'a> {
    Value::Array(items)
}

fn member<'a>(name: &'a str, value: Value<'a>) -> Member<'a> {
    Member { name, value }
}

const ONE: Value<'_> = Value::Number(Natural(1));
const TWO: Value<'_> = Value::Number(Natural(2));

#[test]
fn words() {
    accept("null", Value::Null);
    accept("true", Value::Bool(true));
    accept("false", Value::Bool(false));

    reject("nul", "1:4: expected `null`, found the end of the text");
    reject("tr9e", "1:3: expected `true`, found `9`");
    reject("falsé", "1:5: expected `false`, found `é`");
    reject(
        "nullx",
        "1:5: expected the end of the text after the value, found `x`",
    );
    for other in [
        "True",
        "NULL",
        "NaN",
        "Infinity",
        "-Infinity",
        "undefined",
        "'a'",
        "a",
    ] {
        assert!(Arenas::new().parse(other.as_bytes()).is_err(), "{other}");
    }
}

#[test]
fn white_space_is_four_characters() {
    accept(" \t\r\n1 \t\r\n", ONE);
    accept(" [ ] ", array(&[]));
    accept(" { } ", Value::Object(&[]));
    accept("[ 1\t,\r2\n]", array(&[ONE, TWO]));
    accept(
        "{ \"a\"\t:\r1\n, \"b\" : 2 }",
        Value::Object(&[member("a", ONE), member("b", TWO)]),
    );

    reject("\u{b}1", "1:1: expected a value, found `\\u{b}`");
    reject("\u{c}1", "1:1: expected a value, found `\\u{c}`");
    reject(
        "1\u{a0}",
        "1:2: expected the end of the text after the value, found `\\u{a0}`",
    );
    reject(
        "[1,\u{2028}2]",
        "1:4: expected an item after `,`, found `\\u{2028}`",
    );
    reject(
        "1\0",
        "1:2: expected the end of the text after the value, found `\\0`",
    );
    reject(
        "[1, // one\n2]",
        "1:5: expected an item after `,`, found `/`",
    );
}

#[test]
fn one_value_is_a_document() {
    reject("", "1:1: expected a value, found the end of the text");
    reject(" \n \n", "3:1: expected a value, found the end of the text");
    reject(
        "1 2",
        "1:3: expected the end of the text after the value, found `2`",
    );
    reject(
        "[]]",
        "1:3: expected the end of the text after the value, found `]`",
    );
    reject(
        "{},",
        "1:3: expected the end of the text after the value, found `,`",
    );
    reject(
        "\u{feff}1",
        "1:1: a byte order mark, which JSON does not allow",
    );
    reject(
        "\u{feff}",
        "1:1: a byte order mark, which JSON does not allow",
    );
    reject(
        "1\u{feff}",
        "1:2: expected the end of the text after the value, found `\\u{feff}`",
    );
}

#[test]
fn integers_are_exact() {
    for (text, expected) in [
        ("0", Natural(0)),
        ("7", Natural(7)),
        ("-1", Negative(-1)),
        ("9007199254740993", Natural(9_007_199_254_740_993)),
        ("9223372036854775808", Natural(1 << 63)),
        ("18446744073709551615", Natural(u64::MAX)),
        ("-9223372036854775808", Negative(i64::MIN)),
    ] {
        accept(text, Value::Number(expected));
    }
}

#[test]
fn other_numbers_are_the_nearest_float() {
    for (text, expected) in [
        ("-0", -0.0),
        ("0.0", 0.0),
        ("-0.0", -0.0),
        ("0e0", 0.0),
        ("-0e-5", -0.0),
        ("1.0", 1.0),
        ("1e0", 1.0),
        ("1E2", 100.0),
        ("1e+2", 100.0),
        ("1e-2", 0.01),
        ("1.25e1", 12.5),
        ("-12.75", -12.75),
        ("0.1", 0.1),
        ("1e00000000000000000005", 100_000.0),
        ("18446744073709551616", 18_446_744_073_709_551_616.0),
        ("-9223372036854775809", -9_223_372_036_854_775_808.0),
        ("1.7976931348623157e308", f64::MAX),
        ("2.2250738585072014e-308", f64::MIN_POSITIVE),
        ("5e-324", f64::from_bits(1)),
        ("2e-324", 0.0),
        ("1e-400", 0.0),
        ("-1e-400", -0.0),
        ("0e400", 0.0),
        ("0.000000000000000000000000000001e330", 1e300),
        // Between two floats, and the digit that decides comes late.
        ("9007199254740993.0", 9_007_199_254_740_992.0),
        (
            "9007199254740993.00000000000000000000000001",
            9_007_199_254_740_994.0,
        ),
    ] {
        let mut arenas = Arenas::new();
        match arenas.parse(text.as_bytes()) {
            // By bits, because 0 and -0 are equal.
            Ok(Value::Number(Float(number))) => {
                assert_eq!(number.to_bits(), expected.to_bits(), "{text} is {number:?}");
            }
            other => panic!("{text} is {other:?}"),
        }
    }
}

#[test]
fn numbers_follow_the_grammar() {
    for (text, expected) in [
        ("-", "1:2: expected a digit, found the end of the text"),
        ("-x", "1:2: expected a digit, found `x`"),
        ("--1", "1:2: expected a digit, found `-`"),
        ("-.5", "1:2: expected a digit, found `.`"),
        ("+1", "1:1: expected a value, found `+`"),
        (".5", "1:1: expected a value, found `.`"),
        ("01", "1:2: a number with a zero in front"),
        ("-00", "1:3: a number with a zero in front"),
        ("[1, 007]", "1:6: a number with a zero in front"),
        (
            "1.",
            "1:3: expected a digit after the point, found the end of the text",
        ),
        ("[1.]", "1:4: expected a digit after the point, found `]`"),
        ("1.e5", "1:3: expected a digit after the point, found `e`"),
        ("1..2", "1:3: expected a digit after the point, found `.`"),
        (
            "1e",
            "1:3: expected a digit of the exponent, found the end of the text",
        ),
        (
            "1e+",
            "1:4: expected a digit of the exponent, found the end of the text",
        ),
        ("1e+-2", "1:4: expected a digit of the exponent, found `-`"),
        ("1E.5", "1:3: expected a digit of the exponent, found `.`"),
        (
            "0x10",
            "1:2: expected the end of the text after the value, found `x`",
        ),
        (
            "1_000",
            "1:2: expected the end of the text after the value, found `_`",
        ),
        (
            "1.5.5",
            "1:4: expected the end of the text after the value, found `.`",
        ),
        (
            "1e5e5",
            "1:4: expected the end of the text after the value, found `e`",
        ),
        ("１", "1:1: expected a value, found `１`"),
        ("1e400", "1:1: a number too large for a 64-bit float"),
        ("[0, -1e400]", "1:5: a number too large for a 64-bit float"),
        (
            "1e99999999999999999999",
            "1:1: a number too large for a 64-bit float",
        ),
        (
            "1.7976931348623159e308",
            "1:1: a number too large for a 64-bit float",
        ),
    ] {
        reject(text, expected);
    }
    reject(
        "1".repeat(400),
        "1:1: a number too large for a 64-bit float",
    );
}

#[test]
fn strings() {
    for text in [
        "",
        "a",
        "two words",
        "Ä",
        "日本",
        "𝄞",
        "\u{7f}",
        "\u{80}",
        "\u{10ffff}",
        "\u{feff}",
    ] {
        accept(&format!("\"{text}\""), Value::String(text));
    }
    // The end is found wherever it stands in a block of bytes.
    for length in 0..70 {
        let text = "é".repeat(length / 2) + &"x".repeat(length % 2);
        accept(&format!("\"{text}\""), Value::String(&text));
        accept(
            &format!("\"{text}\\n\""),
            Value::String(&format!("{text}\n")),
        );
        accept(
            &format!("\"\\n{text}\""),
            Value::String(&format!("\n{text}")),
        );
    }
    let long = "long ".repeat(100_000);
    accept(&format!("\"{long}\""), Value::String(&long));

    reject(
        "\"",
        "1:2: expected `\"` at the end of a string, found the end of the text",
    );
    reject(
        "\"ab",
        "1:4: expected `\"` at the end of a string, found the end of the text",
    );
    reject(
        "[\"ab]",
        "1:6: expected `\"` at the end of a string, found the end of the text",
    );
    reject("'a'", "1:1: expected a value, found `'`");
}

#[test]
fn control_characters_are_escaped() {
    for control in 0..0x20_u8 {
        for front in [
            "",
            "x",
            "x\\n",
            "exactly 16 bytes",
            "more than sixteen bytes",
        ] {
            let text = format!("\"{front}{}\"", char::from(control));
            let column = 2 + front.len();
            let expected =
                format!("1:{column}: a control character in a string, write \\u{control:04x}");
            reject(text, &expected);
        }
        let escaped = format!("\"\\u{control:04x}\"");
        accept(&escaped, Value::String(&char::from(control).to_string()));
    }
}

#[test]
fn escapes() {
    for (text, expected) in [
        (r#""\"""#, "\""),
        (r#""\\""#, "\\"),
        (r#""\/""#, "/"),
        (r#""\b""#, "\u{8}"),
        (r#""\f""#, "\u{c}"),
        (r#""\n""#, "\n"),
        (r#""\r""#, "\r"),
        (r#""\t""#, "\t"),
        (r#""\u0041""#, "A"),
        (r#""\u0000""#, "\0"),
        (r#""\u00e9\u00E9""#, "éé"),
        (r#""\u65e5\u672C""#, "日本"),
        (r#""\uffff""#, "\u{ffff}"),
        (r#""\ud7ff\ue000""#, "\u{d7ff}\u{e000}"),
        (r#""\ud834\udd1e""#, "𝄞"),
        (r#""\uD800\uDC00""#, "\u{10000}"),
        (r#""\udbff\udfff""#, "\u{10ffff}"),
        (r#""a\tb\u0063\\u0064\"""#, "a\tbc\\u0064\""),
        (r#""\\\\""#, "\\\\"),
        (r#""é\né""#, "é\né"),
    ] {
        accept(text, Value::String(expected));
    }
    for (text, expected) in [
        (r#""\x""#, "1:2: no escape: a backslash before `x`"),
        (r#""ab\U0041""#, "1:4: no escape: a backslash before `U`"),
        (r#""\'""#, "1:2: no escape: a backslash before `'`"),
        (r#""\é""#, "1:2: no escape: a backslash before `é`"),
        ("\"\\\n\"", "1:2: no escape: a backslash before `\\n`"),
        (
            r#""\"#,
            "1:3: expected an escape, found the end of the text",
        ),
        (
            r#""\u"#,
            "1:4: expected four hexadecimal digits after `\\u`, found the end of the text",
        ),
        (
            r#""\u12""#,
            "1:6: expected four hexadecimal digits after `\\u`, found `\"`",
        ),
        (
            r#""\u12g4""#,
            "1:6: expected four hexadecimal digits after `\\u`, found `g`",
        ),
        (
            r#""\u+123""#,
            "1:4: expected four hexadecimal digits after `\\u`, found `+`",
        ),
        (
            r#""\u１234""#,
            "1:4: expected four hexadecimal digits after `\\u`, found `１`",
        ),
    ] {
        reject(text, expected);
    }
}

#[test]
fn surrogates_come_in_pairs() {
    for (text, expected) in [
        (r#""\ud800""#, "1:2: a lone surrogate \\ud800"),
        (r#""\uDC00""#, "1:2: a lone surrogate \\udc00"),
        (r#""\udfff\ud800""#, "1:2: a lone surrogate \\udfff"),
        (r#""xy\udbff""#, "1:4: a lone surrogate \\udbff"),
        (r#""\ud800x""#, "1:2: a lone surrogate \\ud800"),
        (r#""\ud800\n""#, "1:2: a lone surrogate \\ud800"),
        (r#""\ud800\\udc00""#, "1:2: a lone surrogate \\ud800"),
        (r#""\ud800\u0041""#, "1:2: a lone surrogate \\ud800"),
        (r#""\ud800\ud800""#, "1:2: a lone surrogate \\ud800"),
        (r#""\ud800\ue000""#, "1:2: a lone surrogate \\ud800"),
        (r#""\ud834\udd1e\udd1e""#, "1:14: a lone surrogate \\udd1e"),
        (
            r#""\ud800\u12""#,
            "1:12: expected four hexadecimal digits after `\\u`, found `\"`",
        ),
    ] {
        reject(text, expected);
    }
}

#[test]
fn a_text_is_utf_8() {
    for (text, expected) in [
        (&b"\xff"[..], "1:1: not UTF-8: a byte 0xff"),
        (b"\"\x80\"", "1:2: not UTF-8: a byte 0x80"),
        (b"\"\xc3\"", "1:2: not UTF-8: a byte 0xc3"),
        (b"\"\xc3", "1:2: not UTF-8: a byte 0xc3"),
        (b"\"\xc0\xaf\"", "1:2: not UTF-8: a byte 0xc0"),
        (b"\"\xed\xa0\x80\"", "1:2: not UTF-8: a byte 0xed"),
        (b"\"\xf4\x90\x80\x80\"", "1:2: not UTF-8: a byte 0xf4"),
        (
            b"[\"\xc3\xa9\",\n \"\xc3\xa9\xe9\"]",
            "2:4: not UTF-8: a byte 0xe9",
        ),
    ] {
        reject(text, expected);
    }
}

#[test]
fn arrays() {
    accept("[]", array(&[]));
    accept("[[]]", array(&[array(&[])]));
    accept("[1]", array(&[ONE]));
    accept("[1,2]", array(&[ONE, TWO]));
    // The items of the outer array wait while the inner ones come and go.
    let inner = [TWO, TWO];
    let object = [member("a", TWO)];
    accept(
        "[1,[2,2],1,{\"a\":2},[],1]",
        array(&[
            ONE,
            array(&inner),
            ONE,
            Value::Object(&object),
            array(&[]),
            ONE,
        ]),
    );

    reject(
        "[",
        "1:2: expected an item or `]`, found the end of the text",
    );
    reject("[,1]", "1:2: expected an item or `]`, found `,`");
    reject(
        "[1",
        "1:3: expected `,` or `]` after an item, found the end of the text",
    );
    reject("[1 2]", "1:4: expected `,` or `]` after an item, found `2`");
    reject("[1}", "1:3: expected `,` or `]` after an item, found `}`");
    reject("[1 x", "1:4: expected `,` or `]` after an item, found `x`");
    reject("[1,]", "1:4: expected an item after `,`, found `]`");
    reject(
        "[1,",
        "1:4: expected an item after `,`, found the end of the text",
    );
    reject("[1,,2]", "1:4: expected an item after `,`, found `,`");
    reject("]", "1:1: expected a value, found `]`");
}

#[test]
fn objects() {
    accept("{}", Value::Object(&[]));
    accept("{\"\":1}", Value::Object(&[member("", ONE)]));
    let inner = [member("a", ONE), member("b", TWO)];
    let members = [
        member("b", TWO),
        member("c", Value::Object(&inner)),
        member("a", ONE),
    ];
    accept(
        "{\"b\":2,\"c\":{\"a\":1,\"b\":2},\"a\":1}",
        Value::Object(&members),
    );
    accept("{\"\\u0061\\n\":1}", Value::Object(&[member("a\n", ONE)]));

    reject(
        "{",
        "1:2: expected a name in quotes or `}`, found the end of the text",
    );
    reject("{a:1}", "1:2: expected a name in quotes or `}`, found `a`");
    reject("{1:1}", "1:2: expected a name in quotes or `}`, found `1`");
    reject(
        "{\"a\"",
        "1:5: expected `:` after a name, found the end of the text",
    );
    reject("{\"a\",", "1:5: expected `:` after a name, found `,`");
    reject("{\"a\"=1}", "1:5: expected `:` after a name, found `=`");
    reject(
        "{\"a\":",
        "1:6: expected a value after `:`, found the end of the text",
    );
    reject("{\"a\":}", "1:6: expected a value after `:`, found `}`");
    reject(
        "{\"a\":1",
        "1:7: expected `,` or `}` after a member, found the end of the text",
    );
    reject(
        "{\"a\":1]",
        "1:7: expected `,` or `}` after a member, found `]`",
    );
    reject(
        "{\"a\":1 \"b\"",
        "1:8: expected `,` or `}` after a member, found `\"`",
    );
    reject(
        "{\"a\":1,}",
        "1:8: expected a name in quotes after `,`, found `}`",
    );
    reject(
        "{\"a\":1,",
        "1:8: expected a name in quotes after `,`, found the end of the text",
    );
    reject(
        "{\"a:1}",
        "1:7: expected `\"` at the end of a string, found the end of the text",
    );
}

#[test]
fn of_repeated_names_the_last_one_counts() {
    let mut arenas = Arenas::new();
    let document = arenas
        .parse(br#"{"a":1,"b":true,"\u0061":2,"c":null}"#)
        .unwrap();
    assert_eq!(document.get("a"), Some(TWO));
    assert_eq!(document.get("b"), Some(Value::Bool(true)));
    assert_eq!(document.get("d"), None);
    assert_eq!(ONE.get("a"), None);
    assert_eq!(document.to_string(), r#"{"a":1,"b":true,"a":2,"c":null}"#);
}

#[test]
fn errors_are_where_an_editor_would_look() {
    reject(
        "[1,\n  2,\n  x]",
        "3:3: expected an item after `,`, found `x`",
    );
    reject("\n\n\n", "4:1: expected a value, found the end of the text");
    // A tab, a carriage return and an accented letter are a character each.
    reject(
        "[\"é日𝄞\",\tx]",
        "1:9: expected an item after `,`, found `x`",
    );
    reject(
        "[1,\r\n2 x]",
        "2:3: expected `,` or `]` after an item, found `x`",
    );
    let many = "\n".repeat(1000) + "[" + &"\"é\",".repeat(1000) + "é";
    reject(many, "1001:4002: expected an item after `,`, found `é`");
}

#[test]
fn an_error_is_short_whatever_the_text_is() {
    let long = "x".repeat(1 << 20);
    for text in [
        long.clone(),
        format!("\"{long}"),
        format!("[1 {long}"),
        format!("{{\"{long}\"{long}"),
        format!("\"\\{long}\""),
        "9".repeat(1 << 20),
    ] {
        let error = Arenas::new()
            .parse(text.as_bytes())
            .unwrap_err()
            .to_string();
        assert!(error.len() < 80, "{error}");
    }
}

/// Arrays and objects in turn, `depth` in each other.
fn nested(depth: usize) -> String {
    let mut text = String::from("1");
    for level in 0..depth {
        text = if level % 2 == 0 {
            format!("[{text}]")
        } else {
            format!("{{\"a\":{text}}}")
        };
    }
    text
}

#[test]
fn depth_is_limited() {
    for limit in [0, 1, 2, 7, DEPTH] {
        let (mut document, mut scratch) = (Blink::new(), Blink::new());
        let (document, mut scratch) = (document.as_frame(), scratch.as_frame());
        let mut parse = |text: &str| parse(&mut scratch, &document, text.as_bytes(), limit);
        assert!(parse(&nested(limit)).is_ok());
        let error = parse(&nested(limit + 1)).unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with(&format!(": nested deeper than {limit}")),
            "{error}"
        );
        // Beside each other they are not in each other.
        let beside = format!("[{0},{0}]", nested(limit.saturating_sub(1)));
        assert_eq!(parse(&beside).is_ok(), limit > 0);
    }
    reject("[".repeat(1 << 20), "1:129: nested deeper than 128");
    reject(
        "[".repeat(128),
        "1:129: expected an item or `]`, found the end of the text",
    );
    reject("{\"a\":\n".repeat(1 << 20), "129:1: nested deeper than 128");
}

#[test]
fn of_single_bytes_ten_are_documents() {
    for byte in 0..=u8::MAX {
        let accepted = Arenas::new().parse(&[byte]).is_ok();
        assert_eq!(accepted, byte.is_ascii_digit(), "{}", byte.escape_ascii());
    }
}

/// Something of everything.
const ALL: &str = concat!(
    r#" {"null":null,"bools":[true,false],"":{"e":{},"a":[]},"n":[0,-0,-17,3.25,1e3,-2.5E-2],"#,
    "\r\n\t\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud834\\udd1e é日𝄞\" : \"text\" }"
);

#[test]
fn no_part_of_a_document_is_one() {
    assert!(Arenas::new().parse(ALL.as_bytes()).is_ok());
    for end in 0..ALL.len() {
        let part = &ALL.as_bytes()[..end];
        assert!(
            Arenas::new().parse(part).is_err(),
            "{}",
            part.escape_ascii()
        );
        if end > 1 {
            let part = &ALL.as_bytes()[end..];
            assert!(
                Arenas::new().parse(part).is_err(),
                "{}",
                part.escape_ascii()
            );
        }
    }
}

#[test]
fn documents_are_written_without_white_space() {
    for text in [
        "null",
        "[true,false]",
        "[]",
        "{}",
        "[0,18446744073709551615,-9223372036854775808]",
        "[0.0,-0.0,1.0,0.1,1e300,1.5e-7,-2.5,5e-324,1.7976931348623157e308]",
        r#"{"a":[1,{"b":[]},"c"],"":{}}"#,
        r#""\"\\/\u0008\u000c\n\r\t\u0000\u001f""#,
        "\"\u{7f}é日𝄞\"",
        r#"["a\nb","\n","\n\n","a\n"]"#,
    ] {
        let mut arenas = Arenas::new();
        assert_eq!(arenas.parse(text.as_bytes()).unwrap().to_string(), text);
    }
    let mut arenas = Arenas::new();
    let document = arenas.parse(ALL.as_bytes()).unwrap();
    let written = document.to_string();
    assert_eq!(Arenas::new().parse(written.as_bytes()), Ok(document));
}

#[test]
fn an_arena_is_usable_after_an_error() {
    let mut arenas = Arenas::new();
    for _ in 0..3 {
        assert!(arenas.parse(b"[1,[2,{\"a\":[3,").is_err());
        // Before the reset and after it.
        assert_eq!(arenas.parse(b"[1]"), Ok(array(&[ONE])));
        arenas.reset();
        assert_eq!(arenas.parse(b"[2]"), Ok(array(&[TWO])));
    }
}

#[test]
fn a_document_does_not_need_its_text() {
    let mut arenas = Arenas::new();
    let text = String::from(r#"{"name":["text","with \" escape"]}"#);
    let document = arenas.parse(text.as_bytes()).unwrap();
    drop(text);
    assert_eq!(
        document.to_string(),
        r#"{"name":["text","with \" escape"]}"#
    );
}

#[test]
#[cfg(target_pointer_width = "64")]
fn a_value_is_three_words() {
    assert_eq!(size_of::<Value<'_>>(), 3 * size_of::<usize>());
}
