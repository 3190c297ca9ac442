//! What hosted speech models need to know about a recording, and what they leave to us.

use llm::Segment;

/// The media type without parameters: `audio/webm;codecs=opus` is `audio/webm`.
pub(crate) fn plain_type(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// The ending of a file of this type.
pub(crate) fn extension(media_type: &str) -> &'static str {
    match plain_type(media_type) {
        "audio/mpeg" | "audio/mp3" | "audio/mpga" | "audio/x-mpeg-3" => "mp3",
        "audio/mp4" | "audio/m4a" | "audio/x-m4a" | "audio/aac" => "m4a",
        "video/mp4" => "mp4",
        "audio/webm" | "video/webm" => "webm",
        "audio/ogg" | "audio/opus" | "application/ogg" => "ogg",
        "audio/flac" | "audio/x-flac" => "flac",
        _ => "wav",
    }
}

/// The type as Hugging Face wants it: it knows `audio/m4a`, not `audio/mp4`
/// (contract 002-A7: the original sent M4A as WAV).
pub(crate) fn hugging_face_type(media_type: &str) -> &'static str {
    match extension(media_type) {
        "mp3" => "audio/mpeg",
        "m4a" | "mp4" => "audio/m4a",
        "webm" => "audio/webm",
        "ogg" => "audio/ogg",
        "flac" => "audio/flac",
        _ => "audio/wav",
    }
}

/// The confidence in a whole transcript: the mean over its segments, weighted by their length;
/// `None` when no segment has one.
pub(crate) fn confidence(segments: &[Segment]) -> Option<f32> {
    let mut sum = 0.0;
    let mut length = 0.0;
    for segment in segments {
        if let Some(confidence) = segment.confidence {
            // A segment without length still counts a little.
            let weight = (segment.end - segment.start).max(0.01);
            sum += confidence * weight;
            length += weight;
        }
    }
    (length > 0.0).then(|| sum / length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contract 002-A7 with M4A put right.
    #[test]
    fn types_go_out_as_the_provider_knows_them() {
        for (given, sent) in [
            ("audio/mpeg", "audio/mpeg"),
            ("audio/x-wav", "audio/wav"),
            ("audio/webm;codecs=opus", "audio/webm"),
            ("audio/ogg", "audio/ogg"),
            ("audio/flac", "audio/flac"),
            ("audio/mp4", "audio/m4a"),
            ("audio/x-m4a", "audio/m4a"),
            ("video/mp4", "audio/m4a"),
            ("application/octet-stream", "audio/wav"),
        ] {
            assert_eq!(hugging_face_type(given), sent, "{given}");
        }
        assert_eq!(extension("audio/x-m4a"), "m4a");
    }

    #[test]
    fn confidence_is_weighted_by_length() {
        let segment = |start, end, confidence| Segment {
            start,
            end,
            text: String::new(),
            confidence,
        };
        let segments = [
            segment(0.0, 3.0, Some(1.0)),
            segment(3.0, 4.0, Some(0.2)),
            segment(4.0, 9.0, None),
        ];
        assert!((confidence(&segments).unwrap() - 0.8).abs() < 1e-6);
        assert_eq!(confidence(&segments[2..]), None);
    }
}
