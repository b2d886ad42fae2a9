import { z } from 'zod';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { Log } from '../../../base/log.ts';
import type { Settings } from '../../../store/settings.ts';
import { patiently } from '../../patiently.ts';
import type { DiscordApi } from '../api/createDiscordApi.ts';
import { closeMeaning } from './closeMeaning.ts';
import { createIdentifyThrottle } from './createIdentifyThrottle.ts';
import { type GatewayInfo, openShards } from './openShards.ts';
import { createSessions } from './sessions.ts';

/** Something that Discord told: a dispatch of its gateway. */
export interface GatewayEvent {
  readonly type: string;
  readonly data: unknown;
  /** The same when it is sent again after a broken connection. */
  readonly id: string;
}

/** Discord's gateway: one connection (for each shard) that is kept, whatever happens to it. */
export interface Gateway {
  /** Connects, and goes on connecting until `close`. Resolves when it is connected for the first time; rejects with
   * BackscrollError `refused` when Discord will not have us. */
  connect(): Promise<void>;
  isConnected(): boolean;
  /** Resolves when the connection is closed; Discord keeps what comes meanwhile for a while. */
  close(): Promise<void>;
}

export interface GatewayDeps {
  readonly api: DiscordApi;
  readonly token: string;
  readonly settings: Settings;
  /** Which intents to ask for, the next time that they can be; `isRefused` after Discord closed with 4014. */
  readonly intents: (isRefused: boolean) => number | undefined;
  /** Handed each event in order; until the promise resolves, it counts as not arrived. */
  readonly onEvent: (event: GatewayEvent) => Promise<void> | void;
  /** A session goes on; Discord does not say again what there is. */
  readonly onResumed: () => void;
  /** Events were missed: a session could not be resumed. */
  readonly onMissed: () => void;
  /** After the first connection: Discord will not have us any more. */
  readonly onRefused: (error: BackscrollError) => void;
  readonly log: Log;
}

const CLOSED_BY_US = 1000;

const gatewayBot = z.object({
  url: z.url({ protocol: /^wss?$/ }),
  shards: z.int().min(1).max(10_000).catch(1),
  session_start_limit: z
    .object({ remaining: z.number(), reset_after: z.number().catch(0) })
    .catch({ remaining: 1_000, reset_after: 0 }),
});

export function createGateway(deps: GatewayDeps): Gateway {
  const { api, log, settings, token } = deps;
  const { timing } = api;
  const closing = new AbortController();
  const sessions = createSessions(settings, token, timing.now);
  const throttle = createIdentifyThrottle(timing);
  const up = new Set<number>();
  let shardCount = 1;
  let shards: ReturnType<typeof openShards> | undefined;
  /** Shards whose next READY begins a session without what came before. */
  const hadSession = new Set<number>();

  async function findGateway(): Promise<GatewayInfo> {
    const { signal } = closing;
    for (;;) {
      const ask = () => api.call('GET', '/gateway/bot', { answer: gatewayBot, priority: 'answer', signal });
      const found = await patiently(ask, timing, signal);
      const { remaining, reset_after } = found.session_start_limit;
      if (remaining >= found.shards || sessions.get(0)) {
        return {
          ...found,
          session_start_limit: { total: 1_000, remaining: 1_000, reset_after: 60_000, max_concurrency: 1 },
        };
      }
      log.error(
        { resetAfterMs: reset_after },
        'Discord lets the bot connect so often a day, and that is used up; it waits',
      );
      await timing.wait(Math.min(Math.max(reset_after, 10_000), 600_000), signal);
      if (signal.aborted) throw new BackscrollError('cancelled', 'Backscroll is stopping.');
    }
  }

  function dispatch(packet: { t: string; s: number; d: unknown }, shardId: number) {
    const session = sessions.get(shardId);
    const stored = sessions.arrived(shardId, packet.s);
    const event = { type: packet.t, data: packet.d, id: `${session?.sessionId ?? ''}:${shardId}:${packet.s}` };
    const failed = (error: unknown) =>
      log.error({ err: error, type: packet.t }, 'an event of Discord could not be stored');
    try {
      const work = deps.onEvent(event);
      if (work) void work.then(stored, failed);
      else stored();
    } catch (error) {
      failed(error);
      stored();
    }
  }

  /** Resolves with the code that ended it for good. */
  function run(info: GatewayInfo, intents: number, onConnected: () => void): Promise<number> {
    return new Promise((resolve, reject) => {
      const opened = openShards({
        ...{ token, intents, info, sessions, throttle, log },
        events: {
          dispatch,
          ready(shardId) {
            up.add(shardId);
            if (hadSession.has(shardId)) deps.onMissed();
            hadSession.add(shardId);
            onConnected();
          },
          resumed(shardId) {
            up.add(shardId);
            hadSession.add(shardId);
            deps.onResumed();
            onConnected();
          },
          closed(code, shardId) {
            up.delete(shardId);
            if (closeMeaning(code)) resolve(code);
          },
        },
      });
      shards = opened;
      closing.signal.addEventListener('abort', () => resolve(CLOSED_BY_US), { once: true });
      // A refusal comes as a closed connection too, with its code.
      opened.open().catch((error) => timing.wait(200).then(() => reject(error)));
    });
  }

  async function once(isRefused: boolean, onConnected: () => void): Promise<'again-refused' | 'again'> {
    const info = await findGateway();
    shardCount = info.shards;
    for (let id = 0; id < shardCount; id++) if (sessions.get(id)) hadSession.add(id);
    const intents = deps.intents(isRefused);
    if (intents === undefined) throw closeMeaning(4014) as BackscrollError;
    const code = await run(info, intents, onConnected);
    await shards?.close().catch(() => {});
    const meaning = closeMeaning(code);
    if (code === 4014 && !isRefused) return 'again-refused';
    if (meaning) throw meaning;
    return 'again';
  }

  async function keep(onConnected: () => void): Promise<void> {
    let isRefused = false;
    while (!closing.signal.aborted) {
      try {
        if ((await once(isRefused, onConnected)) === 'again-refused') isRefused = true;
      } catch (error) {
        if (closing.signal.aborted) return;
        await shards?.close().catch(() => {});
        if (error instanceof BackscrollError && error.code === 'refused') throw error;
        log.warn({ err: error }, 'Discord cannot be reached; it is tried again');
        await timing.wait(5_000, closing.signal);
      }
    }
  }

  let running: Promise<void> | undefined;
  return {
    connect() {
      return new Promise((resolve, reject) => {
        let isFirst = true;
        running = keep(() => {
          isFirst = false;
          resolve();
        }).then(resolve, (error) => {
          up.clear();
          reject(error);
          if (!isFirst) deps.onRefused(error);
        });
      });
    },
    isConnected: () => up.size >= shardCount,
    async close() {
      sessions.freeze();
      closing.abort();
      await shards?.close().catch(() => {});
      await Promise.race([running, timing.wait(1_000)]);
    },
  };
}
