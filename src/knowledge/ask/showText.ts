import type { Names } from '../../store/names.ts';
import type { PassageRecord } from '../../store/passages.ts';
import { say } from '../answer/wording.ts';

const PERSON = /<@([A-Za-z0-9_-]+)>/g;
const TURN = /^<@[A-Za-z0-9_-]+>: ?/;
const CHANNEL = /<#([A-Za-z0-9_-]+)>/g;

/** A passage's text as people read it: ids of people and channels replaced by what they are called now. */
export function showText(passage: Pick<PassageRecord, 'spaceId' | 'text' | 'documentKind'>, names: Names): string {
  const text = passage.documentKind === 'conversation' ? guardTurns(passage.text) : passage.text;
  return showMarkup(passage.spaceId, text, names);
}

/**
 * A turn begins with an id that only we write there; once ids are names, a line of somebody's message that looks like
 * `Name: …` could pass for another person's words. Its colon is escaped, which Markdown does not show.
 */
function guardTurns(text: string): string {
  let inFence = false;
  return text
    .split('\n')
    .map((line) => {
      const isTurn = TURN.test(line);
      if (/^\s*(?:```|~~~)/.test(isTurn ? line.replace(TURN, '') : line)) inFence = !inFence;
      return isTurn || inFence ? line : line.replace(/^([^:\n]{1,200}):(?=\s)/u, '$1\\:');
    })
    .join('\n');
}

export function showMarkup(spaceId: string, text: string, names: Names): string {
  const personIds = [...text.matchAll(PERSON)].map(([, id]) => id as string);
  const channelIds = [...text.matchAll(CHANNEL)].map(([, id]) => id as string);
  if (personIds.length === 0 && channelIds.length === 0) return text;
  const people = names.people(spaceId, personIds);
  const channels = names.channels(spaceId, channelIds);
  return text
    .replace(/^<@([A-Za-z0-9_-]+)>:/gm, (_, id: string) => `${speaker(people.get(id))}:`)
    .replace(PERSON, (_, id: string) => `@${people.get(id) ?? 'somebody'}`)
    .replace(CHANNEL, (_, id: string) => channels.get(id) ?? '#channel');
}

/** Who speaks, at the beginning of a turn: the first colon of the line ends the name. */
function speaker(name: string | undefined): string {
  return name?.replace(/[:\\]/g, ' ').trim().slice(0, 60).trim() || 'somebody';
}

/** "#ops · VPN on Linux", "Handbook › Remote work › VPN" or "Correction by the team · How do I reach the VPN?". */
export function showTitle(passage: PassageRecord, names: Names): string {
  const title = showMarkup(passage.spaceId, passage.documentTitle, names);
  if (passage.learned) {
    const whose = say(passage.language, passage.learned === 'correction' ? 'corrected' : 'confirmed');
    return `${whose} · ${title}`;
  }
  if (passage.documentKind === 'conversation') return `${passage.sourceName} · ${title}`;
  return [...new Set([title, ...passage.titlePath])].join(' › ');
}
