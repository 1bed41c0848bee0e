//! JSON as a reviewer reads it: indented, and what fits on one line stands on one.

use serde::Serialize;

/// Columns up to which a list or an object stands on one line.
const WIDTH: usize = 120;

/// A value as indented JSON text that ends with a line end.
pub fn pretty<T: Serialize>(value: &T) -> serde_json::Result<String> {
    let text = serde_json::to_string_pretty(value)?;
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        lines.push(line.to_owned());
        if line.trim_start().starts_with([']', '}']) {
            join(&mut lines);
        }
    }
    lines.push(String::new());
    Ok(lines.join("\n"))
}

/// Joins the list or object that the last line closes, if it fits. No string of a JSON text spans lines, so a line
/// that ends with a bracket opens one, and a line that begins with one closes one that did not fit.
fn join(lines: &mut Vec<String>) {
    let last = lines.len() - 1;
    let bound =
        |line: &String| line.ends_with(['[', '{']) || line.trim_start().starts_with([']', '}']);
    let Some(open) = lines[..last].iter().rposition(bound) else { return };
    if !lines[open].ends_with(['[', '{']) {
        return;
    }
    let items: Vec<&str> = lines[open + 1..last].iter().map(|line| line.trim_start()).collect();
    let close = lines[last].trim_start();
    let blank = if close.starts_with('}') { " " } else { "" };
    let joined = format!("{}{blank}{}{blank}{close}", lines[open], items.join(" "));
    if joined.chars().count() <= WIDTH {
        lines.truncate(open);
        lines.push(joined);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::pretty;

    #[test]
    fn what_fits_stands_on_one_line() {
        let value =
            json!({ "a": ["x", 1, null], "b": [[1, 2], [], { "c": {} }], "long": "y".repeat(100) });
        let text = pretty(&value).expect("a value serializes");
        let long = "y".repeat(100);
        let lines = ["{", "  \"a\": [\"x\", 1, null],", "  \"b\": [[1, 2], [], { \"c\": {} }],"];
        assert_eq!(text, format!("{}\n  \"long\": \"{long}\"\n}}\n", lines.join("\n")));
    }

    #[test]
    fn what_does_not_fit_keeps_its_lines() {
        let value =
            json!({ "list": vec!["y".repeat(30); 5], "objects": [{ "a": "z".repeat(120) }] });
        let text = pretty(&value).expect("a value serializes");
        assert_eq!(text, serde_json::to_string_pretty(&value).expect("a value serializes") + "\n");
    }

    #[test]
    fn the_value_stays_what_it_was() {
        let value = json!({ "a": ["[", "{", "]", "x, y", "\n"], "b": [{ "c": ["]"], "d": "}" }], "{": "[" });
        let text = pretty(&value).expect("a value serializes");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("still JSON"), value);
    }
}
