//! A diagnostic: data, not prose. Its words are in `messages`.

use super::decode::{UnknownField, WrongType};
use super::kinds::Gone;
use crate::api::validate::FieldError;
use crate::base::{FieldPath, Said, Span};
use crate::yaml::problem::{SyntaxError, SyntaxKind};

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Worth knowing; the cluster takes the manifest.
    Warning,
    /// The manifest is refused.
    Error,
}

/// Something about a manifest that its writer should know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The rule that speaks, such as `manifest.unknown-field`.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The culprit.
    pub span: Span,
    /// The field, where there is one.
    pub path: Option<FieldPath>,
    /// What is wrong, with its facts.
    pub kind: ProblemKind,
}

/// What can be wrong with a manifest.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ProblemKind {
    /// The text is not YAML.
    Syntax(SyntaxError),
    /// More bytes than can be read.
    TooLarge {
        /// Bytes of the text.
        bytes: usize,
    },
    /// More documents than can be read.
    TooManyDocuments,
    /// Too deeply nested.
    TooDeep,
    /// Too many keys and values.
    TooManyNodes,
    /// Aliases that grow beyond all bounds.
    TooManyAliases,
    /// `*name` without `&name`.
    UnknownAlias(String),
    /// An alias inside what it stands for.
    AliasOfItself,
    /// `<<` with something that is no mapping.
    MergeOfNoMap,
    /// A key that is empty or a collection.
    KeyNotText,
    /// The same key twice; the later one counts.
    DuplicateKey {
        /// The key.
        key: String,
        /// Where the one stands that counts.
        kept: Span,
    },
    /// A document that kubectl does not see.
    LostDocument,
    /// No document at all.
    Empty,
    /// A document that is no mapping; what it is instead.
    NotAnObject(&'static str),
    /// No `apiVersion`.
    NoApiVersion,
    /// No `kind`.
    NoKind,
    /// A kind that the cluster does not have.
    UnknownKind {
        /// As written.
        api_version: String,
        /// As written.
        kind: String,
        /// What may have been meant, as `(apiVersion, kind)`.
        meant: Option<(&'static str, &'static str)>,
    },
    /// A kind, or a version of it, that older clusters had.
    GoneKind {
        /// As written.
        api_version: String,
        /// As written.
        kind: String,
        /// What became of it.
        gone: Gone,
    },
    /// `apiVersion` and `kind` in each other's place, as written.
    Swapped {
        /// What stands in `apiVersion`.
        api_version: String,
        /// What stands in `kind`.
        kind: String,
    },
    /// A kind that a cluster has and that is not simulated.
    NotModelled(String),
    /// `generateName` without a name, which `kubectl apply` does not take.
    GenerateName(String),
    /// No `metadata.name`.
    NoName,
    /// An object of that kind and name stands above already.
    SameName {
        /// `pod/web`.
        name: String,
        /// The name of the first one.
        first: Span,
    },
    /// An annotation that is no text: kubectl drops all annotations then, without a word.
    LostAnnotations,
    /// A field that the type does not have.
    UnknownField(UnknownField),
    /// A value of another type than the field's.
    WrongType(WrongType),
    /// Not an amount.
    BadQuantity,
    /// Not a time.
    BadTime,
    /// Not base64.
    BadBase64,
    /// Refused by the validation of the API server.
    Invalid(FieldError),
    /// Taken by the API server with a warning: its words, without the path.
    Warned(String),
}

