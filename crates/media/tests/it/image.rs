use image::{ImageReader, guess_format};
use media::image::{ImageError, LONGEST_SIDE, Picture, decode};
use media::{Kind, Limits};

use crate::{bytes, kind};

fn see(name: &str) -> Picture {
    let bytes = bytes(name);
    decode(&bytes, kind(&bytes), &Limits::default())
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn pixel(picture: &Picture, x: u32, y: u32) -> [u8; 3] {
    let at = (y * picture.width + x) as usize * 3;
    [picture.rgb[at], picture.rgb[at + 1], picture.rgb[at + 2]]
}

#[test]
fn every_kind_of_picture_is_seen() {
    for (name, size, animated) in [
        ("board.png", (640, 400), false),
        ("turned.jpg", (200, 300), false),
        ("grey.jpg", (300, 200), false),
        ("cmyk.jpg", (300, 200), false),
        ("clear.png", (64, 64), false),
        ("clear.webp", (64, 64), false),
        ("deep.png", (32, 32), false),
        ("still.gif", (48, 32), false),
        ("moving.gif", (48, 32), true),
        ("moving.webp", (48, 32), true),
        ("moving.png", (48, 32), true),
    ] {
        let picture = see(name);
        assert_eq!((picture.width, picture.height), size, "{name}");
        assert_eq!(picture.original, size, "{name}");
        assert_eq!(picture.animated, animated, "{name}");
        assert_eq!(picture.rgb.len(), (size.0 * size.1 * 3) as usize, "{name}");
    }
}

#[test]
fn pictures_are_turned_upright_and_lose_their_metadata() {
    let picture = see("turned.jpg");
    // The grass, at the bottom as it was taken, is at the left once it is turned by 90 degrees.
    let [red, green, blue] = pixel(&picture, 20, 150);
    assert!(green > red && green > blue, "{red} {green} {blue}");
    let sent = picture.for_sending().unwrap();
    for word in [&b"Exif"[..], b"Camera", b"somebody"] {
        assert!(!sent.windows(word.len()).any(|window| window == word));
    }
}

#[test]
fn what_is_transparent_is_white_and_cmyk_is_no_negative() {
    for name in ["clear.png", "clear.webp"] {
        assert_eq!(pixel(&see(name), 2, 2), [255; 3]);
        assert_eq!(pixel(&see(name), 32, 32), [220, 30, 30]);
    }
    let [red, _, blue] = pixel(&see("cmyk.jpg"), 20, 20);
    assert!(blue > 150 && red < 100, "{red} {blue}");
}

#[test]
fn a5_002_what_is_sent_is_a_jpeg_of_at_most_1024_pixels_and_never_enlarged() {
    let wide = Picture {
        width: 3000,
        height: 1000,
        rgb: vec![200; 9_000_000],
        original: (3000, 1000),
        animated: false,
    };
    let size = |sent: &[u8]| {
        assert_eq!(guess_format(sent).unwrap(), image::ImageFormat::Jpeg);
        ImageReader::new(std::io::Cursor::new(sent))
            .with_guessed_format()
            .unwrap()
            .into_dimensions()
            .unwrap()
    };
    assert_eq!(size(&wide.for_sending().unwrap()), (1024, 341));
    assert_eq!(size(&see("board.png").for_sending().unwrap()), (640, 400));
    let lie = Picture {
        width: 9999,
        ..wide
    };
    assert_eq!(lie.for_sending(), Err(ImageError::Broken));
}

#[test]
fn large_pictures_are_scaled_and_say_how_large_they_were() {
    let mut file = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(LONGEST_SIDE * 2, 10)
        .write_to(&mut file, image::ImageFormat::Png)
        .unwrap();
    let picture = decode(
        &file.into_inner(),
        Kind::Image("image/png"),
        &Limits::default(),
    )
    .unwrap();
    assert_eq!((picture.width, picture.height), (LONGEST_SIDE, 5));
    assert_eq!(picture.original, (LONGEST_SIDE * 2, 10));
}

#[test]
fn what_cannot_be_seen_is_said_in_words() {
    let limits = Limits::default();
    let png = Kind::Image("image/png");
    assert_eq!(decode(b"", png, &limits), Err(ImageError::Empty));
    assert_eq!(decode(b"words", png, &limits), Err(ImageError::Broken));
    assert!(matches!(
        decode(b"words", Kind::Text, &limits),
        Err(ImageError::Unsupported(_))
    ));
    let bomb = bytes("bomb.png");
    assert_eq!(kind(&bomb), png);
    let too_large = ImageError::TooLarge {
        width: 60_000,
        height: 60_000,
    };
    assert_eq!(decode(&bomb, png, &limits), Err(too_large));
    let half = bytes("turned.jpg");
    let half = decode(&half[..half.len() / 2], Kind::Image("image/jpeg"), &limits);
    assert!(half.is_ok() || half == Err(ImageError::Broken));
}

#[test]
fn colours_are_counted_and_nothing_is_made_up() {
    let board = see("board.png").colours();
    assert_eq!(board.named[0].name, "white");
    assert!(board.grey && board.light > 0.8 && board.brightness > 0.8);
    assert!(board.to_string().starts_with("mostly white ("), "{board}");
    let sky = see("turned.jpg").colours();
    assert_eq!(
        sky.named.iter().map(|found| found.name).collect::<Vec<_>>(),
        ["blue", "green"]
    );
    assert!(!sky.grey);
    let black = Picture {
        width: 2,
        height: 2,
        rgb: vec![0; 12],
        original: (2, 2),
        animated: false,
    };
    assert_eq!(black.colours().to_string(), "mostly black (100 %); dark");
}
