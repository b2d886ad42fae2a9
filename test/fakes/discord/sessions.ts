import type { ServerSocket } from '../websocket/acceptWebSocket.ts';
import type { Json, State } from './State.ts';

export interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [id: number, count: number];
  /** How many events it got. */
  seq: number;
  /** The open connection; between two of them events are kept. */
  socket: ServerSocket | undefined;
  readonly kept: { readonly s: number; readonly t: string; readonly d: Json }[];
}

export interface EmitOptions {
  /** Any of these intents is needed; none without it. */
  readonly intents?: number;
  /** Only the shard of this guild; DMs and what has no guild go to shard 0. */
  readonly guildId?: string | undefined;
}

export interface Sessions {
  readonly all: readonly Session[];
  add(intents: number, shard: readonly [number, number], socket: ServerSocket | undefined): Session;
  find(id: string): Session | undefined;
  remove(session: Session): void;
  clear(): void;
  /** `data` may depend on the intents of who gets it; undefined when they get nothing. */
  emit(type: string, data: Json | ((intents: number) => Json | undefined), options?: EmitOptions): void;
  send(session: Session, type: string, data: Json): void;
}

const mostKept = 10_000;

export function createSessions(state: State): Sessions {
  let all: Session[] = [];

  function send(session: Session, type: string, data: Json): void {
    session.seq += 1;
    const event = { s: session.seq, t: type, d: data };
    session.kept.push(event);
    if (session.kept.length > mostKept) session.kept.shift();
    session.socket?.send(JSON.stringify({ op: 0, ...event }));
  }

  return {
    get all() {
      return all;
    },
    add(intents, shard, socket) {
      const session: Session = { id: crypto.randomUUID(), intents, shard, seq: 0, socket, kept: [] };
      all.push(session);
      return session;
    },
    find: (id) => all.find((one) => one.id === id),
    remove(session) {
      all = all.filter((one) => one !== session);
    },
    clear() {
      all = [];
    },
    send,
    emit(type, data, { intents, guildId } = {}) {
      for (const session of all) {
        if (intents !== undefined && (session.intents & intents) === 0) continue;
        if (shardOf(guildId, session.shard[1]) !== session.shard[0]) continue;
        const own = typeof data === 'function' ? data(session.intents) : data;
        if (own !== undefined) send(session, type, own);
      }
      state.changed();
    },
  };
}

export function shardOf(guildId: string | undefined, shards: number): number {
  return guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(shards));
}
