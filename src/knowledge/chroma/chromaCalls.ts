import type { ChromaClient } from 'chromadb';
import { z } from 'zod';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { chromaError, isUnreachable } from './chromaErrors.ts';
import { type ChromaTarget, nameOf, openClient, type ServerLimits } from './target.ts';

/** What was learnt about a server, and holds as long as its address does. */
export interface Session {
  readonly target: ChromaTarget;
  readonly limits: ServerLimits;
  /** Where its collections lie. */
  readonly tenant: string;
  readonly database: string;
  /** The ids of its collections by name. */
  readonly ids: Map<string, string>;
}

export interface Call {
  /** For a sentence: "searching collection x". */
  readonly what: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs work on the server of the moment, within a time limit. What cannot be reached is tried once more: the connection
 * may have been to a server that is gone, and everything that we ask for may be asked twice.
 * Throws `cancelled`, `unavailable` (also when there is no server right now) or `refused`.
 */
export type ChromaCalls = <T>(call: Call, work: (client: ChromaClient, session: Session) => Promise<T>) => Promise<T>;

const limitsSchema: z.ZodType<ServerLimits> = z.object({
  max_batch_size: z.number().int(),
  supports_base64_encoding: z.boolean().default(false),
});

/** @param target which server to ask right now; undefined while there is none */
export function createChromaCalls(target: () => ChromaTarget | undefined): ChromaCalls {
  let opened: { key: string; session: Session } | undefined;

  async function sessionOf(wanted: ChromaTarget, signal: AbortSignal): Promise<Session> {
    const key = JSON.stringify(wanted);
    if (opened?.key !== key) opened = { key, session: await openSession(wanted, signal) };
    return opened.session;
  }

  return async ({ what, timeoutMs, signal: given }, work) => {
    for (let attempt = 1; ; attempt++) {
      const wanted = target();
      if (wanted === undefined) {
        throw new BackscrollError('unavailable', `Chroma is not running right now; ${what} has to wait.`);
      }
      const timeout = AbortSignal.timeout(timeoutMs);
      const signal = given === undefined ? timeout : AbortSignal.any([timeout, given]);
      try {
        signal.throwIfAborted();
        const session = await sessionOf(wanted, signal);
        return await work(withLimits(session, signal), session);
      } catch (error) {
        if (given?.aborted) throw new BackscrollError('cancelled', `${capital(what)} was cancelled.`, { cause: error });
        if (timeout.aborted) {
          const sentence = `${nameOf(wanted)} took longer than ${timeoutMs / 1000} s for ${what}.`;
          throw new BackscrollError('unavailable', sentence, { cause: error });
        }
        if (attempt === 1 && isUnreachable(error)) continue;
        throw chromaError(error, nameOf(wanted), what);
      }
    }
  };
}

function withLimits({ target, tenant, database, limits }: Session, signal: AbortSignal): ChromaClient {
  const placed = target.kind === 'cloud' ? { ...target, tenant, database } : target;
  return openClient(placed, signal, limits);
}

async function openSession(target: ChromaTarget, signal: AbortSignal): Promise<Session> {
  const client = openClient(target, signal);
  const limits = limitsSchema.parse(await client.getPreflightChecks());
  // Chroma Cloud knows by the key what it opens; for any other server these are the defaults.
  const { tenant, database } = await client._path();
  return { target, limits, tenant, database, ids: new Map() };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
