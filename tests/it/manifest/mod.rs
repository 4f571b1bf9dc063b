//! Manifests: every diagnostic on its culprit, and no text that breaks the reader.

mod arbitrary;
mod carets;
mod hostile;
mod named;
mod printed;
mod sound;
