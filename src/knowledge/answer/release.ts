import { detectLanguage } from '../words/language.ts';
import type { ReleasedText } from './Answer.ts';
import { type NumberedText, normaliseCitations } from './citations.ts';
import { type AllowedLinks, createAllowedLinks } from './clean/allowedLinks.ts';
import { cleanUnit } from './clean/cleanUnit.ts';
import type { Evidence } from './Evidence.ts';
import { closeFence, createUnitSplitter, type Unit } from './markdown/units.ts';
import { createSupport } from './support.ts';

export interface ReleaseOptions {
  readonly evidence: readonly Evidence[];
  /** ISO 639-1 of the answer, or `und`. */
  readonly language: string;
  /** A word by which the model says that the passages do not answer. It is never shown. */
  readonly sentinel: string;
  readonly emit: (piece: ReleasedText) => void;
}

export interface Released {
  /** The concatenation of all that was emitted. */
  readonly text: string;
  /** For each passage that is cited in it, what was said on its account, in order of first use. */
  readonly claims: ReadonlyMap<number, string>;
  readonly sawSentinel: boolean;
}

/** Lets through, unit by unit, what may be shown of a text that is still being written. */
export interface Release {
  push(delta: string): void;
  /**
   * Lets go of what was held back, or drops it.
   * @param finished true closes what is open; false, when the writer broke off, drops the unit that it was at.
   */
  end(finished: boolean): Released;
}

/** How much of an uncited unit's content must stand in the evidence; and of a cited one's, unless it is very short. */
const MIN_SUPPORT = 0.5;
const MIN_CITED_SUPPORT = 0.15;
const SHORT_TOKENS = 4;

/**
 * - `cited`: may be shown, and with it what leads to it.
 * - `supported`: may be shown once something has been cited.
 * - `lead`: a heading, "Here is how:", "Yes.": shown only together with what follows it.
 * - `neighbour`: in another language than the evidence: the next cited unit of its paragraph vouches for it.
 */
type Standing = 'cited' | 'supported' | 'lead' | 'neighbour' | 'dropped';

interface Held {
  readonly standing: Standing;
  readonly text: string;
  readonly distance: number;
}

/** What stands between two units: nothing, a space, a line break, an empty line. */
const SEPARATORS = ['', ' ', '\n', '\n\n'] as const;

/**
 * The streaming checker. A unit (sentence, list item, heading, table, code block) is let through when it is whole, made
 * safe (see `cleanUnit`), and cites a given passage, or rests on the passages' words and stands with one that cites.
 * Until the first citation everything is held, so that nothing ever has to be taken back. Numbers stay those of the
 * evidence. The result does not depend on how the text was divided into deltas.
 */
export function createRelease(options: ReleaseOptions): Release {
  const links = createAllowedLinks(options.evidence);
  const support = createSupport(options.evidence, options.language);
  const known = new Set(options.evidence.map((passage) => passage.n));
  const comparable = isComparable(options.evidence, options.language);
  const splitter = createUnitSplitter();
  const claims = new Map<number, string>();
  let held: Held[] = [];
  let text = '';
  let distance = 0;
  let sawSentinel = false;

  function judge(unit: Unit): void {
    if (unit.kind === 'blank') {
      endParagraph();
      distance = 3;
      return;
    }
    if (unit.text.replace(/[\\*`]/gu, '').includes(options.sentinel)) {
      sawSentinel = true;
      return;
    }
    const made = makeSafe(unit, known, links);
    const standing = made === undefined ? 'dropped' : standingOf(made, unit);
    if (made !== undefined && standing !== 'dropped') {
      held.push({ standing, text: made.text, distance });
      distance = 0;
      for (const n of made.cited) claims.set(n, `${claims.get(n) ?? ''}${made.text}\n`);
      if (standing === 'cited') letGo(held.length);
      else if (standing === 'supported' && claims.size > 0 && !held.some(isNeighbour)) letGo(held.length);
    }
    distance = Math.max(distance, distanceBehind(unit));
  }

  function standingOf(made: NumberedText, unit: Unit): Standing {
    const { share, overlap, size } = support.of(made.text);
    if (made.cited.length > 0) {
      return comparable && size > SHORT_TOKENS && overlap < MIN_CITED_SUPPORT ? 'dropped' : 'cited';
    }
    if (size === 0) return made.text.includes('…') ? 'dropped' : 'lead';
    if (share >= MIN_SUPPORT) return 'supported';
    const leads = unit.kind === 'heading' || /[:：]\**$/u.test(made.text);
    if (leads && size <= SHORT_TOKENS) return 'lead';
    return comparable || unit.kind === 'code' ? 'dropped' : 'neighbour';
  }

  function endParagraph(): void {
    held = held.filter((one) => !isNeighbour(one));
    if (claims.size > 0) letGo(held.findLastIndex((one) => one.standing === 'supported') + 1);
  }

  /** Emits the first `count` of what is held. */
  function letGo(count: number): void {
    for (const one of held.splice(0, count)) {
      const piece = text === '' ? one.text : `${SEPARATORS[one.distance] ?? ''}${one.text}`;
      text += piece;
      options.emit({ text: piece });
    }
  }

  return {
    push(delta) {
      for (const unit of splitter.push(delta.replaceAll('\r', ''))) judge(unit);
    },
    end(finished) {
      if (finished) for (const unit of splitter.end()) judge(unit);
      endParagraph();
      held = [];
      return { text, claims, sawSentinel };
    },
  };
}

function isNeighbour(one: Held): boolean {
  return one.standing === 'neighbour';
}

function distanceBehind(unit: Unit): number {
  if (unit.kind !== 'sentence' || unit.text.endsWith('\n')) return 2;
  return /\s$/u.test(unit.text) ? 1 : 0;
}

/** Citations in one form and nothing dangerous left; undefined if there is nothing to show. */
function makeSafe(unit: Unit, known: ReadonlySet<number>, links: AllowedLinks): NumberedText | undefined {
  let made: NumberedText = { text: unit.kind === 'code' ? closeFence(unit.text) : unit.text, cited: [] };
  for (let round = 0; round < 4; round += 1) {
    const cleaned = cleanUnit(made.text, unit.kind, links);
    if (cleaned === undefined) return undefined;
    made = unit.kind === 'code' ? { text: cleaned, cited: [] } : normaliseCitations(cleaned, known);
    if (made.text === cleaned) {
      const shown = cleaned.trimEnd();
      return /[\p{L}\p{N}\p{S}]/u.test(shown) ? { text: shown, cited: made.cited } : undefined;
    }
  }
  return undefined;
}

/** False when the passages are in another language than the answer, so that words cannot tell what is supported. */
function isComparable(evidence: readonly Evidence[], language: string): boolean {
  const found = detectLanguage(evidence.map((passage) => passage.text.slice(0, 400)).join('\n'));
  return language === 'und' || found === 'und' || found === language;
}
