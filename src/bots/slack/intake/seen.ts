import { z } from 'zod';
import type { Settings } from '../../../store/settings.ts';
import type { SlackEvent } from './createIntake.ts';

const KEY = 'slack:seen';
const WRITE_EVERY_MS = 600_000;
const PLACES: Readonly<Record<string, string>> = { channel: 'channels', group: 'groups', im: 'im', mpim: 'mpim' };
const seenSchema = z.record(z.string(), z.number());

/** Which of the app's subscriptions have brought something, and when last: what `doctor` can know of them. */
export interface Seen {
  note(event: SlackEvent): void;
}

/** @param now milliseconds since 1970 */
export function createSeen(settings: Settings, now: () => number): Seen {
  const seen = new Map(Object.entries(readSeen(settings)));
  return {
    note({ type, channel_type }) {
      const name = type === 'message' ? `message.${PLACES[String(channel_type)] ?? 'channels'}` : type.slice(0, 80);
      if (now() - (seen.get(name) ?? Number.NEGATIVE_INFINITY) < WRITE_EVERY_MS || seen.size > 200) return;
      seen.set(name, now());
      settings.set(KEY, JSON.stringify(Object.fromEntries(seen)));
    },
  };
}

/** Milliseconds since 1970, by subscription (`message.channels`, `app_mention` …). */
export function readSeen(settings: Pick<Settings, 'get'>): Readonly<Record<string, number>> {
  try {
    return seenSchema.parse(JSON.parse(settings.get(KEY) ?? '{}'));
  } catch {
    return {};
  }
}
