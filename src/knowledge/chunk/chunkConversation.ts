import type { Message } from '../Message.ts';
import { createUniqueKeys, hashOfBeginning } from './hash.ts';
import type { Piece, PieceSize } from './Piece.ts';
import { plainText } from './plainText.ts';
import { splitMessage } from './splitMessage.ts';
import { splitWords } from './splitText.ts';
import { countTokens } from './tokens.ts';
import { saidIn, turnLine } from './turn.ts';

const CONTEXT_TOKENS = 40;
/** After such a pause a piece that is half full ends. */
const PAUSE_US = 30 * 60 * 1_000_000;

interface Turn {
  readonly message: Message;
  readonly line: string;
  /** Its line and the newline before the next: lines are tokenized independently, so these sums are exact. */
  readonly tokens: number;
  readonly key: string;
}

/**
 * Cuts a conversation between turns (`<@ID>: text`). Every piece but the first begins with the start of the
 * conversation's first message and a line `[…]`, so that it can be understood alone; that line is not counted in
 * `messageIds`. Where a piece ends depends on what stands before only: a reply added at the end changes the last piece,
 * or adds one. Messages that say nothing are left out. Pure.
 * @param messages in the order in which they were said
 */
export function chunkConversation(messages: readonly Message[], size: PieceSize): Piece[] {
  // Most conversations are one piece and need none.
  let known: Context | undefined;
  const context = (): Context => {
    known ??= contextOf(messages, size);
    return known;
  };
  const unique = createUniqueKeys();
  const pieces: Piece[] = [];
  let turns: Turn[] = [];
  let tokens = 0;
  const tokensOf = createTurnCounter();

  const flush = () => {
    const first = turns[0];
    if (first === undefined) return;
    pieces.push(pieceOf(turns, pieces.length > 0 ? context().text : '', tokens, unique(first.key)));
    turns = [];
  };

  for (const message of messages) {
    const said = saidIn(message);
    if (said === '') continue;
    for (const turn of turnsOf(message, said, tokensOf, { size, context })) {
      const last = turns.at(-1);
      if (last !== undefined) {
        const paused = message.atUs - last.message.atUs > PAUSE_US && tokens >= size.target / 2;
        if (paused || tokens + turn.tokens > size.target) {
          flush();
          tokens = context().tokens;
        }
      }
      turns.push(turn);
      tokens += turn.tokens;
    }
  }
  flush();
  return pieces;
}

function turnsOf(
  message: Message,
  said: string,
  tokensOf: ReturnType<typeof createTurnCounter>,
  { size, context }: { readonly size: PieceSize; readonly context: () => Context },
): Turn[] {
  const line = turnLine(message.personId, said);
  const tokens = tokensOf(message.personId, line);
  if (tokens <= size.max / 2 || tokens <= size.max - context().tokens)
    return [{ message, line, tokens, key: message.id }];
  const contextTokens = context().tokens;
  const prefix = countTokens(turnLine(message.personId, '')) + 4;
  const max = Math.max(8, size.max - contextTokens - prefix);
  const target = Math.max(8, Math.min(max, size.target - contextTokens - prefix));
  return splitMessage(said, { target, max, overlap: Math.min(size.overlap, Math.floor(target / 4)) }).map(
    (part, at) => {
      const own = turnLine(message.personId, part.text);
      const key = at === 0 ? message.id : `${message.id}~${hashOfBeginning(plainText(part.fresh.slice(0, 800)))}`;
      return { message, line: own, tokens: tokensOf(message.personId, own), key };
    },
  );
}

/**
 * Counts turns with their newline. The tokenizer never joins `<@ID>:` with the space after it, so that each speaker's
 * is counted once only: ids are the dearest part of a short turn.
 */
function createTurnCounter(): (personId: string, line: string) => number {
  const prefixes = new Map<string, number>();
  return (personId, line) => {
    const prefix = `<@${personId}>:`;
    if (!line.startsWith(`${prefix} `)) return countTokens(`${line}\n`);
    const known = prefixes.get(personId) ?? countTokens(prefix);
    prefixes.set(personId, known);
    return known + countTokens(`${line.slice(prefix.length)}\n`);
  };
}

function pieceOf(turns: readonly Turn[], context: string, tokens: number, key: string): Piece {
  const last = turns.at(-1) as Turn;
  const text = context + turns.map(({ line }) => line).join('\n');
  const messages = turns.map(({ message }) => message);
  const times = messages.map(({ atUs }) => atUs);
  return {
    key,
    text,
    titlePath: [],
    // The last line has no newline after it.
    tokens: tokens - last.tokens + countTokens(last.line),
    messageIds: [...new Set(messages.map(({ id }) => id))],
    personIds: [...new Set(messages.map(({ personId }) => personId))],
    fromUs: Math.min(...times),
    toUs: Math.max(...times),
  };
}

interface Context {
  readonly text: string;
  readonly tokens: number;
}

/** The beginning of the first message that says something, as the first lines of a later piece: at most half of one. */
function contextOf(messages: readonly Message[], size: PieceSize): Context {
  for (const message of messages) {
    const said = plainText(saidIn(message).slice(0, 2_000)).replace(/\s+/g, ' ');
    if (said === '') continue;
    const [start = '', ...rest] = splitWords(said, Math.min(CONTEXT_TOKENS, Math.floor(size.max / 4)));
    const text = `${turnLine(message.personId, rest.length > 0 ? `${start} …` : start)}\n[…]\n`;
    const tokens = countTokens(text);
    return tokens <= size.max / 2 ? { text, tokens } : { text: '', tokens: 0 };
  }
  return { text: '', tokens: 0 };
}