impl ProblemKind {
    /// The rule that a problem of this kind cites.
    pub fn rule(&self) -> &'static str {
        match self {
            ProblemKind::Syntax(error) => syntax_rule(error.kind),
            ProblemKind::TooLarge { .. }
            | ProblemKind::TooManyDocuments
            | ProblemKind::TooDeep
            | ProblemKind::TooManyNodes => "manifest.limit",
            ProblemKind::TooManyAliases
            | ProblemKind::UnknownAlias(_)
            | ProblemKind::AliasOfItself
            | ProblemKind::MergeOfNoMap => "manifest.alias",
            ProblemKind::KeyNotText => "manifest.key",
            ProblemKind::DuplicateKey { .. } => "manifest.duplicate-key",
            ProblemKind::LostDocument => "manifest.lost-document",
            ProblemKind::Empty => "manifest.empty",
            ProblemKind::NotAnObject(_) => "manifest.not-an-object",
            ProblemKind::NoApiVersion | ProblemKind::NoKind => "manifest.no-kind",
            ProblemKind::UnknownKind { .. } => "manifest.unknown-kind",
            ProblemKind::GoneKind { .. } => "manifest.gone-kind",
            ProblemKind::Swapped { .. } => "manifest.swapped",
            ProblemKind::NotModelled(_) => "manifest.not-simulated",
            ProblemKind::GenerateName(_) => "manifest.generate-name",
            ProblemKind::NoName => "manifest.no-name",
            ProblemKind::SameName { .. } => "manifest.same-name",
            ProblemKind::LostAnnotations => "manifest.lost-annotations",
            ProblemKind::UnknownField(field) if field.is_misplaced() => "manifest.misplaced-field",
            ProblemKind::UnknownField(_) => "manifest.unknown-field",
            ProblemKind::WrongType(_) => "manifest.wrong-type",
            ProblemKind::BadQuantity => "manifest.quantity",
            ProblemKind::BadTime => "manifest.time",
            ProblemKind::BadBase64 => "manifest.base64",
            ProblemKind::Invalid(error) => error.rule,
            ProblemKind::Warned(_) => "api.warning",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            ProblemKind::DuplicateKey { .. }
            | ProblemKind::LostDocument
            | ProblemKind::LostAnnotations
            | ProblemKind::SameName { .. }
            | ProblemKind::Warned(_)
            | ProblemKind::NotModelled(_) => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

fn syntax_rule(kind: SyntaxKind) -> &'static str {
    match kind {
        SyntaxKind::Tab => "manifest.tab",
        SyntaxKind::Indentation => "manifest.indentation",
        SyntaxKind::UnclosedQuote | SyntaxKind::TrailingText => "manifest.quote",
        SyntaxKind::UnclosedBracket | SyntaxKind::StrayBracket => "manifest.bracket",
        SyntaxKind::UnexpectedColon | SyntaxKind::MissingColon => "manifest.colon",
        SyntaxKind::UnexpectedDash => "manifest.dash",
        SyntaxKind::ReservedCharacter | SyntaxKind::Escape | SyntaxKind::ControlCharacter => {
            "manifest.character"
        }
        SyntaxKind::TooManyBrackets => "manifest.limit",
        SyntaxKind::Other => "manifest.syntax",
    }
}

impl Diagnostic {
    /// A diagnostic of `kind` at `span`.
    pub fn new(span: Span, path: Option<FieldPath>, kind: ProblemKind) -> Self {
        Diagnostic { rule: kind.rule(), severity: kind.severity(), span, path, kind }
    }

    /// What is wrong, in one line without a full stop.
    pub fn message(&self) -> Said {
        super::messages::message(self)
    }

    /// What to do about it, where something can be said.
    pub fn help(&self) -> Option<Said> {
        super::messages::help(self)
    }

    /// The keys that could stand there instead; empty where that is no question of keys.
    pub fn known(&self) -> &[&'static str] {
        match &self.kind {
            ProblemKind::UnknownField(field) => &field.known,
            _ => &[],
        }
    }

    /// Another place that belongs to it: the value that counts, the first of two.
    pub fn related(&self) -> Option<Span> {
        match &self.kind {
            ProblemKind::DuplicateKey { kept: place, .. }
            | ProblemKind::SameName { first: place, .. } => Some(*place),
            _ => None,
        }
    }
}
