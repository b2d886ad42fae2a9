import { z } from 'zod';
import { sha256 } from '../../../base/hash.ts';
import type { Settings } from '../../../store/settings.ts';

const WRITE_EVERY_MS = 1_000;

const sessionSchema = z.object({
  sessionId: z.string().min(1),
  resumeURL: z.string().optional(),
  sequence: z.number(),
  shardId: z.number(),
  shardCount: z.number(),
});
export type Session = z.infer<typeof sessionSchema>;

/**
 * The gateway's sessions, on disk: a process that was killed goes on where it had stored everything, and Discord sends
 * what came after that again. https://discord.com/developers/docs/events/gateway#resuming
 */
export interface Sessions {
  get(shardId: number): Session | null;
  /** As discord.js sees it: what has arrived. */
  set(shardId: number, session: Session | null): void;
  /** An event arrived, and has to be stored; what is returned says that it is. */
  arrived(shardId: number, sequence: number): () => void;
  /** Writes down how far everything is stored, and takes no more news: what is closed now can be resumed. */
  freeze(): void;
}

interface Kept {
  session: Session;
  /** Numbers of events that arrived and are not stored yet. */
  readonly open: Set<number>;
}

/** @param now milliseconds since 1970 */
export function createSessions(settings: Settings, token: string, now: () => number): Sessions {
  const name = sha256(token).slice(0, 16);
  const key = (shardId: number) => `discord:session:${name}:${shardId}`;
  const kept = new Map<number, Kept>();
  const writtenMs = new Map<number, number>();
  let isFrozen = false;

  function read(shardId: number): Session | null {
    try {
      return sessionSchema.parse(JSON.parse(settings.get(key(shardId)) ?? 'null'));
    } catch {
      return null;
    }
  }

  function write(shardId: number) {
    const entry = kept.get(shardId);
    writtenMs.set(shardId, now());
    if (!entry) return settings.set(key(shardId), 'null');
    const sequence = Math.min(entry.session.sequence, ...[...entry.open].map((open) => open - 1));
    settings.set(key(shardId), JSON.stringify({ ...entry.session, sequence }));
  }

  return {
    get(shardId) {
      const known = kept.get(shardId)?.session;
      if (known) return known;
      const stored = read(shardId);
      if (stored) kept.set(shardId, { session: stored, open: new Set() });
      return stored;
    },
    set(shardId, session) {
      if (isFrozen) return;
      const before = kept.get(shardId);
      if (!session) {
        kept.delete(shardId);
        return write(shardId);
      }
      const isSame = before?.session.sessionId === session.sessionId;
      kept.set(shardId, { session, open: isSame ? before.open : new Set() });
      // Behind is safe: what is sent again is known.
      if (!isSame || now() - (writtenMs.get(shardId) ?? 0) > WRITE_EVERY_MS) write(shardId);
    },
    arrived(shardId, sequence) {
      const open = kept.get(shardId)?.open;
      open?.add(sequence);
      return () => {
        open?.delete(sequence);
      };
    },
    freeze() {
      if (isFrozen) return;
      isFrozen = true;
      for (const shardId of kept.keys()) write(shardId);
    },
  };
}
