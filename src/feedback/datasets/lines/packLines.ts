import type { PassageKey } from '../../record/PreferenceRecords.ts';
import type { Exchange } from '../Rated.ts';
import type { Line, Said } from './Line.ts';

type Packed = readonly [answerId: string, spaceId: string | null, flags: number, context: string, shown: PackedShown];
/** A number and a key in turn. */
type PackedShown = readonly (number | PassageKey)[];
/** `0`: of the line's own exchange. */
type PackedSaid = readonly [of: Packed | 0, eventId: number | null];
type PackedLine = readonly [of: Packed, completion: PackedSaid, rejected: PackedSaid | null, label: boolean | null];

const [BARE, HAS_FINDINGS] = [1, 2];

/** Lines for another thread, as one text: cloning their objects takes four times as long (`structuredClone`). */
export function packLines(lines: readonly Line[]): string {
  return JSON.stringify(
    lines.map((line): PackedLine => {
      const said = ({ of, eventId }: Said): PackedSaid => [of === line.of ? 0 : packed(of), eventId ?? null];
      return [packed(line.of), said(line.completion), line.rejected ? said(line.rejected) : null, line.label ?? null];
    }),
  );
}

export function unpackLines(text: string): Line[] {
  // Our own text, of another thread of this process.
  return (JSON.parse(text) as PackedLine[]).map(([own, completion, rejected, label]) => {
    const of = unpacked(own);
    const said = ([other, eventId]: PackedSaid): Said => ({
      of: other === 0 ? of : unpacked(other),
      eventId: eventId ?? undefined,
    });
    return {
      of,
      completion: said(completion),
      rejected: rejected ? said(rejected) : undefined,
      label: label ?? undefined,
    };
  });
}

function packed({ answerId, spaceId, bare, hasFindings, context: { key, passages } }: Exchange): Packed {
  const shown: (number | PassageKey)[] = [];
  for (const one of passages) shown.push(one.n, one.key);
  return [answerId, spaceId ?? null, (bare ? BARE : 0) | (hasFindings ? HAS_FINDINGS : 0), key, shown];
}

function unpacked([answerId, spaceId, flags, key, shown]: Packed): Exchange {
  const passages: { n: number; key: PassageKey }[] = [];
  for (let at = 0; at < shown.length; at += 2) {
    passages.push({ n: shown[at] as number, key: shown[at + 1] as PassageKey });
  }
  return {
    ...{
      answerId,
      spaceId: spaceId ?? undefined,
      bare: (flags & BARE) !== 0,
      hasFindings: (flags & HAS_FINDINGS) !== 0,
    },
    context: { key, passages },
  };
}
