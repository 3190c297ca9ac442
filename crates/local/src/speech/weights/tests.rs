//! Small files made here, whole, cut and changed.

use proptest::prelude::*;

use super::*;

fn text(into: &mut Vec<u8>, text: &str) {
    into.extend(u16::try_from(text.len() + 1).unwrap().to_le_bytes());
    into.extend(text.as_bytes());
    into.push(0);
}

fn variable(into: &mut Vec<u8>, name: &str, shape: &[u32], kind: u8, bytes: &[u8]) {
    text(into, name);
    into.push(u8::try_from(shape.len()).unwrap());
    for size in shape {
        into.extend(size.to_le_bytes());
    }
    into.push(kind);
    into.extend(u32::try_from(bytes.len()).unwrap().to_le_bytes());
    into.extend(bytes);
}

fn file() -> Vec<u8> {
    let mut file = VERSION.to_le_bytes().to_vec();
    text(&mut file, ARCHITECTURE);
    file.extend(3_u32.to_le_bytes());
    file.extend(4_u32.to_le_bytes());
    variable(&mut file, "heads", &[], 2, &6_i16.to_le_bytes());
    variable(&mut file, "flag", &[], 1, &[1]);
    // 1.0 and -2.0 in half precision.
    variable(&mut file, "halves", &[1, 2], 4, &[0, 0x3c, 0, 0xc0]);
    variable(&mut file, "whole", &[1], 0, &0.5_f32.to_le_bytes());
    file.extend(1_u32.to_le_bytes());
    text(&mut file, "alias");
    text(&mut file, "halves");
    file
}

fn read(bytes: &[u8]) -> Result<Weights, BadWeights> {
    Weights::read(bytes, bytes.len() as u64)
}

#[test]
fn tensors_and_numbers_are_found_by_name() {
    let mut weights = read(&file()).unwrap();
    assert_eq!(weights.heads("heads", 12), Ok(6));
    assert!(weights.heads("heads", 13).is_err());
    assert_eq!(weights.shape("halves"), [1, 2]);
    assert!(weights.contains("whole") && !weights.contains("alias"));
    let halves = weights.take("halves", &[1, 2]).unwrap();
    assert_eq!(halves.to_vec2::<f32>().unwrap(), [[1.0, -2.0]]);
    let wrong = weights.take("whole", &[2]).unwrap_err();
    assert!(wrong.to_string().contains("whole"), "{wrong}");
    assert!(weights.take("halves", &[1, 2]).is_err());
    assert!(weights.heads("flag", 1).is_err());
}

#[test]
fn a_file_of_another_kind_is_refused() {
    let mut newer = file();
    newer[0] = 7;
    assert!(read(&newer).unwrap_err().to_string().contains("version 7"));
    let mut other = VERSION.to_le_bytes().to_vec();
    text(&mut other, "TransformerSpec");
    assert!(
        read(&other)
            .unwrap_err()
            .to_string()
            .contains("TransformerSpec")
    );
}

#[test]
fn a_size_that_the_file_cannot_hold_is_never_allocated() {
    let mut huge = VERSION.to_le_bytes().to_vec();
    text(&mut huge, ARCHITECTURE);
    huge.extend([0; 4]);
    huge.extend(u32::MAX.to_le_bytes());
    text(&mut huge, "x");
    huge.push(1);
    huge.extend((u32::MAX / 4).to_le_bytes());
    huge.push(0);
    huge.extend((u32::MAX / 4 * 4).to_le_bytes());
    assert!(read(&huge).is_err());
}

proptest! {
    #[test]
    fn a_file_cut_anywhere_in_its_variables_is_refused(share in 0.0..1.0_f64) {
        let whole = file();
        let variables = whole.len() - 4 - 8 - 9;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a length")]
        let length = (variables as f64 * share) as usize;
        prop_assert!(read(&whole[..length]).is_err());
    }

    #[test]
    fn a_changed_byte_never_panics(place in 0..1000_usize, byte: u8) {
        let mut bytes = file();
        let place = place % bytes.len();
        bytes[place] = byte;
        let _ = read(&bytes);
    }

    #[test]
    fn garbage_is_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(read(&bytes).is_err());
    }

    #[test]
    fn garbage_after_a_right_beginning_never_panics(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
    ) {
        let mut whole = VERSION.to_le_bytes().to_vec();
        text(&mut whole, ARCHITECTURE);
        whole.extend(bytes);
        let _ = read(&whole);
    }
}
