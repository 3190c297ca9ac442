//! Whether this CPU can run the engine: it is built for AVX2, FMA, F16C and BMI2 (2013 and later) and
//! would end the process on anything less.

/// The instructions the engine needs and this CPU lacks.
pub(super) fn missing() -> Vec<&'static str> {
    lacking(&present())
}

fn lacking(present: &[(&'static str, bool)]) -> Vec<&'static str> {
    let lacks = present.iter().filter(|(_, there)| !there);
    lacks.map(|(name, _)| *name).collect()
}

#[cfg(target_arch = "x86_64")]
fn present() -> Vec<(&'static str, bool)> {
    vec![
        ("AVX2", std::is_x86_feature_detected!("avx2")),
        ("FMA", std::is_x86_feature_detected!("fma")),
        ("F16C", std::is_x86_feature_detected!("f16c")),
        ("BMI2", std::is_x86_feature_detected!("bmi2")),
    ]
}

/// Other architectures are built for their plainest form.
#[cfg(not(target_arch = "x86_64"))]
fn present() -> Vec<(&'static str, bool)> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lacks_is_named() {
        assert_eq!(
            lacking(&[("AVX2", false), ("FMA", true), ("BMI2", false)]),
            ["AVX2", "BMI2"]
        );
        assert_eq!(lacking(&[("AVX2", true)]), Vec::<&str>::new());
    }
}
