//! The rules of drift: kinds of differences, and their effect on callers.

use std::fmt;

use openapi::report::Level;

use Severity::{BreaksDecoding, BreaksSending, Docs, News};
use Subject::{ErrorStatus, Header, Operation, Parameter, Request, Response, Status};

/// Effect of a difference on callers who rely on the fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A response that upstream allows can't be decoded.
    BreaksDecoding,
    /// A request that the fragment allows is refused, or does something else.
    BreaksSending,
    /// Nothing breaks, and there is something new.
    News,
    /// Only words have changed.
    Docs,
}

/// The part of an operation that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Subject {
    Operation,
    Parameter,
    Request,
    Status,
    ErrorStatus,
    Response,
    Header,
}

/// One kind of difference: `response-became-nullable`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    pub(super) subject: Subject,
    pub(super) facet: Facet,
}

struct Row {
    facet: Facet,
    word: &'static str,
    subjects: &'static [Subject],
    /// The severity where the value comes from the server.
    received: Severity,
    /// The severity where the value goes to the server.
    sent: Severity,
    help: &'static str,
}

const VALUES: &[Subject] = &[Parameter, Request, Response, Header];
const BODIES: &[Subject] = &[Request, Response, ErrorStatus];
const MEMBERS: &[Subject] = &[Parameter, Header, Status, ErrorStatus];
const FIELDS: &[Subject] = &[Parameter, Header];

macro_rules! facets {
    ($($name:ident $word:literal $subjects:expr, $received:ident $sent:ident, $help:literal;)*) => {
        /// The kind of difference, from upstream's view: `added` means upstream has it, and the fragment does not.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) enum Facet {
            $($name,)*
        }

        static ROWS: &[Row] = &[$(Row {
            facet: Facet::$name,
            word: $word,
            subjects: $subjects,
            received: $received,
            sent: $sent,
            help: $help,
        },)*];
    };
}

facets! {
    MissingUpstream "missing-upstream" &[Operation], News BreaksSending,
        "check whether GitHub has withdrawn it; if so, deprecate or remove it";
    Moved "moved" &[Operation], News BreaksSending, "use its new method and path";
    Renamed "renamed" &[Operation, Parameter], News News,
        "use the new name, which renames the item in the client";
    NotInFragment "not-in-fragment" &[Operation], News News, "describe it, or waive it";
    ServersChanged "servers-changed" &[Operation], News BreaksSending, "name one of its servers";
    SecurityImposed "security-imposed" &[Operation], News BreaksSending, "declare the credentials that it requires";
    SecurityLifted "security-lifted" &[Operation], News News, "declare the additional credentials";
    ChangedUpstream "changed-upstream" &[Operation], News News,
        "check that the waived differences are still the same, then run with `--accept`";
    WaivedChanged "waived-changed" &[Operation], News News,
        "check that the waivers' reasons still hold, then run with `--accept`";
    DocsChanged "docs-changed" &[Operation], Docs Docs,
        "check that our own words still hold, then run with `--accept`";
    NotAccepted "not-accepted" &[Operation], News News, "run with `--accept` to pin it";

    Added "added" MEMBERS, News News, "describe it";
    AddedRequired "added-required" &[Parameter], News BreaksSending, "describe it as required";
    Removed "removed" MEMBERS, News BreaksSending, "remove it";
    RequiredRemoved "required-removed" &[Header], BreaksDecoding News, "do not rely on it";
    BecameOptional "became-optional" FIELDS, BreaksDecoding News, "remove its `required: true`";
    BecameRequired "became-required" FIELDS, News BreaksSending, "add `required: true`";
    StyleChanged "style-changed" &[Parameter], News BreaksSending, "use upstream's style";

    BodyAdded "body-added" BODIES, News News, "describe the body";
    BodyAddedRequired "body-added-required" &[Request], News BreaksSending, "describe the body as required";
    BodyRemoved "body-removed" BODIES, BreaksDecoding BreaksSending, "remove the body";
    BodyBecameOptional "body-became-optional" &[Request], News News, "remove its `required: true`";
    BodyBecameRequired "body-became-required" &[Request], News BreaksSending, "add `required: true`";
    MediaTypeAdded "media-type-added" BODIES, News News, "describe it, if it is useful";
    MediaTypeRemoved "media-type-removed" BODIES, BreaksDecoding BreaksSending, "use one of upstream's media types";

    Retyped "retyped" VALUES, BreaksDecoding BreaksSending, "use upstream's type";
    Widened "widened" VALUES, BreaksDecoding News, "add upstream's other types";
    Narrowed "narrowed" VALUES, News BreaksSending, "remove the types that upstream doesn't have";
    BecameNullable "became-nullable" VALUES, BreaksDecoding News, "add `nullable: true`";
    NoLongerNullable "no-longer-nullable" VALUES, News BreaksSending, "remove its `nullable: true`";
    FormatChanged "format-changed" VALUES, BreaksDecoding BreaksSending, "use upstream's format";
    FormatLifted "format-lifted" VALUES, BreaksDecoding News, "remove its format";
    FormatImposed "format-imposed" VALUES, News BreaksSending, "use upstream's format";
    FormatHintChanged "format-hint-changed" VALUES, News News,
        "use upstream's format; the client ignores both";
    EnumValueAdded "enum-value-added" VALUES, News News, "add it to the list";
    EnumValueRemoved "enum-value-removed" VALUES, News BreaksSending, "remove it from the list";
    EnumLifted "enum-lifted" VALUES, News News, "remove the list of values";
    EnumImposed "enum-imposed" VALUES, News BreaksSending, "list the values";
    BoundLoosened "bound-loosened" VALUES, News News, "use upstream's limit";
    BoundTightened "bound-tightened" VALUES, News BreaksSending, "use upstream's limit";
    DefaultChanged "default-changed" VALUES, News News, "use upstream's default; the client sends none";
    DefaultAdded "default-added" VALUES, News News, "use upstream's default";
    DefaultRemoved "default-removed" VALUES, News News, "check the new behaviour, and remove the default";
    DeprecationChanged "deprecation-changed" &[Operation, Parameter, Request, Response, Header], News News,
        "set `deprecated` as upstream does";
    PropertyAdded "property-added" VALUES, News News, "describe it";
    PropertyAddedRequired "property-added-required" &[Parameter, Request], News BreaksSending,
        "describe it as required";
    PropertyRemoved "property-removed" VALUES, BreaksDecoding BreaksSending, "remove it";
    OptionalPropertyRemoved "optional-property-removed" VALUES, News BreaksSending, "remove it";
    PropertyBecameOptional "property-became-optional" VALUES, BreaksDecoding News,
        "remove it from `required`";
    PropertyBecameRequired "property-became-required" VALUES, News BreaksSending, "add it to `required`";
    ExtraPropertiesAllowed "extra-properties-allowed" VALUES, News News, "allow them, if they are useful";
    ExtraPropertiesRefused "extra-properties-refused" VALUES, News BreaksSending, "set `additionalProperties: false`";
    AlternativeAdded "alternative-added" VALUES, BreaksDecoding News, "describe the alternative";
    AlternativeRemoved "alternative-removed" VALUES, News BreaksSending, "remove the alternative";
    KeywordChanged "keyword-changed" VALUES, News BreaksSending, "compare the two by eye";
    Unresolved "unresolved" VALUES, BreaksDecoding BreaksSending,
        "upstream's description is broken here; compare the two by eye";
}

