import type { Names } from '../../store/names.ts';
import type { PassageRecord } from '../../store/passages.ts';

const PERSON = /<@([A-Za-z0-9_-]+)>/g;
const CHANNEL = /<#([A-Za-z0-9_-]+)>/g;

/** A passage's text as people read it: ids of people and channels replaced by what they are called now. */
export function showText(passage: Pick<PassageRecord, 'spaceId' | 'text'>, names: Names): string {
  return showMarkup(passage.spaceId, passage.text, names);
}

export function showMarkup(spaceId: string, text: string, names: Names): string {
  const personIds = [...text.matchAll(PERSON)].map(([, id]) => id as string);
  const channelIds = [...text.matchAll(CHANNEL)].map(([, id]) => id as string);
  if (personIds.length === 0 && channelIds.length === 0) return text;
  const people = names.people(spaceId, personIds);
  const channels = names.channels(spaceId, channelIds);
  return text
    .replace(/^<@([A-Za-z0-9_-]+)>:/gm, (_, id: string) => `${people.get(id) ?? 'somebody'}:`)
    .replace(PERSON, (_, id: string) => `@${people.get(id) ?? 'somebody'}`)
    .replace(CHANNEL, (_, id: string) => channels.get(id) ?? '#channel');
}

/** "#ops · VPN on Linux" or "Handbook › Remote work › VPN". */
export function showTitle(passage: PassageRecord, names: Names): string {
  const title = showMarkup(passage.spaceId, passage.documentTitle, names);
  if (passage.documentKind === 'conversation') return `${passage.sourceName} · ${title}`;
  return [...new Set([title, ...passage.titlePath])].join(' › ');
}
