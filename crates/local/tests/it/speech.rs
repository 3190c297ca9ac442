//! The speech engine with the small English model, on speech made by espeak-ng. Where that or the model
//! is missing, the tests say so and pass.

mod errors;
mod made;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use llm::{Transcriber, Transcript, TranscriptionRequest};
use local::speech::Progress;
use local::speech::evaluate::WordErrors;
use local::{LocalConfig, LocalSpeech, Status};
use tokio::sync::mpsc::unbounded_channel;

use crate::support::{file_of, models_dir, one_thread};
use made::{hum, noise, say, swelling};

const ENGLISH: &str = "speech-tiny-en";
const MANY: &str = "speech-base";

/// Of words in the spoken samples of these tests.
const CEILING: f64 = 0.15;

const SENTENCES: [&str; 6] = [
    "Please send the signed contract to Anna before Friday noon.",
    "Call the dentist tomorrow morning and move my appointment to next week.",
    "We have to finish the budget report by the end of the month.",
    "Tom will book the large meeting room for the whole afternoon.",
    "Remind me to water the plants every Monday evening.",
    "I will write a letter to the bank and ask for a new card.",
];

fn is_there(model: &str) -> bool {
    file_of(model, "model.bin").is_some()
}

fn in_dir(dir: &Path) -> LocalSpeech {
    LocalSpeech::new(dir, LocalConfig::default(), one_thread()).unwrap()
}

fn request(samples: Vec<f32>, model: &str) -> TranscriptionRequest {
    TranscriptionRequest {
        audio: Vec::new().into(),
        media_type: "audio/wav".to_owned(),
        samples: Some(Arc::new(samples)),
        language: None,
        model: Some(model.to_owned()),
    }
}

async fn hear(samples: Vec<f32>, model: &str) -> Transcript {
    let speech = in_dir(&models_dir());
    let heard = speech.transcribe(request(samples, model)).await.unwrap();
    speech.stop();
    heard
}

fn assert_heard(heard: &Transcript, said: &str) {
    let errors = WordErrors::of(said, &heard.text);
    assert!(errors.rate() <= CEILING, "{errors:?} {}", heard.text);
    let joined: Vec<&str> = heard.segments.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(WordErrors::of(&heard.text, &joined.join(" ")).errors, 0);
    let times: Vec<f32> = heard
        .segments
        .iter()
        .flat_map(|it| [it.start, it.end])
        .collect();
    assert!(times.is_sorted(), "{times:?}");
    let each = heard.segments.iter().map(|segment| segment.confidence);
    for confidence in each.chain([heard.confidence]) {
        assert!((0.3..=1.0).contains(&confidence.unwrap()), "{heard:?}");
    }
}

#[tokio::test]
async fn sentences_are_understood() {
    let Some(spoken) = say("en-us", &SENTENCES[..3].join(" ")) else {
        return;
    };
    if !is_there(ENGLISH) {
        return;
    }
    let length = spoken.len() as f32 / 16_000.0;
    let heard = hear(spoken, ENGLISH).await;
    assert_heard(&heard, &SENTENCES[..3].join(" "));
    assert_eq!(heard.model, ENGLISH);
    assert_eq!(
        heard.language, None,
        "it was not told and cannot be found out"
    );
    let end = heard.segments.last().unwrap().end;
    assert!(
        end <= length + 0.01 && end > length / 2.0,
        "{end} of {length}"
    );
}

#[tokio::test]
async fn a_long_recording_loses_and_doubles_no_words() {
    let said = [SENTENCES, SENTENCES].concat().join(" ");
    let Some(spoken) = say("en-us", &said) else {
        return;
    };
    if !is_there(ENGLISH) {
        return;
    }
    assert!(spoken.len() > 35 * 16_000, "it takes two windows");
    let heard = hear(spoken.clone(), ENGLISH).await;
    assert_heard(&heard, &said);
    // The same with its pauses filled: windows end at time stamps instead.
    let hiss = noise(spoken.len(), 0.01, 0.0);
    let filled: Vec<f32> = spoken
        .iter()
        .zip(hiss)
        .map(|(one, other)| one + other)
        .collect();
    assert_heard(&hear(filled, ENGLISH).await, &said);
}

#[tokio::test]
async fn where_nobody_speaks_nothing_is_heard() {
    if !is_there(ENGLISH) {
        return;
    }
    let seconds = 8 * 16_000;
    let sounds = [
        ("silence", vec![0.0; seconds]),
        ("no sample", Vec::new()),
        ("a faint hiss", noise(seconds, 0.0002, 0.0)),
        ("white noise", noise(seconds, 0.2, 0.0)),
        ("soft noise", noise(seconds, 0.5, 0.9)),
        ("rumble", noise(seconds, 0.9, 0.99)),
        ("hum", hum(seconds)),
        ("noise that swells", swelling(seconds)),
    ];
    for (what, samples) in sounds {
        let heard = hear(samples, ENGLISH).await;
        assert_eq!(
            (heard.text.as_str(), heard.segments.len()),
            ("", 0),
            "{what}"
        );
        assert_eq!(heard.confidence, None, "{what}");
    }
}

#[tokio::test]
async fn speech_between_long_silences_has_its_true_times() {
    let Some(spoken) = say("en-us", SENTENCES[3]) else {
        return;
    };
    if !is_there(ENGLISH) {
        return;
    }
    let quiet = vec![0.0; 40 * 16_000];
    let heard = hear([quiet.clone(), spoken, quiet].concat(), ENGLISH).await;
    assert_heard(&heard, SENTENCES[3]);
    let (start, end) = (heard.segments[0].start, heard.segments.last().unwrap().end);
    assert!(
        start > 39.5 && start < 41.0 && end > 42.0 && end < 47.0,
        "{start} {end}"
    );
}

#[tokio::test]
async fn a_cancelled_job_ends_early_and_the_next_one_runs() {
    let said = SENTENCES.join(" ").repeat(4);
    let Some(spoken) = say("en-us", &said) else {
        return;
    };
    if !is_there(ENGLISH) {
        return;
    }
    let speech = Arc::new(in_dir(&models_dir()));
    let (windows, mut heard_windows) = unbounded_channel();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let length = spoken.len() as f32 / 16_000.0;
    let long = Arc::clone(&speech);
    let job = tokio::spawn(async move {
        let told = move |progress: Progress| {
            assert!((progress.total - length).abs() < 0.01 && progress.done <= progress.total);
            counted.fetch_add(1, Ordering::Relaxed);
            // Nobody listens any more after the cancelling.
            let _ = windows.send(progress);
        };
        long.transcribe_with_progress(request(spoken, ENGLISH), told)
            .await
    });
    let first = heard_windows.recv().await.unwrap();
    assert!(first.done > 20.0 && first.done < length / 2.0, "{first:?}");
    assert_eq!(speech.state().status, Status::Loaded);
    job.abort();
    let next = speech.transcribe(request(vec![0.0; 16_000], ENGLISH)).await;
    assert_eq!(next.unwrap().text, "");
    assert!(count.load(Ordering::Relaxed) <= 2, "it went on");
    assert!(job.await.unwrap_err().is_cancelled());
}

#[tokio::test]
async fn the_language_is_found_out_by_the_model_of_many() {
    let Some(spoken) = say("de", "Bitte schicke den Vertrag morgen früh an die Bank.") else {
        return;
    };
    if !is_there(MANY) {
        return;
    }
    let heard = hear(spoken, MANY).await;
    assert_eq!(heard.language.as_deref(), Some("de"));
    assert!(heard.text.to_lowercase().contains("bank"), "{}", heard.text);
}
