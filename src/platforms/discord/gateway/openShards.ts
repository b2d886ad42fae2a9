import { Client, CloseCodes, SimpleShardingStrategy, type WebSocketOptions } from 'discord.js';
import type { Log } from '../../../base/log.ts';
import { normalisePacket } from './normalisePacket.ts';
import type { Session, Sessions } from './sessions.ts';

type Manager = Parameters<NonNullable<WebSocketOptions['buildStrategy']>>[0];

/** What GET /gateway/bot says, made whole. */
export interface GatewayInfo {
  readonly url: string;
  readonly shards: number;
  readonly session_start_limit: {
    readonly total: number;
    readonly remaining: number;
    readonly reset_after: number;
    readonly max_concurrency: number;
  };
}

export interface ShardEvents {
  dispatch(packet: { readonly t: string; readonly s: number; readonly d: unknown }, shardId: number): void;
  ready(shardId: number): void;
  resumed(shardId: number): void;
  closed(code: number, shardId: number): void;
}

/** What discord.js keeps to itself, and we have to reach: one that cannot read a message would end the process. */
interface Shard {
  onMessage(data: unknown, isBinary: boolean): Promise<void>;
  unpackMessage(data: unknown, isBinary: boolean): Promise<unknown>;
}

/**
 * discord.js's connection to the gateway: heartbeats, resuming, sharding. What comes is handed over as it is; the
 * library's caches and its reading of events, which take every field for granted, stay out of it.
 */
export function openShards(deps: {
  readonly token: string;
  readonly intents: number;
  readonly info: GatewayInfo;
  readonly sessions: Sessions;
  readonly throttle: { waitForIdentify(shardId: number, signal: AbortSignal): Promise<void> };
  readonly events: ShardEvents;
  readonly log: Log;
}): { open(): Promise<void>; close(): Promise<void> } {
  const { events, log, sessions } = deps;

  function take(event: string, payload: { shardId: number; data?: unknown; code?: number; message?: string }) {
    const { shardId } = payload;
    if (event === 'dispatch') events.dispatch(payload.data as Parameters<ShardEvents['dispatch']>[0], shardId);
    else if (event === 'ready') events.ready(shardId);
    else if (event === 'resumed') events.resumed(shardId);
    else if (event === 'closed') events.closed(payload.code ?? 1006, shardId);
    else if (event === 'debug') log.trace({ shardId }, payload.message ?? '');
    return true;
  }

  let owned: Manager | undefined;

  function buildStrategy(manager: Manager) {
    owned = manager;
    manager.emit = ((event: string, payload: never) => take(event, payload)) as never;
    manager.fetchGatewayInformation = async () => deps.info;
    Object.assign(manager.options, {
      buildIdentifyThrottler: async () => deps.throttle,
      retrieveSessionInfo: (shardId: number) => sessions.get(shardId),
      updateSessionInfo: (shardId: number, session: Session | null) => sessions.set(shardId, session),
    });
    const strategy = new SimpleShardingStrategy(manager);
    const spawn = strategy.spawn.bind(strategy);
    strategy.spawn = async (shardIds) => {
      await spawn(shardIds);
      const { shards } = strategy as unknown as { shards: ReadonlyMap<number, Shard> };
      for (const shard of shards.values()) guard(shard);
    };
    return strategy;
  }

  function guard(shard: Shard) {
    const read = shard.onMessage.bind(shard);
    const unpack = shard.unpackMessage.bind(shard);
    shard.unpackMessage = async (data, isBinary) => normalisePacket(await unpack(data, isBinary));
    shard.onMessage = async (data, isBinary) => {
      try {
        await read(data, isBinary);
      } catch (error) {
        log.warn({ err: error }, 'a message of Discord’s gateway could not be read');
      }
    };
  }

  const client = new Client({ intents: deps.intents, ws: { buildStrategy }, shards: 'auto' });
  // An error without anybody who listens would end the process.
  client.on('error', (error) => log.debug({ err: error }, 'the connection to Discord failed'));
  /** Once only: discord.js waits for ever when it closes what it is closing. */
  let closing: Promise<void> | undefined;
  async function close() {
    // Closed with 1000, a session would end; so it can be resumed, by the next process too.
    await owned?.destroy({ code: CloseCodes.Resuming, reason: 'Stopping' });
    await client.destroy();
  }

  return {
    async open() {
      await client.login(deps.token);
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
