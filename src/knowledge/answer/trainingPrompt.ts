import { sha256 } from '../../base/hash.ts';
import { freshNonce, instructions, PROMPT_VERSION, passageBlock, task } from './prompt.ts';

const ALONE =
  'You answer questions of a team. Begin with the answer itself, in short sentences or a short list, in Markdown.';
const NONCE_CHARACTERS = 12;
/** So many different delimiters teach that they differ, and let rows share their instructions. */
const NONCES = Array.from({ length: 64 }, (_, i) => sha256(`delimiter ${i}`).slice(0, NONCE_CHARACTERS));

/** Of the messages, in o200k tokens: see `Prompting`. A test counts them: here that would load the tokenizer, 70 MB. */
const TOKENS = { alone: 24, around: 404, passage: 34 };

interface Shown {
  readonly n: number;
  readonly title: string;
  readonly text: string;
}

/**
 * The messages that a model is given, as `buildPrompt` makes them, for a model that is to learn from them: nothing is cut
 * (what is too long is left out by whoever asks), there is no thread, and the delimiters are chosen by `key`, so that the
 * same is the same to the last byte. Without passages the question stands alone.
 */
export function createTrainingPrompt() {
  /** Instructions by their delimiter, so that the same are one string. */
  const systems: string[] = [];

  function messages(key: string, question: string, passages: readonly Shown[]): { system: string; user: string } {
    if (passages.length === 0) {
      return { system: ALONE, user: question };
    }
    let next = numberOf(key);
    const texts = [question];
    for (const { title, text } of passages) texts.push(title, text);
    const nonce = freshNonce(texts, () => NONCES[next++ % NONCES.length] as string);
    let user = '';
    for (const passage of passages) user += `${passageBlock({ ...passage, kind: 'page' }, nonce)}\n\n`;
    const used = (next - 1) % NONCES.length;
    systems[used] ??= instructions(nonce);
    return { system: systems[used], user: user + task(question, 'und', nonce) };
  }

  return { version: PROMPT_VERSION, messages, tokens: TOKENS };
}

function numberOf(key: string): number {
  let hash = 0;
  for (let i = 0; i < key.length; i++) hash = (Math.imul(hash, 31) + key.charCodeAt(i)) >>> 0;
  return hash;
}
