//! Paths into documents.

use blink_alloc::Blink;
use blink_examples::json::{arenas::Arenas, path::Path};

const DOCUMENT: &str = r#"{
    "a": {"b": [10, {"c": "deep"}, []], "": "unnamed", "b.c": "dot", "[0]": "bracket"},
    "é": {"日本": 1},
    "\"\n": "quote",
    "one item": [null],
    "twice": 1,
    "twice": true
}"#;

/// What is at the end of a path, or why there is nothing.
fn get(path: &str) -> Result<String, String> {
    let (mut arenas, mut blink) = (Arenas::new(), Blink::new());
    let document = arenas.parse(DOCUMENT.as_bytes()).unwrap();
    let path = Path::parse(path, &mut blink.as_frame()).map_err(|error| error.to_string())?;
    match path.find(document) {
        Ok(value) => Ok(value.to_string()),
        Err(missing) => Err(missing.to_string()),
    }
}

#[test]
fn values_are_found() {
    for (path, expected) in [
        ("a.b[0]", "10"),
        ("a.b[1].c", "\"deep\""),
        ("a.b[1]", "{\"c\":\"deep\"}"),
        ("a.b[2]", "[]"),
        ("a[\"b\"][00]", "10"),
        ("[\"a\"].b[0]", "10"),
        ("a[\"\"]", "\"unnamed\""),
        ("a[\"b.c\"]", "\"dot\""),
        ("a[\"[0]\"]", "\"bracket\""),
        ("é.日本", "1"),
        ("[\"\\u00e9\"][\"日本\"]", "1"),
        (r#"["\"\n"]"#, "\"quote\""),
        ("one item[0]", "null"),
        ("twice", "true"),
    ] {
        assert_eq!(get(path), Ok(expected.to_owned()), "{path}");
    }
    let whole = get("").unwrap();
    assert!(
        whole.starts_with("{\"a\":{\"b\":[10,{") && whole.ends_with("\"twice\":true}"),
        "{whole}"
    );
}

#[test]
fn what_is_missing_is_named() {
    for (path, expected) in [
        ("x", "the document has no member `x`"),
        ("x.y.z", "the document has no member `x`"),
        ("a.x", "`a` has no member `x`"),
        ("a.b[1].x.y", "`a.b[1]` has no member `x`"),
        ("a[\"x\\n\"]", "`a` has no member `[\"x\\n\"]`"),
        ("a.b[3]", "`a.b` is an array of 3 items"),
        (
            "a.b[99999999999999999999999]",
            "`a.b` is an array of 3 items",
        ),
        ("a.b[2][0]", "`a.b[2]` is an array of 0 items"),
        ("one item[1]", "`one item` is an array of 1 item"),
        ("[0]", "the document is an object, not an array"),
        ("a.b.c", "`a.b` is an array, not an object"),
        ("a.b[0].c", "`a.b[0]` is a number, not an object"),
        ("a.b[1].c[0]", "`a.b[1].c` is a string, not an array"),
        ("one item[0].x", "`one item[0]` is null, not an object"),
        ("twice[0]", "`twice` is a boolean, not an array"),
    ] {
        assert_eq!(get(path), Err(expected.to_owned()), "{path}");
    }
}

#[test]
fn a_path_has_a_grammar() {
    for (path, expected) in [
        (".", "character 1: expected a name, found `.`"),
        (".a", "character 1: expected a name, found `.`"),
        (
            "a.",
            "character 3: expected a name, found the end of the text",
        ),
        ("a..b", "character 3: expected a name, found `.`"),
        (
            "é日.",
            "character 4: expected a name, found the end of the text",
        ),
        ("a.[0]", "character 3: expected a name, found `[`"),
        ("a]", "character 2: expected `.` or `[`, found `]`"),
        ("a\"b\"", "character 2: expected `.` or `[`, found `\"`"),
        ("a\nb", "character 2: expected `.` or `[`, found `\\n`"),
        ("[0]a", "character 4: expected `.` or `[`, found `a`"),
        (
            "a[",
            "character 3: expected an index or a name in quotes, found the end of the text",
        ),
        (
            "a[]",
            "character 3: expected an index or a name in quotes, found `]`",
        ),
        (
            "a[-1]",
            "character 3: expected an index or a name in quotes, found `-`",
        ),
        (
            "a[b]",
            "character 3: expected an index or a name in quotes, found `b`",
        ),
        (
            "a[1",
            "character 4: expected `]`, found the end of the text",
        ),
        ("a[1 ]", "character 4: expected `]`, found ` `"),
        (
            "a[\"b\"",
            "character 6: expected `]`, found the end of the text",
        ),
        (
            "a[\"b]",
            "character 6: expected `\"` at the end of a string, found the end of the text",
        ),
        ("a[\"\\ud800\"]", "character 4: a lone surrogate \\ud800"),
        (
            "a[\"\n\"]",
            "character 4: a control character in a string, write \\u000a",
        ),
    ] {
        assert_eq!(get(path), Err(expected.to_owned()), "{path}");
    }
}
