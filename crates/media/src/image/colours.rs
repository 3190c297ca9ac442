//! What can be said of a picture by counting its pixels: how light it is, and which colours it has.
//! Nothing about what it shows.

use std::fmt;

use serde::Serialize;

use super::Picture;

/// Pixels looked at along each side.
const SAMPLED: u32 = 96;
/// Share of a picture below which a colour is not worth a word.
const WORTH: f64 = 0.08;
/// Colours named at most.
const NAMED: usize = 3;

/// The names that colours are given.
const NAMES: [&str; 12] = [
    "black",
    "white",
    "grey",
    "red",
    "orange",
    "brown",
    "yellow",
    "green",
    "turquoise",
    "blue",
    "purple",
    "pink",
];

/// A colour and how much of the picture has it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// Its English name.
    pub name: &'static str,
    /// Part of the picture, in 0..=1.
    pub share: f64,
}

/// The colours of a picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Colours {
    /// Mean lightness, from 0 (black) to 1 (white).
    pub brightness: f64,
    /// Part of the picture that is light (lightness above 0.75).
    pub light: f64,
    /// Part of the picture that is dark (lightness below 0.25).
    pub dark: f64,
    /// Whether there are hardly any colours but black, grey and white.
    pub grey: bool,
    /// The colours that fill most of it, the largest first.
    pub named: Vec<Share>,
}

/// Counts.
pub(super) fn of(picture: &Picture) -> Colours {
    let mut counts = [0u32; NAMES.len()];
    let (mut brightness, mut light, mut dark, mut all) = (0.0, 0u32, 0u32, 0u32);
    let step = |pixels: u32| (pixels / SAMPLED).max(1) as usize;
    let width = picture.width as usize;
    let rows = picture.rgb.chunks_exact((width * 3).max(1));
    for row in rows.step_by(step(picture.height)) {
        for pixel in row.chunks_exact(3).step_by(step(picture.width)) {
            let colour = [pixel[0], pixel[1], pixel[2]].map(|part| f64::from(part) / 255.0);
            // Rec. 709 luma: how light the eye finds it.
            let lightness = 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2];
            brightness += lightness;
            light += u32::from(lightness > 0.75);
            dark += u32::from(lightness < 0.25);
            all += 1;
            counts[name(colour)] += 1;
        }
    }
    let share = |count: u32| f64::from(count) / f64::from(all.max(1));
    let mut named: Vec<Share> = NAMES
        .into_iter()
        .zip(counts)
        .map(|(name, count)| Share {
            name,
            share: share(count),
        })
        .filter(|found| found.share >= WORTH)
        .collect();
    named.sort_by(|a, b| b.share.total_cmp(&a.share));
    named.truncate(NAMED);
    Colours {
        brightness: brightness / f64::from(all.max(1)),
        light: share(light),
        dark: share(dark),
        grey: share(counts[0] + counts[1] + counts[2]) > 0.95,
        named,
    }
}

/// Which of [`NAMES`] a colour has, by its hue, saturation and value.
fn name([red, green, blue]: [f64; 3]) -> usize {
    let value = red.max(green).max(blue);
    let least = red.min(green).min(blue);
    let range = value - least;
    if value < 0.16 {
        return 0;
    }
    if range < 0.10 || range / value < 0.14 {
        return if value > 0.86 {
            1
        } else if value < 0.22 {
            0
        } else {
            2
        };
    }
    let sector = if value <= red {
        (green - blue) / range
    } else if value <= green {
        2.0 + (blue - red) / range
    } else {
        4.0 + (red - green) / range
    };
    let hue = (sector * 60.0).rem_euclid(360.0);
    match hue {
        hue if !(15.0..345.0).contains(&hue) => {
            if value > 0.75 && range / value < 0.55 {
                11
            } else {
                3
            }
        }
        hue if hue < 42.0 => {
            if value < 0.65 {
                5
            } else {
                4
            }
        }
        hue if hue < 68.0 => {
            if value < 0.45 {
                5
            } else {
                6
            }
        }
        hue if hue < 160.0 => 7,
        hue if hue < 195.0 => 8,
        hue if hue < 255.0 => 9,
        hue if hue < 300.0 => 10,
        _ => 11,
    }
}

impl fmt::Display for Colours {
    /// "mostly white (71 %), with blue (12 %); light".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, found) in self.named.iter().enumerate() {
            let before = match at {
                0 if found.share > 0.5 => "mostly ",
                0 => "",
                1 => ", with ",
                _ => " and ",
            };
            write!(f, "{before}{} ({:.0} %)", found.name, found.share * 100.0)?;
        }
        let lightness = match self.brightness {
            b if b > 0.7 => "light",
            b if b < 0.3 => "dark",
            _ => "of middling brightness",
        };
        let between = if self.named.is_empty() { "" } else { "; " };
        write!(f, "{between}{lightness}")
    }
}
