import type { Unit } from '../markdown/units.ts';
import { wholeUnits } from './wholeUnits.ts';

/** What one person said at a time. */
export interface SpokenTurn {
  readonly who?: string;
  readonly units: readonly Unit[];
  /** As it stands in the passage, speaker and line break included. */
  readonly text: string;
  /** True for the beginning of the conversation that is repeated above `[…]`: it tells what follows is about. */
  readonly isContext: boolean;
}

/** "Anna Bell: text" at the beginning of a line. */
const SPEAKER = /^(?![ \t>#|*`•[-]|\d+[.)] )([^:\\\n]{1,60}): (?=\S)/u;
const GAP = '[…]';

/** The turns of a conversation, each cut into units. Code blocks are no turns, whatever stands in them. */
export function turnsOf(text: string): SpokenTurn[] {
  const turns: { who?: string; said: string; text: string; isContext: boolean }[] = [];
  let inFence = false;
  for (const line of text.split(/(?<=\n)/u)) {
    const speaker = inFence ? null : SPEAKER.exec(line);
    const said = speaker === null ? line : line.slice(speaker[0].length);
    if (/^\s*(?:```|~~~)/u.test(said)) inFence = !inFence;
    const last = turns.at(-1);
    if (speaker !== null) turns.push({ who: speaker[1] as string, said, text: line, isContext: false });
    else if (last === undefined) turns.push({ said, text: line, isContext: false });
    else if (turns.length === 1 && line.trim() === GAP) {
      last.isContext = true;
      turns.push({ said: '', text: line, isContext: true });
    } else {
      last.said += line;
      last.text += line;
    }
  }
  return turns.map(({ who, said, text: whole, isContext }) => ({
    ...(who === undefined ? {} : { who }),
    units: wholeUnits(said),
    text: whole,
    isContext,
  }));
}
