//! What each kind of change means: the table that decides.
//!
//! **Breaking** is what makes a program that was right fail to compile, fail when it runs, or do
//! something else. **Compatible** is what leaves such a program as it was. A change of the wire is
//! judged by the same question, put to a caller who compiles again and changes nothing: may a call
//! that worked now be refused, ask for something else, or be answered by an error? What the server
//! decides by itself, such as what it assumes for a parameter that is left out, is **docs**: the
//! client sends and reads the same.

use heck::ToKebabCase;

/// What a change asks of callers, least first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing.
    #[default]
    None,
    /// To read: the documentation is another one.
    Docs,
    /// Nothing, unless they want what is new.
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
        /// What has changed, and how that is judged.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $(#[doc = $why] $rule,)*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &[Self] = &[$(Self::$rule,)*];

            /// What the change means for callers.
            pub fn verdict(self) -> Verdict {
                match self {
                    $(Self::$rule => Verdict::$verdict,)*
                }
            }

            /// What has happened, in a word or two: `turned optional`.
            pub fn kind(self) -> &'static str {
                match self {
                    $(Self::$rule => $kind,)*
                }
            }

            /// The reason for the verdict.
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
    TypeAdded: Compatible, "added", "Nobody used it.";
    TypeRemoved: Breaking, "removed", "Whoever names it no longer compiles.";
    TypeRenamed: Breaking, "renamed", "The old name is gone.";
    TypeReshaped: Breaking, "retyped", "A struct, a tuple struct and an enum are used in different ways.";
    GenericsChanged: Breaking, "retyped", "The type takes other parameters.";
    NonExhaustiveAdded: Breaking, "closed", "Literals and complete matches no longer compile.";
    PrivateFieldAdded: Breaking, "closed", "There is a private field now: literals and complete patterns no longer compile.";
    NonExhaustiveRemoved: Compatible, "opened", "Whatever was written for an unknown rest still compiles.";
    TraitImplemented: Compatible, "gained", "Nobody relied on it.";
    TraitRemoved: Breaking, "lost", "Whoever relies on the trait no longer compiles.";
    TraitChanged: Breaking, "retyped", "An associated type of the trait is another one.";

    // Fields and variants.
    FieldAdded: Compatible, "added", "The struct is not exhaustive, so that nobody lists its fields.";
    FieldAddedToWhole: Breaking, "added", "All fields are public: literals and patterns list them.";
    FieldRemoved: Breaking, "removed", "Whoever reads the field no longer compiles.";
    FieldRenamed: Breaking, "renamed", "The old name is gone.";
    FieldRetyped: Breaking, "retyped", "The field's value is another one.";
    FieldOptional: Breaking, "turned optional", "`Option` has to be looked into first.";
    FieldRequired: Breaking, "turned required", "What took the `Option` apart no longer compiles.";
    FieldsReordered: Breaking, "reordered", "Derived comparison goes by the order of the fields.";
    VariantAdded: Compatible, "added", "The enum is not exhaustive, so that every match has an arm for the rest.";
    VariantAddedToWhole: Breaking, "added", "Complete matches no longer compile.";
    VariantRemoved: Breaking, "removed", "Whoever names it no longer compiles.";
    VariantRenamed: Breaking, "renamed", "The old name is gone.";
    VariantRetyped: Breaking, "retyped", "The variant holds something else.";
    VariantsReordered: Breaking, "reordered", "Derived comparison goes by the order of the variants.";
    VariantsRenumbered: Breaking, "renumbered", "`as` gives other numbers; what is new belongs behind what was there.";
    DefaultMoved: Breaking, "another default", "`default()` is another value, unseen by the compiler.";

    // Methods.
    MethodAdded: Compatible, "added", "Nobody used it.";
    MethodRemoved: Breaking, "removed", "Whoever calls it no longer compiles.";
    MethodRenamed: Breaking, "renamed", "The old name is gone.";
    ArgumentAdded: Breaking, "argument added", "Every call lacks it.";
    ArgumentRemoved: Breaking, "argument removed", "Every call has one too many.";
    ArgumentRetyped: Breaking, "argument retyped", "A value that was passed may not be one of the new type.";
    ArgumentGeneralised: Compatible, "argument widened", "What was passed is still taken; only what the compiler inferred from the type has to be written out.";
    ArgumentRenamed: Docs, "argument renamed", "Calls name no arguments.";
    ArgumentsReordered: Breaking, "reordered", "Where the types allow it, the compiler does not see that values have changed places.";
    ParameterOptional: Breaking, "turned optional", "What was an argument is set by a method of its own.";
    ParameterRequired: Breaking, "turned required", "What a method could set is an argument that every call lacks.";
    SignatureChanged: Breaking, "retyped", "It is called in another way.";
    SignatureLoosened: Compatible, "loosened", "It is called as before, and where it could not be.";
    ResultRetyped: Breaking, "result retyped", "What callers do with the result is no longer right.";
    ConditionAdded: Breaking, "made conditional", "Without the feature it is gone.";
    ConditionRemoved: Compatible, "made unconditional", "It is there for those who had it, too.";

    // Marks and other items.
    Deprecated: Compatible, "deprecated", "It works as before, if with a warning.";
    MustUseAdded: Compatible, "must be used", "It works as before, with a warning where it is dropped.";
    DeprecationRemoved: Compatible, "no longer deprecated", "A warning less.";
    ItemAdded: Compatible, "added", "Nobody used it.";
    ItemRemoved: Breaking, "removed", "Whoever names it no longer compiles.";
    ItemChanged: Breaking, "changed", "It is not what it was.";
    FeatureAdded: Compatible, "feature added", "Nobody enabled it.";
    FeatureRemoved: Breaking, "feature removed", "Whoever enables it can no longer be built.";
    FeatureNarrowed: Breaking, "feature narrowed", "What it no longer enables is gone for those who relied on it.";
    FeatureWidened: Compatible, "feature widened", "What it enabled it still does.";
    CrateRenamed: Breaking, "renamed", "Whoever depends on it, or names it, knows the old name.";
    DependencyChanged: Breaking, "another version", "Its types are part of the API, and are others in a version that is not compatible.";
    RustVersionRaised: Compatible, "raised", "An older compiler gets the version before, as cargo sees to.";
    DocsChanged: Docs, "documented otherwise", "What it does is the same.";
    CodeChanged: Compatible, "changed inside", "Neither what callers write nor what is sent and read is another.";

    // The whole client on the wire.
    BaseUrlAdded: Compatible, "base URL added", "A client that was told none could not be built.";
    BaseUrlRemoved: Breaking, "base URL removed", "A client that is told none can no longer be built.";
    BaseUrlChanged: Breaking, "another base URL", "A client that is told none turns to another server.";
    ServerChanged: Breaking, "another server", "The same call of the builder leads to another address.";
    VersionChanged: Breaking, "another API version", "Every request asks for it, and what differs in the answers the document need not tell.";
    VersionHeaderChanged: Breaking, "another version header", "Every request tells the version in another way, or no longer.";
    AcceptChanged: Breaking, "asks for another form", "The server may answer in another form, or refuse to.";

    // Requests on the wire.
    RequestAdded: Compatible, "added", "Nobody sent it.";
    RequestRemoved: Breaking, "removed", "Nobody can send it any more.";
    MethodChanged: Breaking, "another method", "The same call sends another request.";
    PathChanged: Breaking, "another path", "The same call sends another request.";
    ParameterAdded: Compatible, "parameter added", "It is sent only when it is set.";
    DemandAdded: Breaking, "parameter demanded", "No request is sent without it.";
    ConstantAdded: Breaking, "parameter sent unasked", "The same call tells the server something more.";
    ParameterRemoved: Breaking, "parameter removed", "It is no longer sent.";
    ParameterDemanded: Breaking, "parameter demanded", "No request is sent without it any more.";
    ParameterSpared: Compatible, "parameter optional", "It may be left out, and need not.";
    ParameterRespelt: Breaking, "parameter renamed", "The same call sends it under another name.";
    ParameterMoved: Breaking, "parameter moved", "The same call sends it in another place.";
    ConstantChanged: Breaking, "another value", "The same call sends another value.";
    BoundsNarrowed: Breaking, "bounds narrowed", "A call that was sent is refused by the client.";
    BoundsWidened: Compatible, "bounds widened", "What was sent still is.";
    ServerDefault: Docs, "another default", "The server assumes it; the client sends nothing.";
    BodyAdded: Breaking, "body added", "Every request has one now.";
    BodyOffered: Compatible, "body added", "It is sent only when it is set.";
    BodyRemoved: Breaking, "body removed", "It is no longer sent.";
    BodyDemanded: Breaking, "body demanded", "No request is sent without it any more.";
    BodySpared: Compatible, "body optional", "It may be left out, and need not.";
    BodyFormChanged: Breaking, "another body", "The same call sends another `Content-Type`.";

    // Answers on the wire.
    SuccessAdded: Compatible, "success added", "What was an error is a success.";
    SuccessRemoved: Breaking, "no longer a success", "An answer that was a success is an error.";
    SuccessChanged: Breaking, "another success", "The same answer is read in another way.";
    ErrorAdded: Docs, "error documented", "Every error is read, documented or not.";
    ErrorRemoved: Docs, "error no longer documented", "Every error is read, documented or not.";

    // JSON.
    FieldRespelt: Breaking, "renamed in JSON", "The same field is read and written under another name.";
    FieldDemanded: Breaking, "demanded in JSON", "An answer without it was read and is an error now, though it was documented as possible.";
    FieldExpected: Compatible, "expected in JSON", "An answer without it is an error; the document never spoke of one.";
    FieldSpared: Compatible, "optional in JSON", "An answer without it is read, too.";
    AbsenceRespelt: Breaking, "absence written otherwise", "A value that is not there is sent as null and no longer left out, or the other way round.";
    ValueRespelt: Breaking, "renamed in JSON", "The same variant is read and written as another value.";
    AlternativesReordered: Breaking, "tried in another order", "The first alternative that fits is taken.";
}

impl Rule {
    /// The rule's name, in kebab case: `field-removed`.
    pub fn name(self) -> String {
        format!("{self:?}").to_kebab_case()
    }
}
