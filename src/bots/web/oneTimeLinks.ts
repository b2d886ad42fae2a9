import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/Clock.ts';
import { sha256 } from '../../base/hash.ts';

const LIVES_MS = 3_600_000;
/** The oldest link gives way to a new one, so that asking for links over and over takes no memory. */
const MOST_LINKS = 50;

/** Tokens that open the chat once, within an hour. Only their hashes are held, in memory. */
export interface OneTimeLinks {
  make(): string;
  /** True the first time for a token that was made here and is not too old. */
  spend(token: string): boolean;
}

export function createOneTimeLinks(now: Clock): OneTimeLinks {
  const bestBeforeMs = new Map<string, number>();

  return {
    make() {
      const token = randomBytes(32).toString('base64url');
      const [oldest] = bestBeforeMs.keys();
      if (oldest !== undefined && bestBeforeMs.size >= MOST_LINKS) bestBeforeMs.delete(oldest);
      bestBeforeMs.set(sha256(token), now() + LIVES_MS);
      return token;
    },
    spend(token) {
      const hash = sha256(token);
      const untilMs = bestBeforeMs.get(hash);
      bestBeforeMs.delete(hash);
      return untilMs !== undefined && now() < untilMs;
    },
  };
}