impl Severity {
    /// The name in reports: `breaks decoding`.
    pub fn name(self) -> &'static str {
        match self {
            BreaksDecoding => "breaks decoding",
            BreaksSending => "breaks sending",
            News => "news",
            Docs => "docs",
        }
    }

    pub(super) fn level(self) -> Level {
        match self {
            BreaksDecoding | BreaksSending => Level::Error,
            News => Level::Warning,
            Docs => Level::Notice,
        }
    }
}

impl Subject {
    fn word(self) -> &'static str {
        match self {
            Operation => "operation",
            Parameter => "parameter",
            Request => "request",
            Status => "status",
            ErrorStatus => "error-status",
            Response => "response",
            Header => "header",
        }
    }
}

impl Rule {
    pub(super) const fn new(subject: Subject, facet: Facet) -> Self {
        Self { subject, facet }
    }

    /// The name, in kebab case.
    pub fn id(self) -> String {
        format!("{}-{}", self.subject.word(), self.row().word)
    }

    /// Returns its effect on callers.
    pub fn severity(self) -> Severity {
        match self.subject {
            Operation | Parameter | Request => self.row().sent,
            Response | Header => self.row().received,
            // The runtime decodes every error, and treats an unknown success as one.
            ErrorStatus => News,
            Status => BreaksDecoding,
        }
    }

    /// Returns the advice for it.
    pub fn help(self) -> &'static str {
        self.row().help
    }

    /// Whether it can be waived. Changes since the last acceptance are accepted anew instead.
    pub(super) fn is_waivable(self) -> bool {
        let pinned = [
            Facet::ChangedUpstream,
            Facet::WaivedChanged,
            Facet::DocsChanged,
            Facet::NotAccepted,
        ];
        !pinned.contains(&self.facet)
    }

    /// Returns every rule.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().flat_map(|row| {
            let facet = row.facet;
            row.subjects
                .iter()
                .map(move |&subject| Self { subject, facet })
        })
    }

    fn row(self) -> &'static Row {
        &ROWS[self.facet as usize]
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id())
    }
}
