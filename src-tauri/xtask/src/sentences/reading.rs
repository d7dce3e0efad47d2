//! Finds the sentences of one source file. Pure; knows no file and no catalog.

use anyhow::Result;
use proc_macro2::{TokenStream, TokenTree};
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Macro, Meta, Token};

use super::Place;

/// Macros that write for the log, the terminal or a failing test.
const QUIET_MACROS: &[&str] = &[
    "trace",
    "debug",
    "info",
    "warn",
    "error",
    "counter",
    "gauge",
    "histogram",
    "describe_counter",
    "describe_gauge",
    "describe_histogram",
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "panic",
    "unreachable",
    "println",
    "eprintln",
    "print",
    "eprint",
    "include_str",
    "concat",
];
/// Macros whose insides are neither arguments nor said by anybody.
const NOT_CODE: &[&str] = &["words", "select", "json"];
/// Constants that describe the API to integrators.
const QUIET_CONSTANTS: &[&str] = &["DESCRIBED"];
/// Calls whose texts are compared, looked for, or end in the log or the database.
const QUIET_CALLS: &[&str] = &[
    "Internal",
    "expect",
    "contains",
    "starts_with",
    "ends_with",
    "replace",
    "replacen",
    "find",
    "strip_prefix",
    "strip_suffix",
    "split",
    "split_once",
    "strftime",
    "header",
    "description",
    "prepare_cached",
    "execute",
    "execute_batch",
    "query_row",
    "pragma_update",
    "says",
];
/// Functions every text of which is said, however short.
const SPEAKING: &[&str] = &["prompt", "words"];
/// Members of a description that are shown as they are: names, patterns, examples.
const AS_THEY_ARE: &[&str] =
    &["label", "name", "id", "pattern", "placeholder", "base_url", "portal"];

/// Tells `found` every sentence of this source; `provider` names whose file it is.
pub(super) fn read(
    source: &str,
    provider: Option<&String>,
    found: &mut dyn FnMut(Place, String),
) -> Result<()> {
    let file = syn::parse_file(source)?;
    let mut reader = Reader { provider, found, speaking: false, guide: false };
    reader.visit_file(&file);
    Ok(())
}

struct Reader<'a> {
    provider: Option<&'a String>,
    found: &'a mut dyn FnMut(Place, String),
    /// Inside a function of [`SPEAKING`].
    speaking: bool,
    /// Inside a provider's description.
    guide: bool,
}

