//! A whole assistant in a test: scripted models, frozen clock, both databases.
