//! The table of the rules of changes, each with its verdict.
//!
//! A **breaking** change makes a correct program fail to compile, fail at run time, or do something
//! else. A **compatible** change leaves it as it was. A change of the wire is judged for a caller who
//! only recompiles: it breaks if a call that worked may be refused, request something else, or return
//! an error. A default that only the server applies is **docs**: the client sends and reads the same.

use heck::ToKebabCase;

/// The effect of a change on callers, least first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing.
    #[default]
    None,
    /// To read: the documentation is another one.
    Docs,
    /// None, unless they want the new items.
    Compatible,
    /// To adapt.
    Breaking,
}

impl Verdict {
    /// As reports call it: `docs only`.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Docs => "docs only",
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
        }
    }
}

macro_rules! rules {
    ($($rule:ident: $verdict:ident, $kind:literal, $why:literal;)*) => {
        /// A kind of change, with its verdict.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $(#[doc = $why] $rule,)*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &[Self] = &[$(Self::$rule,)*];

            /// Returns the effect on callers.
            pub fn verdict(self) -> Verdict {
                match self {
                    $(Self::$rule => Verdict::$verdict,)*
                }
            }

            /// Returns the change in a word or two: `turned optional`.
            pub fn kind(self) -> &'static str {
                match self {
                    $(Self::$rule => $kind,)*
                }
            }

            /// Returns the reason for the verdict.
            pub fn why(self) -> &'static str {
                match self {
                    $(Self::$rule => $why,)*
                }
            }
        }
    };
}