impl Reader<'_> {
    fn say(&mut self, template: &str) {
        let is_said = self.speaking && template.chars().any(char::is_alphabetic);
        if !is_said && !reads_like_words(template) {
            return;
        }
        let place = match self.provider {
            Some(provider) if self.guide => Place::Guide(provider.clone()),
            _ => Place::Desk,
        };
        // A guide's words are shown as they are; everything else is made a sentence.
        let sentence = if self.guide { template.to_owned() } else { sentence(template) };
        (self.found)(place, sentence);
    }

    /// The arguments of a macro that is called like a function.
    fn arguments(&mut self, tokens: &TokenStream, formats: bool) -> bool {
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        let Ok(arguments) = parser.parse2(tokens.clone()) else { return false };
        let mut format = formats;
        for argument in &arguments {
            match argument {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) if format => {
                    format = false;
                    self.say(&plain_places(&text.value()));
                }
                other => self.visit_expr(other),
            }
        }
        true
    }

    /// Of what cannot be read as code, every text counts.
    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Literal(literal) => {
                    if let Ok(text) = syn::parse_str::<LitStr>(&literal.to_string()) {
                        self.say(&text.value());
                    }
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !is_for_tests(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        let before = self.guide;
        let output = &function.sig.output;
        self.guide |= matches!(output, syn::ReturnType::Type(_, kind) if names(kind, &["Description", "Field"]));
        visit::visit_item_fn(self, function);
        self.guide = before;
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        let (spoke, guided) = (self.speaking, self.guide);
        self.speaking |= SPEAKING.iter().any(|name| function.sig.ident == name);
        let output = &function.sig.output;
        self.guide |=
            matches!(output, syn::ReturnType::Type(_, kind) if names(kind, &["Description"]));
        visit::visit_impl_item_fn(self, function);
        (self.speaking, self.guide) = (spoke, guided);
    }

    fn visit_item_const(&mut self, constant: &'ast syn::ItemConst) {
        if !QUIET_CONSTANTS.iter().any(|name| constant.ident == name) {
            visit::visit_item_const(self, constant);
        }
    }

    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        if item.ident.is_none() {
            visit::visit_item_macro(self, item);
        }
    }

    /// `#[error("…")]` is said; all other attributes are for machines.
    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if !attribute.path().is_ident("error") {
            return;
        }
        if let Meta::List(list) = &attribute.meta {
            let text = list.tokens.clone().into_iter().next();
            if let Some(TokenTree::Literal(literal)) = text
                && let Ok(text) = syn::parse_str::<LitStr>(&literal.to_string())
            {
                self.say(&plain_places(&text.value()));
            }
        }
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        let Expr::Path(function) = &*call.func else { return visit::visit_expr_call(self, call) };
        let last = function.path.segments.last().map(|segment| segment.ident.to_string());
        match last.as_deref() {
            Some("NotFound") => {
                if let Some(Expr::Lit(ExprLit { lit: Lit::Str(noun), .. })) = call.args.first() {
                    self.say(&format!("there is no such {}", noun.value()));
                }
            }
            Some(name) if QUIET_CALLS.contains(&name) => {}
            _ => visit::visit_expr_call(self, call),
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.visit_expr(&call.receiver);
        if !QUIET_CALLS.iter().any(|name| call.method == name) {
            for argument in &call.args {
                self.visit_expr(argument);
            }
        }
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        for side in [&*binary.left, &*binary.right] {
            if !matches!(side, Expr::Lit(_)) {
                self.visit_expr(side);
            }
        }
    }

    fn visit_field_value(&mut self, member: &'ast syn::FieldValue) {
        let quiet = matches!(&member.member, syn::Member::Named(name)
            if self.guide && AS_THEY_ARE.iter().any(|quiet| name == quiet));
        if !quiet {
            visit::visit_field_value(self, member);
        }
    }

    fn visit_pat(&mut self, _: &'ast syn::Pat) {}

    fn visit_macro(&mut self, called: &'ast Macro) {
        let name = called.path.segments.last().map(|last| last.ident.to_string());
        let name = name.unwrap_or_default();
        if QUIET_MACROS.contains(&name.as_str()) {
            return;
        }
        let formats = matches!(name.as_str(), "format" | "write" | "writeln" | "format_args");
        if !self.arguments(&called.tokens, formats) && !NOT_CODE.contains(&name.as_str()) {
            self.tokens(called.tokens.clone());
        }
    }

    fn visit_lit_str(&mut self, text: &'ast LitStr) {
        self.say(&text.value());
    }
}

/// Whether this type, or what it holds, has one of these names.
fn names(kind: &syn::Type, wanted: &[&str]) -> bool {
    struct Names<'a>(&'a [&'a str], bool);
    impl<'ast> Visit<'ast> for Names<'_> {
        fn visit_path_segment(&mut self, segment: &'ast syn::PathSegment) {
            self.1 |= self.0.iter().any(|name| segment.ident == name);
            visit::visit_path_segment(self, segment);
        }
    }
    let mut names = Names(wanted, false);
    names.visit_type(kind);
    names.1
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let tokens = match &attribute.meta {
            Meta::List(list) if attribute.path().is_ident("cfg") => list.tokens.to_string(),
            _ => return false,
        };
        tokens == "test"
    })
}

fn attributes(item: &syn::Item) -> &[Attribute] {
    match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Static(item) => &item.attrs,
        _ => &[],
    }
}

