// Pieces of a text that the person refused: "these words are no date". They are counted in characters
// as the server counts them (Unicode scalar values), and follow their words when the text changes.

export class Refused {
  #pieces = [];

  /** Notes a piece of `text`. */
  add(text, start, end) {
    const words = Array.from(text).slice(start, end).join("");
    this.#pieces.push({ start, end, words });
  }

  clear() {
    this.#pieces = [];
  }

  /** What was refused, for `restore`. */
  state() {
    return this.#pieces;
  }

  restore(pieces) {
    this.#pieces = pieces;
  }

  /** The pieces as a request gives them; those whose words are gone from `text` are forgotten. */
  in(text) {
    const characters = Array.from(text);
    this.#pieces = this.#pieces.map((piece) => placed(piece, characters, text)).filter(Boolean);
    return this.#pieces.map(({ start, end }) => [start, end]);
  }
}

function placed(piece, characters, text) {
  if (characters.slice(piece.start, piece.end).join("") === piece.words) return piece;
  const at = text.indexOf(piece.words);
  if (at < 0) return null;
  const start = Array.from(text.slice(0, at)).length;
  return { ...piece, start, end: start + (piece.end - piece.start) };
}
