//! One file per provider: its wire format, to and from llm.