/// Two words or more with a space between them, and no SQL, markup or beginning in mid-sentence.
fn reads_like_words(text: &str) -> bool {
    const OTHER: &[&str] = &[
        "SELECT ",
        "INSERT ",
        "UPDATE ",
        "DELETE ",
        "CREATE ",
        "PRAGMA ",
        "WITH ",
        "FROM ",
        "EXISTS ",
        "BEGIN",
        "VACUUM",
        "JOIN ",
        "ORDER BY ",
        "WHERE ",
        "AND ",
        " IN (",
        " IS NOT NULL",
        "coalesce(",
        "instr(",
        "channel_id",
        "</",
    ];
    let bare = without_places(text);
    let is_word = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.chars().count() > 1 && word.chars().all(|c| c.is_alphabetic() || "'’-".contains(c))
    };
    // A place counts as a word: “{0} answered {1}.”
    let places = usize::from(bare.len() < text.len() && bare.contains(' '));
    bare.split_whitespace().filter(is_word).count() + places >= 2
        && !text.starts_with(char::is_whitespace)
        && !OTHER.iter().any(|mark| text.contains(mark))
}

/// The text without its `{places}`.
fn without_places(text: &str) -> String {
    let mut bare = String::new();
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

/// A format string with its places numbered in the order in which they first come. The same place
/// twice has the same number; what follows a colon is lost.
fn plain_places(format: &str) -> String {
    let mut plain = String::new();
    let mut rest = format.chars().peekable();
    let mut names: Vec<String> = Vec::new();
    while let Some(c) = rest.next() {
        if (c == '{' || c == '}') && rest.peek() == Some(&c) {
            rest.next();
            plain.push(c);
        } else if c == '{' {
            let inside: String = rest.by_ref().take_while(|c| *c != '}').collect();
            let name = inside.split(':').next().unwrap_or_default().to_owned();
            let known = names.iter().position(|known| !name.is_empty() && *known == name);
            let number = known.unwrap_or(names.len());
            if known.is_none() {
                names.push(name);
            }
            plain.push('{');
            plain.push_str(&number.to_string());
            plain.push('}');
        } else {
            plain.push(c);
        }
    }
    plain
}

/// As the API says it: with a capital letter and a full stop.
fn sentence(template: &str) -> String {
    let mut characters = template.chars();
    let Some(first) = characters.next() else { return String::new() };
    let mut sentence: String = first.to_uppercase().chain(characters).collect();
    if !sentence.ends_with(['.', '!', '?', '…']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[&str]) {
        let mut found = Vec::new();
        read(source, None, &mut |_, sentence| found.push(sentence)).unwrap();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn refusals_and_problems_are_sentences() {
        check(
            r#"fn f() { Err(Error::Conflict("this name is taken".to_owned())) }"#,
            &["This name is taken."],
        );
        check(
            r#"fn f() { fields.refuse("name", format!("At least {min} characters, please.")) }"#,
            &["At least {0} characters, please."],
        );
        check(r#"fn f() { Err(Error::NotFound("queue")) }"#, &["There is no such queue."]);
        check(
            r#"enum E { #[error("{name} has {count:>3} of {name}")] A { name: u8, count: u8 } }"#,
            &["{0} has {1} of {0}."],
        );
    }

    #[test]
    fn a_prompt_is_said_however_short_it_is() {
        check(
            r#"impl Kind { fn prompt(self) -> &'static str { match self { A => "Unknown." } } }"#,
            &["Unknown."],
        );
    }

    #[test]
    fn what_reaches_nobody_is_no_sentence() {
        check(r#"fn f() { info!("the desk is open now") }"#, &[]);
        check(r#"fn f() { tx.execute("SELECT the name FROM users", []) }"#, &[]);
        check(r#"fn f() { if text.contains("has opted out") {} }"#, &[]);
        check(r#"fn f() { text == "two plain words" }"#, &[]);
        check(r#"#[cfg(test)] mod tests { fn f() { g("two plain words") } }"#, &[]);
        check("/// Two plain words.\nfn f() {}", &[]);
    }

    #[test]
    fn a_description_is_the_guide_of_its_provider() {
        let source = r#"fn describe() -> Description {
            Description { label: "Some Provider Name", notes: vec!["It answers by itself"] }
        }"#;
        let mut found = Vec::new();
        let provider = Some("some".to_owned());
        read(source, provider.as_ref(), &mut |place, sentence| found.push((place, sentence)))
            .unwrap();
        let guide = Place::Guide("some".to_owned());
        assert_eq!(found, [(guide, "It answers by itself".to_owned())]);
    }
}
