import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Log } from '../../base/log.ts';
import { version } from '../version.ts';
import { createLines, type OwnerReply, requestSchema } from './wire.ts';

const LONGEST_REQUEST_BYTES = 4_000_000;

/** Runs one operation for a command in another process. */
export type Serve = (
  operation: string,
  args: unknown,
  io: { readonly signal: AbortSignal; readonly progress: (event: unknown) => void },
) => Promise<unknown>;

/**
 * The owner's ear: a unix socket in the home that only this user may open. A command that hangs up aborts what it
 * asked for. The caller holds the home's lock, so an old socket file is nobody's.
 */
export async function serveOwner(
  path: string,
  serve: Serve,
  log: Log,
): Promise<{
  /** Resolves when nobody is served any more: at once those who asked are told so with `stopNow`, else they get their answers. */
  close(options?: { readonly stopNow: boolean }): Promise<void>;
}> {
  const hangUps = new Set<AbortController>();
  const sockets = new Set<Socket>();
  const working = new Set<Promise<void>>();
  let closing = false;
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    sockets.add(socket);
    const hungUp = new AbortController();
    hangUps.add(hungUp);
    const reply = (message: OwnerReply) => {
      if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
    };
    socket.setEncoding('utf8');
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      hangUps.delete(hungUp);
      hungUp.abort(new BackscrollError('cancelled', 'The command that asked for it has ended.'));
    });
    const read = createLines((line) => {
      // Whoever comes now is hung up on before anything began, and takes the home or asks the next owner.
      if (closing) return void socket.destroy();
      reply({ kind: 'begun' });
      const work = answer(line, hungUp.signal, reply).finally(() => {
        socket.end();
        working.delete(work);
      });
      working.add(work);
    }, LONGEST_REQUEST_BYTES);
    socket.on('data', (chunk: string) => {
      try {
        read(chunk);
      } catch {
        socket.destroy();
      }
    });
  });

  async function answer(line: string, signal: AbortSignal, reply: (message: OwnerReply) => void) {
    try {
      const request = requestSchema.parse(JSON.parse(line));
      if (request.version !== version) {
        throw new BackscrollError(
          'unavailable',
          `The running Backscroll is ${version}, this command is ${request.version ?? 'older'}. Restart the one that runs.`,
        );
      }
      const progress = (event: unknown) => reply({ kind: 'progress', event });
      const result = await serve(request.operation, request.arguments, { signal, progress });
      reply({ kind: 'result', result: result ?? null });
    } catch (error) {
      if (error instanceof BackscrollError) reply({ kind: 'error', code: error.code, message: error.message });
      else {
        log.error({ err: error }, 'a command failed');
        reply({ kind: 'error', code: 'internal', message: `Something went wrong inside: ${String(error)}` });
      }
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);

  return {
    async close({ stopNow } = { stopNow: false }) {
      closing = true;
      if (stopNow) {
        for (const hungUp of hangUps) hungUp.abort(new BackscrollError('cancelled', 'Backscroll is stopping.'));
      }
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Whoever asked before gets their answer; whoever only connected is let go.
      await Promise.allSettled(working);
      for (const socket of sockets) socket.destroySoon();
      await closed;
      rmSync(path, { force: true });
    },
  };
}
