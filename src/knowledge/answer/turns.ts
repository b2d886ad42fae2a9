import { type Unit, unitsOf } from './markdown/units.ts';

/** What one person said at a time; in a page, all of it by nobody in particular. */
export interface SpokenTurn {
  readonly who?: string;
  readonly units: readonly Unit[];
}

/** "Anna Bell: text" at the beginning of a line. */
const SPEAKER = /^(?![ \t>#|*`-])([^:\n]{1,60}): (?=\S)/u;

/** The turns of a conversation, each cut into units. Code blocks are no turns, whatever stands in them. */
export function turnsOf(text: string): SpokenTurn[] {
  const turns: { who?: string; text: string }[] = [];
  let inFence = false;
  for (const line of text.split(/(?<=\n)/u)) {
    const speaker = inFence ? null : SPEAKER.exec(line);
    const said = speaker === null ? line : line.slice(speaker[0].length);
    if (/^\s*(?:```|~~~)/u.test(said)) inFence = !inFence;
    const last = turns.at(-1);
    if (speaker !== null) turns.push({ who: speaker[1] as string, text: said });
    else if (last === undefined) turns.push({ text: line });
    else last.text += line;
  }
  return turns.map(({ who, text: said }) => ({ ...(who === undefined ? {} : { who }), units: unitsOf(said) }));
}
