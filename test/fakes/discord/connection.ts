import type { ServerSocket } from '../websocket/acceptWebSocket.ts';
import { greet } from './greet.ts';
import { knownIntents, privilegedBits } from './intents.ts';
import { sendMembers } from './memberChunks.ts';
import type { Json, State } from './State.ts';
import type { Session, Sessions } from './sessions.ts';

export interface ConnectionOptions {
  readonly heartbeatMs: number;
  readonly counts: { identified: number; resumed: number; heartbeats: number };
  mayIdentify(): 'now' | 'later' | 'never';
}

export interface Connection {
  begin(socket: ServerSocket): void;
  hear(text: string): void;
  /** It is closed; by the client with that code, if it said one. */
  end(code: number | undefined): void;
}

/** Commands that one connection may send in a minute. */
const mostCommands = 120;

/** One connection: what the client says on it, and what it hears at once. */
export function createConnection(state: State, sessions: Sessions, options: ConnectionOptions): Connection {
  let socket: ServerSocket | undefined;
  let session: Session | undefined;
  let commandsAt: number[] = [];
  const say = (op: number, d: Json) => socket?.send(JSON.stringify({ op, d, s: null, t: null }));

  function close(code: number, reason: string): void {
    if (code !== 4004 && code !== 4014) state.violations.push(`gateway: closed with ${code}: ${reason}`);
    socket?.close(code, reason);
  }

  function identify(d: Json): void {
    if (session) return void close(4005, 'Already authenticated.');
    options.counts.identified += 1;
    if (!state.isTokenGood || d?.token !== state.token) return void close(4004, 'Authentication failed.');
    const { intents, shard = [0, 1] } = d;
    if (!Number.isInteger(intents) || (intents & ~knownIntents) !== 0) return void close(4013, 'Invalid intent(s).');
    if ((intents & privilegedBits & ~state.allowedIntents) !== 0) return void close(4014, 'Disallowed intent(s).');
    if (!(shard[0] >= 0 && shard[0] < shard[1])) return void close(4010, 'Invalid shard.');
    const may = options.mayIdentify();
    if (may === 'never') return void close(4004, 'Authentication failed.');
    if (may === 'later' || !socket) return void say(9, false);
    session = sessions.add(intents, shard, socket);
    greet(state, sessions, session);
  }

  function resume(d: Json): void {
    if (session) return void close(4005, 'Already authenticated.');
    options.counts.resumed += 1;
    if (!state.isTokenGood || d?.token !== state.token) return void close(4004, 'Authentication failed.');
    const found = sessions.find(d.session_id);
    if (!found || state.sparse.resume === 'refused') {
      if (found) sessions.remove(found);
      return void say(9, false);
    }
    if (!(d.seq <= found.seq)) return void close(4007, 'Invalid seq.');
    const missed = found.kept.filter(({ s }) => s > d.seq);
    // Too long away: what happened meanwhile is not all kept any more.
    if (found.seq - d.seq > missed.length) {
      sessions.remove(found);
      return void say(9, false);
    }
    const before = found.socket;
    session = found;
    found.socket = socket;
    before?.destroy();
    for (const event of missed) socket?.send(JSON.stringify({ op: 0, ...event }));
    sessions.send(found, 'RESUMED', { _trace: [] });
  }

  function hearCommand(op: number, d: Json): void {
    const nowMs = state.clock.now();
    commandsAt = [...commandsAt.filter((atMs) => atMs > nowMs - 60_000), nowMs];
    if (commandsAt.length > mostCommands) return void close(4008, 'Rate limited.');
    if (op === 2) return void identify(d);
    if (op === 6) return void resume(d);
    if (op === 1) {
      options.counts.heartbeats += 1;
      return void say(11, null);
    }
    if (!session) return void close(4003, 'Not authenticated.');
    if (op === 8) return void sendMembers(state, sessions, session, d);
    if (op !== 3 && op !== 4) close(4001, 'Unknown opcode.');
  }

  return {
    begin(opened) {
      socket = opened;
      say(10, { heartbeat_interval: options.heartbeatMs, _trace: [] });
    },
    hear(text) {
      let said: Json;
      try {
        said = JSON.parse(text);
      } catch {
        return close(4002, 'Error while decoding payload.');
      }
      hearCommand(said?.op, said?.d);
      state.changed();
    },
    end(code) {
      if (session?.socket !== socket || !session) return;
      session.socket = undefined;
      // A client that says goodbye ends its session; any other end can be resumed.
      if (code === 1000 || code === 1001) sessions.remove(session);
    },
  };
}
