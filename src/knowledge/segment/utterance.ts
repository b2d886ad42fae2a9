import type { Message } from '../Message.ts';
import { placeOf, placesOf } from './sieve.ts';

/** What one message shows by itself, before we know who else is in the room. */
export interface Utterance {
  /** Who says it, as a handle in lower case, and where it falls in a sieve (see sieve.ts). */
  readonly speaker: { readonly text: string; readonly place: number };
  /** The same without what another session appends to it, if that leaves a name. */
  readonly bareSpeaker: Utterance['speaker'] | undefined;
  /** Lower-case words worth comparing, each once, without mentions; scripts without spaces give pairs of characters. */
  readonly words: readonly string[];
  readonly wordPlaces: Uint16Array;
  /** Person ids of `<@ID>` mentions, in order. */
  readonly mentioned: readonly string[];
  /** Whether the first thing in the message is such a mention. */
  readonly mentionLeads: boolean;
  /** Lower-case tokens that may be somebody's handle, in order; the first token's readings come first. */
  readonly handles: readonly string[];
  readonly handlePlaces: Uint16Array;
  /** How many of `handles` are readings of the first token. */
  readonly leadReadings: number;
  /** The first token looks like a call to somebody ("name: …"), whoever that is. */
  readonly calls: boolean;
  readonly question: boolean;
  readonly greeting: boolean;
  /** It begins with thanks, agreement or the like, which go on from something. */
  readonly acknowledgement: boolean;
  /** A word to a bot ("!sudo", "/giphy"). */
  readonly command: boolean;
  readonly wordCount: number;
}

/** Enough for any chat line; a pasted log of megabytes must not cost more than a few screens. */
const MAX_CHARS = 2_000;
const PERSON = /<@!?([^<>|\s]+)(?:\|[^<>]*)?>/g;
/** What a person's other sessions append to a handle ("anna_", "anna|away" without its word). */
const TAIL = /[_`^|]+$/;
const OPENING = /^[("'[{<*_~@]+/;
const CLOSING = /[)"'\]}>*~.,:;!?-]+$/;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}_.+#/'’-]*/gu;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]{2,}/u;
const GREETING =
  /^(?:hi+|hello+|hey+|hiya|howdy|yo|greetings|morning|good (?:morning|evening|afternoon|day)|welcome|hallo|moin|servus|guten (?:tag|morgen|abend)|hola|buenas|buenos d[ií]as|bonjour|salut|ciao|ol[aá]|привет|здравствуйте|你好|大家好|こんにちは|안녕하세요)(?![\p{L}\p{N}])/iu;
const ACKNOWLEDGEMENT =
  /^(?:thanks?|thank you|thx|ty|cheers|ok(?:ay)?|k|kk|yes|yeah?|yep|yup|no|nope|nah|sure|right|exactly|cool|nice|great|perfect|awesome|good|ah+|oh+|hmm*|lol|haha\w*|heh\w*|np|no problem|you'?re welcome|yw|got it|i see|indeed|true|same|well|and|but|so|or|danke|gern|ja|nein|genau|stimmt|gracias|de nada|s[ií]|vale|merci|oui|non|d'accord|grazie|obrigad[oa]|спасибо|да|нет|谢谢|好的|是的|ありがとう|はい|네|감사합니다|\+1|:\+1:|👍)(?![\p{L}\p{N}])/iu;
const ASKS =
  /^(?:how|what|where|when|why|who|which|whats|is|are|does|do|did|can|could|would|should|anyone|anybody|any|has|have|wie|was|wo|wann|warum|wer|kann|hat|c[oó]mo|qu[eé]|d[oó]nde|por qu[eé]|comment|pourquoi|quand|est-ce)(?![\p{L}\p{N}])/iu;

/** Reads one message: no state, no look around. Only its first 2,000 characters count. */
export function readUtterance(message: Message): Utterance {
  const text = message.text.slice(0, MAX_CHARS);
  const mentioned = Array.from(text.matchAll(PERSON), (match) => match[1] as string);
  const plain = text.replace(PERSON, ' ').trim();
  const mentionLeads = mentioned.length > 0 && /^[\s@(]*<@/.test(text);
  const tokens = plain.toLowerCase().split(/\s+/, 80).filter(Boolean);
  const first = tokens[0] ?? '';
  const handles = new Set<string>();
  let leadReadings = 0;
  for (const [at, token] of tokens.entries()) {
    for (const reading of readingsOf(token)) handles.add(reading);
    if (at === 0) leadReadings = handles.size;
  }
  const calls = /^[@]?[^\s:/]{2,30}:$/u.test(first) || /^@[^\s:/]{2,30}$/u.test(first);
  const said = calls ? plain.slice(first.length).trim() : plain;
  const words = wordsOf(plain);
  const handleList = [...handles];
  const speaker = message.personId.toLowerCase();
  const bareSpeaker = speaker.replace(TAIL, '');
  return {
    speaker: { text: speaker, place: placeOf(speaker) },
    bareSpeaker: bareSpeaker.length > 2 ? { text: bareSpeaker, place: placeOf(bareSpeaker) } : undefined,
    words,
    wordPlaces: placesOf(words),
    mentioned,
    mentionLeads,
    handles: handleList,
    handlePlaces: placesOf(handleList),
    leadReadings,
    calls,
    question: /[?？؟](?:[\s)]|$)/u.test(said) || ASKS.test(said),
    greeting: GREETING.test(said),
    acknowledgement: ACKNOWLEDGEMENT.test(said),
    command: /^[!/]\p{L}[\p{L}\p{N}_-]*(?:\s|$)/u.test(plain),
    wordCount: tokens.length,
  };
}

/** A token as it stands, and without what people put around a name ("(@anna)," -> "anna"). */
function readingsOf(token: string): string[] {
  if (token.length > 40) return [];
  const open = token.replace(OPENING, '');
  const bare = open.replace(CLOSING, '');
  const noEnd = token.replace(/[,:;.!?]$/, '');
  return [token, noEnd, bare].filter((reading) => reading.length > 1);
}

function wordsOf(plain: string): string[] {
  const words = new Set<string>();
  for (const [found] of plain.toLowerCase().matchAll(WORD)) {
    const word = found.replace(/[.'’/+-]+$/u, '');
    if (UNSPACED.test(word)) {
      const signs = [...word];
      for (let at = 0; at + 1 < signs.length; at += 1) words.add(`${signs[at]}${signs[at + 1]}`);
    } else if (word.length > 2) words.add(word);
    if (words.size >= 120) break;
  }
  return [...words];
}
