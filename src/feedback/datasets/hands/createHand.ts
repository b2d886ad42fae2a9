import type { AnswerRange } from '../../../store/preferenceRows.ts';
import type { PreferenceFacts, PreferenceReadings } from '../../record/PreferenceRecords.ts';
import { areNear } from '../curate/nearness.ts';
import { createGather, type GatherDeps } from '../gather/createGather.ts';
import type { Part } from '../gather/Part.ts';
import { createLines, type Written } from '../lines/createLines.ts';
import { textOf } from '../lines/createWording.ts';
import type { Line, Said } from '../lines/Line.ts';
import { type HandOrder, type HeldLines, PIECE_BYTES } from './Hand.ts';

export type HandDeps = GatherDeps & { readonly readings: PreferenceReadings };

/** A hand in this thread: what `Hand` says, at once. */
export interface OwnHand {
  gather(range: AnswerRange): Part | undefined;
  /** The same of what was read already. */
  gatherFrom(range: AnswerRange, answers: readonly PreferenceFacts[]): Part;
  compare(pairs: readonly (readonly [Said, Said])[]): boolean[];
  write(lines: readonly Line[]): HeldLines | undefined;
  /** The same, in memory of the caller's where they fit. */
  writeInto(lines: readonly Line[], into: Buffer): Written | undefined;
}

export function createHand(deps: HandDeps, { policy, format, by }: HandOrder): OwnHand {
  const gatherFrom = createGather(deps, policy, by);
  const writeInto = createLines(deps, format);
  const spare: Buffer[] = [];
  return {
    gather(range) {
      const answers = deps.readings.within(range);
      return answers && gatherFrom(range, answers);
    },
    gatherFrom,
    compare: (pairs) => pairs.map(([a, b]) => areNear(textOf(deps, a), textOf(deps, b))),
    write(lines) {
      const memory = spare.pop() ?? Buffer.allocUnsafeSlow(PIECE_BYTES);
      const written = writeInto(lines, memory);
      return written && { ...written, release: () => void spare.push(memory) };
    },
    writeInto,
  };
}
