//! What the assistant does, apart from how it is asked.
