import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { acceptWebSocket, type ServerSocket } from '../websocket/acceptWebSocket.ts';
import type { Answer, Carrier } from './delivery.ts';
import type { State } from './State.ts';

/** The connections of the app: https://docs.slack.dev/apis/events-api/using-socket-mode */
export interface Sockets {
  /** How many are open and were greeted. */
  readonly count: number;
  /** Connections ever opened. */
  readonly opened: number;
  /** Everything the app said over its sockets, oldest first. */
  readonly acks: readonly { readonly envelopeId: string; readonly payload?: unknown }[];
  /** Asks the app to reconnect, as Slack does about hourly (`refresh_requested`) and before maintenance (`warning`). */
  refresh(reason?: 'refresh_requested' | 'warning' | 'link_disabled'): void;
  /** Cuts every connection without a word. */
  cut(): void;
  /** The connections stay, but nobody is at the other end any more. */
  goSilent(): void;
  /** Says something that is no envelope to every connection. */
  say(text: string): void;
  ping(): void;
}

export interface SocketMode extends Sockets {
  readonly carrier: Carrier;
  /** The address for one new connection, good for one use. */
  ticket(): string;
  upgrade(request: IncomingMessage, socket: Duplex): void;
  stop(): void;
}

const envelopeTypes = { event: 'events_api', interactive: 'interactive', command: 'slash_commands' } as const;
const mostConnections = 10;

export function createSocketMode(state: State): SocketMode {
  const tickets = new Set<string>();
  const open: ServerSocket[] = [];
  const waiting = new Map<string, { readonly by: ServerSocket; answer(answer: Answer): void }>();
  const acks: { envelopeId: string; payload?: unknown }[] = [];
  /** Envelopes that were sent, and whether they were acknowledged. */
  const known = new Map<string, boolean>();
  let opened = 0;
  let turn = 0;

  const carrier: Carrier = {
    carry(parcel, attempt, givenUp) {
      turn += 1;
      const socket = open[turn % Math.max(1, open.length)];
      // With nobody there Slack's wait runs out all the same.
      if (!socket) return new Promise(() => {});
      const envelopeId = randomUUID();
      known.set(envelopeId, false);
      const envelope = {
        envelope_id: envelopeId,
        payload: parcel.body,
        type: envelopeTypes[parcel.kind],
        accepts_response_payload: parcel.kind !== 'event',
        ...(parcel.kind === 'event'
          ? { retry_attempt: attempt.retryNum, retry_reason: attempt.retryNum > 0 ? 'timeout' : '' }
          : {}),
      };
      return new Promise((resolve) => {
        waiting.set(envelopeId, { by: socket, answer: resolve });
        givenUp.addEventListener('abort', () => waiting.delete(envelopeId));
        socket.send(JSON.stringify(envelope));
      });
    },
  };

  function onText(text: string): void {
    let said: unknown;
    try {
      said = JSON.parse(text);
    } catch {
      state.violations.push(`socket: something that is no JSON: ${text.slice(0, 80)}`);
      return;
    }
    const { envelope_id: envelopeId, payload } = (said ?? {}) as { envelope_id?: unknown; payload?: unknown };
    if (typeof envelopeId !== 'string' || !known.has(envelopeId)) {
      state.violations.push(`socket: an acknowledgement of no envelope: ${text.slice(0, 80)}`);
      return;
    }
    if (known.get(envelopeId)) {
      state.violations.push(`socket: envelope ${envelopeId} was acknowledged twice`);
    }
    known.set(envelopeId, true);
    acks.push({ envelopeId, payload });
    const isEmpty = !payload || Object.keys(payload).length === 0;
    waiting.get(envelopeId)?.answer({ isAcked: true, ...(isEmpty ? {} : { payload }) });
    waiting.delete(envelopeId);
    state.changed();
  }

  const each = (act: (socket: ServerSocket) => void) => {
    for (const socket of [...open]) act(socket);
  };

  return {
    carrier,
    acks,
    get count() {
      return open.length;
    },
    get opened() {
      return opened;
    },
    ticket() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${state.origin.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${state.app.id}`;
    },
    upgrade(request, duplex) {
      const ticket = new URL(request.url ?? '/', 'http://fake').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) {
        duplex.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
        return;
      }
      const socket: ServerSocket = acceptWebSocket(request, duplex, {
        onText,
        onClose() {
          const at = open.indexOf(socket);
          if (at >= 0) open.splice(at, 1);
          state.changed();
        },
      });
      opened += 1;
      if (open.length >= mostConnections) {
        socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
        socket.close(1000);
        return;
      }
      open.push(socket);
      socket.send(
        JSON.stringify({
          type: 'hello',
          num_connections: open.length,
          debug_info: { host: 'applink-fake', build_number: 1, approximate_connection_time: 18_060 },
          connection_info: { app_id: state.app.id },
        }),
      );
      state.changed();
    },
    refresh(reason = 'refresh_requested') {
      each((socket) =>
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-fake' } })),
      );
    },
    cut: () => each((socket) => socket.destroy()),
    goSilent: () => each((socket) => socket.goSilent()),
    say: (text) => each((socket) => socket.send(text)),
    ping: () => each((socket) => socket.ping()),
    stop: () => each((socket) => socket.end()),
  };
}
