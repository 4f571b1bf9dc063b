//! A diagnostic: data, not prose. Its words are in `messages`.

use super::decode::{UnknownField, WrongType};
use crate::api::validate::FieldError;
use crate::base::{FieldPath, Lang, Span};
use crate::yaml::problem::SyntaxError;

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
        /// What may have been meant, as `apiVersion/kind` pairs.
        meant: Option<(&'static str, &'static str)>,
    },
    /// A kind that a cluster has and that is not simulated.
    NotModelled(String),
    /// `generateName` without a name, which `kubectl apply` does not take.
    GenerateName(String),
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
}

impl ProblemKind {
    /// The rule that a problem of this kind cites.
    pub fn rule(&self) -> &'static str {
        match self {
            ProblemKind::Syntax(_) => "manifest.syntax",
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
            ProblemKind::NotModelled(_) => "manifest.not-simulated",
            ProblemKind::GenerateName(_) => "manifest.generate-name",
            ProblemKind::UnknownField(_) => "manifest.unknown-field",
            ProblemKind::WrongType(_) => "manifest.wrong-type",
            ProblemKind::BadQuantity => "manifest.quantity",
            ProblemKind::BadTime => "manifest.time",
            ProblemKind::BadBase64 => "manifest.base64",
            ProblemKind::Invalid(error) => error.rule,
        }
    }

    fn severity(&self) -> Severity {
        match self {
            ProblemKind::DuplicateKey { .. }
            | ProblemKind::LostDocument
            | ProblemKind::NotModelled(_) => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

impl Diagnostic {
    /// A diagnostic of `kind` at `span`.
    pub fn new(span: Span, path: Option<FieldPath>, kind: ProblemKind) -> Self {
        Diagnostic { rule: kind.rule(), severity: kind.severity(), span, path, kind }
    }

    /// What is wrong, in one line without a full stop.
    pub fn message(&self, lang: Lang) -> String {
        super::messages::message(self, lang)
    }

    /// What to do about it, where something can be said.
    pub fn help(&self, lang: Lang) -> Option<String> {
        super::messages::help(self, lang)
    }
}
