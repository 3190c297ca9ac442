//! Every provider against an upstream that speaks its format, well and badly.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod captions;
#[cfg(test)]
mod conformance;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod ollama;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod speech;
#[cfg(test)]
mod support;
