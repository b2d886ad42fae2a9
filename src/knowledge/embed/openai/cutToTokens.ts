/** Letters a stretch: the tokenizer's time grows with the square of a word's length (100,000 letters: ten seconds). */
const stretchLength = 500;

/**
 * The beginning of the text that has at most `maxTokens` tokens of cl100k, OpenAI's encoding for embeddings; the text
 * itself if it is short enough. Other models count otherwise, but not by much. Counted in stretches, which can only
 * count too many, save for a rare join; a text that is cut is cut 2 % shorter to allow for that.
 */
export async function cutToTokens(text: string, maxTokens: number): Promise<string> {
  // A token is at least one byte, so that what is short needs no counting, and most things are.
  if (Buffer.byteLength(text) <= maxTokens) return text;
  const { encode, decode } = await import('gpt-tokenizer/encoding/cl100k_base');
  const cutAt = Math.floor(maxTokens * 0.98);
  let tokens = 0;
  let cut = '';
  let isCut = false;
  for (const stretch of stretchesOf(text)) {
    const encoded = encode(stretch, { disallowedSpecial: new Set() });
    if (!isCut && tokens + encoded.length > cutAt) {
      cut += commonBeginning(stretch, decode(encoded.slice(0, cutAt - tokens)));
      isCut = true;
    }
    if (!isCut) cut += stretch;
    tokens += encoded.length;
    if (tokens > maxTokens) return cut;
  }
  return text;
}

/** A token may be a part of a character, of which the decoder makes something else. */
function commonBeginning(text: string, decoded: string): string {
  let length = 0;
  while (length < text.length && text[length] === decoded[length]) length += 1;
  const common = text.slice(0, length);
  return common.isWellFormed() ? common : common.slice(0, -1);
}

function* stretchesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + stretchLength, text.length);
    const last = text.charCodeAt(to - 1);
    if (to < text.length && last >= 0xd800 && last <= 0xdbff) to -= 1;
    yield text.slice(from, to);
    from = to;
  }
}
