import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { acceptWebSocket, type ServerSocket } from '../websocket/acceptWebSocket.ts';
import { createConnection } from './connection.ts';
import type { Limits } from './limits.ts';
import type { Json, State } from './State.ts';
import type { Session } from './sessions.ts';
import { createSessions, type Sessions } from './sessions.ts';

/** The bot's connections: https://docs.discord.com/developers/events/gateway */
export interface Gateway {
  /** How many connections are open and identified (or resumed). */
  readonly count: number;
  /** Connections ever opened. */
  readonly opened: number;
  readonly sessions: readonly Session[];
  /** IDENTIFYs and RESUMEs so far. */
  readonly identified: number;
  readonly resumed: number;
  /** Heartbeats so far. */
  readonly heartbeats: number;
  /** Cuts every connection without a word; the sessions can be resumed. */
  drop(): void;
  /** The connections stay, but nobody is at the other end any more. */
  goSilent(): void;
  /** Op 7. */
  reconnect(): void;
  /** Op 9; without `canResume` the sessions are gone. */
  invalidate(canResume?: boolean): void;
  close(code: number, reason?: string): void;
  /** Forgets the sessions silently, so that the next RESUME fails. */
  forget(): void;
  /** Says something to every connection as it is, be it JSON or not. */
  say(text: string): void;
  /** Sends an event as it is to every session, malformed or not. */
  emit(type: string, data: Json): void;
  /** A session that nobody is connected to: all that is sent with these intents is kept in it. */
  overhear(intents: number): Session;
  /** Whether connections are refused from now on: what is open is cut. */
  refuse(isRefusing: boolean): void;
}

export interface GatewayParts {
  readonly gateway: Gateway;
  readonly sessions: Sessions;
  upgrade(request: IncomingMessage, socket: Duplex): void;
  /** How many IDENTIFYs are left today. */
  identifiesLeft(): number;
  stop(): void;
}

export interface GatewayOptions {
  readonly heartbeatMs: number;
  readonly limits: Limits | 'off';
}

export function createGateway(state: State, { heartbeatMs, limits }: GatewayOptions): GatewayParts {
  const sessions = createSessions(state);
  const open = new Set<ServerSocket>();
  const counts = { opened: 0, identified: 0, resumed: 0, heartbeats: 0 };
  let isRefusing = false;
  const dayMs = 86_400_000;
  let identifiedAt: number[] = [];
  const identifiesToday = () => {
    identifiedAt = identifiedAt.filter((atMs) => atMs > state.clock.now() - dayMs);
    return identifiedAt.length;
  };
  const most = limits === 'off' ? Number.POSITIVE_INFINITY : limits.identifies;

  const each = (act: (socket: ServerSocket) => void) => {
    for (const socket of [...open]) act(socket);
  };

  const gateway: Gateway = {
    get count() {
      return sessions.all.filter(({ socket }) => socket).length;
    },
    get opened() {
      return counts.opened;
    },
    get identified() {
      return counts.identified;
    },
    get resumed() {
      return counts.resumed;
    },
    get heartbeats() {
      return counts.heartbeats;
    },
    get sessions() {
      return sessions.all;
    },
    drop: () => each((socket) => socket.destroy()),
    goSilent: () => each((socket) => socket.goSilent()),
    reconnect: () => each((socket) => socket.send(JSON.stringify({ op: 7, d: null, s: null, t: null }))),
    invalidate(canResume = false) {
      if (!canResume) sessions.clear();
      each((socket) => socket.send(JSON.stringify({ op: 9, d: canResume, s: null, t: null })));
    },
    close: (code, reason) => each((socket) => socket.close(code, reason)),
    forget: () => sessions.clear(),
    say: (text) => each((socket) => socket.send(text)),
    emit: (type, data) => sessions.emit(type, data),
    overhear: (intents) => sessions.add(intents, [0, 1], undefined),
    refuse(refusing) {
      isRefusing = refusing;
      if (refusing) gateway.drop();
    },
  };

  return {
    gateway,
    sessions,
    identifiesLeft: () => Math.max(0, Math.min(most, 1000) - identifiesToday()),
    upgrade(request, duplex) {
      if (isRefusing) return void duplex.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
      const url = new URL(request.url ?? '/', 'http://fake');
      if (url.searchParams.get('v') !== '10') state.violations.push(`gateway: version ${url.searchParams.get('v')}`);
      if (url.searchParams.has('compress')) state.violations.push('gateway: this one does not compress');
      const connection = createConnection(state, sessions, {
        ...{ heartbeatMs, counts },
        mayIdentify() {
          const lastMs = identifiedAt.at(-1) ?? Number.NEGATIVE_INFINITY;
          const everyMs = limits === 'off' ? 0 : limits.identifyEveryMs;
          if (identifiesToday() >= most) {
            // Beyond the day's number Discord resets the token.
            state.isTokenGood = false;
            return 'never';
          }
          if (state.clock.now() - lastMs < everyMs) return 'later';
          identifiedAt.push(state.clock.now());
          return 'now';
        },
      });
      const socket = acceptWebSocket(request, duplex, {
        onText: (text) => connection.hear(text),
        onClose(code) {
          open.delete(socket);
          connection.end(code);
          state.changed();
        },
      });
      open.add(socket);
      counts.opened += 1;
      connection.begin(socket);
      state.changed();
    },
    stop: () => each((socket) => socket.end()),
  };
}
