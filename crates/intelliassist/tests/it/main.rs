//! The binary as people and programs meet it.

#[cfg(test)]
mod configuration;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod extraction;
#[cfg(test)]
mod files;
#[cfg(test)]
mod operating;
#[cfg(test)]
mod program;
#[cfg(test)]
mod serving;
#[cfg(test)]
mod tasks;
#[cfg(test)]
mod upstream;