rules! {
    // Types.
    TypeAdded: Compatible, "added", "No existing code uses it.";
    TypeRemoved: Breaking, "removed", "Code that names it no longer compiles.";
    TypeRenamed: Breaking, "renamed", "The old name is gone.";
    TypeReshaped: Breaking, "retyped", "A struct, a tuple struct and an enum are used in different ways.";
    GenericsChanged: Breaking, "retyped", "The type has different generic parameters.";
    NonExhaustiveAdded: Breaking, "closed", "Literals and complete matches no longer compile.";
    PrivateFieldAdded: Breaking, "closed", "With a private field, literals and complete patterns no longer compile.";
    NonExhaustiveRemoved: Compatible, "opened", "Code with `..` or a wildcard arm still compiles.";
    TraitImplemented: Compatible, "gained", "No existing code uses it.";
    TraitRemoved: Breaking, "lost", "Code that uses the trait no longer compiles.";
    TraitChanged: Breaking, "retyped", "An associated type of the trait has changed.";

    // Fields and variants.
    FieldAdded: Compatible, "added", "The struct is `#[non_exhaustive]`, so no code lists all its fields.";
    FieldAddedToWhole: Breaking, "added", "All fields are public, so literals and patterns list them.";
    FieldRemoved: Breaking, "removed", "Code that reads the field no longer compiles.";
    FieldRenamed: Breaking, "renamed", "The old name is gone.";
    FieldRetyped: Breaking, "retyped", "The field has another type.";
    FieldOptional: Breaking, "turned optional", "Code must handle `Option` first.";
    FieldRequired: Breaking, "turned required", "Code that handles the `Option` no longer compiles.";
    FieldsReordered: Breaking, "reordered", "Derived comparison depends on the order of the fields.";
    VariantAdded: Compatible, "added", "The enum is `#[non_exhaustive]`, so every match has a wildcard arm.";
    VariantAddedToWhole: Breaking, "added", "Complete matches no longer compile.";
    VariantRemoved: Breaking, "removed", "Code that names it no longer compiles.";
    VariantRenamed: Breaking, "renamed", "The old name is gone.";
    VariantRetyped: Breaking, "retyped", "The variant has other contents.";
    VariantsReordered: Breaking, "reordered", "Derived comparison depends on the order of the variants.";
    VariantsRenumbered: Breaking, "renumbered", "`as` gives other numbers; add new variants at the end.";
    DefaultMoved: Breaking, "another default", "`default()` returns another value, and the code still compiles.";

    // Methods.
    MethodAdded: Compatible, "added", "No existing code uses it.";
    MethodRemoved: Breaking, "removed", "Code that calls it no longer compiles.";
    MethodRenamed: Breaking, "renamed", "The old name is gone.";
    ArgumentAdded: Breaking, "argument added", "Every call lacks the argument.";
    ArgumentRemoved: Breaking, "argument removed", "Every call has one argument too many.";
    ArgumentRetyped: Breaking, "argument retyped", "An argument of the old type may not compile.";
    ArgumentGeneralised: Compatible, "argument widened", "Arguments of the old type still compile; only types that were inferred must be written out.";
    ArgumentRenamed: Docs, "argument renamed", "Calls do not name arguments.";
    ArgumentsReordered: Breaking, "reordered", "If the types agree, calls compile with swapped values.";
    ParameterOptional: Breaking, "turned optional", "The argument becomes a method of the request.";
    ParameterRequired: Breaking, "turned required", "The method becomes an argument, which every call lacks.";
    SignatureChanged: Breaking, "retyped", "The signature differs.";
    SignatureLoosened: Compatible, "loosened", "Old calls still compile, and more calls do.";
    ResultRetyped: Breaking, "result retyped", "Code that uses the result may no longer compile.";
    ConditionAdded: Breaking, "made conditional", "It is missing without the feature.";
    ConditionRemoved: Compatible, "made unconditional", "It is available as before, and without the feature.";

    // Marks and other items.
    Deprecated: Compatible, "deprecated", "It works as before, with a warning.";
    MustUseAdded: Compatible, "must be used", "It works as before, with a warning if the value is dropped.";
    DeprecationRemoved: Compatible, "no longer deprecated", "The warning goes away.";
    ItemAdded: Compatible, "added", "No existing code uses it.";
    ItemRemoved: Breaking, "removed", "Code that names it no longer compiles.";
    ItemChanged: Breaking, "changed", "The item differs.";
    FeatureAdded: Compatible, "feature added", "No existing code uses it.";
    FeatureRemoved: Breaking, "feature removed", "Crates that enable it no longer build.";
    FeatureNarrowed: Breaking, "feature narrowed", "It no longer enables something that callers may need.";
    FeatureWidened: Compatible, "feature widened", "It still enables everything as before.";
    CrateRenamed: Breaking, "renamed", "Dependants and their code use the old name.";
    DependencyChanged: Breaking, "another version", "Its types are part of the API, and differ in an incompatible version.";
    RustVersionRaised: Compatible, "raised", "For an older compiler, cargo selects the previous version.";
    DocsChanged: Docs, "documented differently", "Its behaviour is the same.";
    CodeChanged: Compatible, "changed internally", "The API, the requests and the responses are the same.";

    // The whole client on the wire.
    BaseUrlAdded: Compatible, "base URL added", "A client without a base URL could not be built.";
    BaseUrlRemoved: Breaking, "base URL removed", "A client without a base URL can no longer be built.";
    BaseUrlChanged: Breaking, "another base URL", "A client without a base URL uses another server.";
    ServerChanged: Breaking, "another server", "The same call of the builder leads to another URL.";
    VersionChanged: Breaking, "another API version", "Every request asks for that version; its responses may differ in ways that the document does not show.";
    VersionHeaderChanged: Breaking, "another version header", "Every request sends the version in another header, or not at all.";
    AcceptChanged: Breaking, "another `Accept`", "The server may respond in another format, or refuse the request.";

    // Requests on the wire.
    RequestAdded: Compatible, "added", "No existing code sends it.";
    RequestRemoved: Breaking, "removed", "It can no longer be sent.";
    MethodChanged: Breaking, "another method", "The same call sends another request.";
    PathChanged: Breaking, "another path", "The same call sends another request.";
    ParameterAdded: Compatible, "parameter added", "It is sent only when it is set.";
    DemandAdded: Breaking, "parameter required", "No request is sent without it.";
    ConstantAdded: Breaking, "constant parameter added", "The same call sends one more value.";
    ParameterRemoved: Breaking, "parameter removed", "It is no longer sent.";
    ParameterDemanded: Breaking, "parameter required", "No request is sent without it any more.";
    ParameterSpared: Compatible, "parameter optional", "It may be left out.";
    ParameterRespelt: Breaking, "parameter renamed", "The same call sends it under another name.";
    ParameterMoved: Breaking, "parameter moved", "The same call sends it in another part of the request.";
    ConstantChanged: Breaking, "another value", "The same call sends another value.";
    BoundsNarrowed: Breaking, "bounds narrowed", "The client refuses calls that it used to send.";
    BoundsWidened: Compatible, "bounds widened", "Old calls are still sent.";
    ServerDefault: Docs, "another default", "Only the server applies it; the client sends nothing.";
    BodyAdded: Breaking, "body added", "Every request has a body now.";
    BodyOffered: Compatible, "body added", "It is sent only when it is set.";
    BodyRemoved: Breaking, "body removed", "It is no longer sent.";
    BodyDemanded: Breaking, "body required", "No request is sent without it any more.";
    BodySpared: Compatible, "body optional", "It may be left out.";
    BodyFormChanged: Breaking, "another body", "The same call sends another `Content-Type`.";

    // Responses on the wire.
    SuccessAdded: Compatible, "success added", "The status used to be an error.";
    SuccessRemoved: Breaking, "no longer a success", "The status is an error now.";
    SuccessChanged: Breaking, "another success", "The same response is decoded differently.";
    ErrorAdded: Docs, "error documented", "Every error is read, documented or not.";
    ErrorRemoved: Docs, "error no longer documented", "Every error is read, documented or not.";

    // JSON.
    FieldRespelt: Breaking, "renamed in JSON", "The same field is read and written under another name.";
    FieldDemanded: Breaking, "required in JSON", "A response without it used to be decoded, as documented, and is an error now.";
    FieldExpected: Compatible, "expected in JSON", "A response without it is an error, but was never documented.";
    FieldSpared: Compatible, "optional in JSON", "A response without it is decoded, too.";
    AbsenceRespelt: Breaking, "absence encoded differently", "An absent value is sent as null rather than left out, or the reverse.";
    ValueRespelt: Breaking, "renamed in JSON", "The same variant is read and written as another value.";
    AlternativesReordered: Breaking, "tried in another order", "The first alternative that matches is used.";
}

impl Rule {
    /// The rule's name, in kebab case: `field-removed`.
    pub fn name(self) -> String {
        format!("{self:?}").to_kebab_case()
    }
}
