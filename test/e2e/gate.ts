import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A door before another server: while it is shut, requests wait in front of it. */
export async function createGate(target: string) {
  let open = () => {};
  let opened = new Promise<void>((resolve) => (open = resolve));
  const arrivals: (() => void)[] = [];
  let arrived = 0;
  const server = createServer(async (incoming, response) => {
    arrived++;
    for (const tell of arrivals.splice(0)) tell();
    await opened;
    const passed = send(new URL(incoming.url ?? '/', target), { method: incoming.method, headers: incoming.headers });
    passed.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    incoming.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(target).pathname}`,
    open: () => open(),
    shut() {
      opened = new Promise<void>((resolve) => (open = resolve));
    },
    /** Resolves when somebody is at the door, or was. */
    someone: () => (arrived > 0 ? Promise.resolve() : new Promise<void>((resolve) => arrivals.push(resolve))),
    stop() {
      open();
      server.closeAllConnections();
      server.close();
    },
  };
}
