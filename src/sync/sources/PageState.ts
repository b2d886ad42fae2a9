import { z } from 'zod';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { PageMemory } from '../web/PageReader.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FIRST_RETRY_MS = 15 * 60_000;
export const LONGEST_RETRY_MS = 7 * DAY_MS;
/** A page that cannot be reached for so long is taken for gone. */
const GIVEN_UP_AFTER_MS = 30 * DAY_MS;
/** Once may be a mistake of the server's. */
const MISSES_TO_BE_GONE = 2;

const text = z.string().optional();
const stateSchema = z.object({
  validators: z.object({ url: z.string(), etag: text, lastModified: text }).optional(),
  hash: text,
  /** How often in a row it was not there, or not for us. */
  misses: z.number().default(0),
  /** How often in a row it could not be reached, and since when. */
  failures: z.number().default(0),
  failingSinceMs: z.number().optional(),
  /** On which hosts its own links are followed, if they are. */
  follows: text,
});

/** What is remembered of a page between two looks at it. */
export type PageState = z.output<typeof stateSchema>;

export const FRESH: PageState = { misses: 0, failures: 0 };

/** What an earlier version noted may be anything: then the page is read anew. */
export function parsePageState(memory: string | undefined): PageState {
  if (memory === undefined) return FRESH;
  try {
    return stateSchema.safeParse(JSON.parse(memory)).data ?? FRESH;
  } catch {
    return FRESH;
  }
}

export function knownOf({ validators, hash }: PageState): PageMemory {
  return {
    ...(validators ? { validators: dropUndefined(validators) } : {}),
    ...(hash === undefined ? {} : { hash }),
  };
}

function dropUndefined({ url, etag, lastModified }: NonNullable<PageState['validators']>) {
  return { url, ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) };
}

export interface Setback {
  readonly state: PageState;
  /** To be looked at again after so long. */
  readonly retryMs: number;
  /** What was read of it is to be taken away. */
  readonly gone: boolean;
}

/** It is not there, or only for others, or no document any more: twice in a row, and it is gone. */
export function missed(before: PageState): Setback {
  const misses = before.misses + 1;
  const gone = misses >= MISSES_TO_BE_GONE;
  // What is gone is looked for now and then: it may come back.
  return gone
    ? { state: { ...FRESH, misses }, retryMs: LONGEST_RETRY_MS, gone }
    : { state: { ...before, misses }, retryMs: HOUR_MS, gone };
}

/** It could not be reached: less and less often is it tried, and what is known of it stays, for a month. */
export function failed(before: PageState, nowMs: number, retryAfterMs = 0): Setback {
  const failures = before.failures + 1;
  const failingSinceMs = before.failingSinceMs ?? nowMs;
  const retryMs = Math.min(Math.max(FIRST_RETRY_MS * 2 ** (failures - 1), retryAfterMs), LONGEST_RETRY_MS);
  const gone = nowMs - failingSinceMs >= GIVEN_UP_AFTER_MS;
  return { state: { ...(gone ? FRESH : before), failures, failingSinceMs }, retryMs, gone };
}

/** Whether it is the page that is wrong, or the way to it. */
export function isPassing(error: unknown): boolean {
  return !(error instanceof BackscrollError) || error.code === 'unavailable' || error.code === 'internal';
}
