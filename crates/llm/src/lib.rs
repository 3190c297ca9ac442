//! What it is to call a model, and how to call many of them well.
