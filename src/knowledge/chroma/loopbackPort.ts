import { once } from 'node:events';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Whether it is this very process that listens on the port, and not another that was faster. Undefined where the
 * system does not tell (it is Linux's /proc that does).
 */
export async function isListening(pid: number, port: number): Promise<boolean | undefined> {
  const table = await readFile('/proc/net/tcp', 'utf8').catch(() => undefined);
  if (table === undefined) return undefined;
  const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  // sl, local address, remote address, state (0A listens), four more, and the inode: proc_pid_net(5).
  const row = table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find((columns) => columns[1] === local && columns[3] === '0A');
  if (row === undefined) return false;
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => undefined);
  if (names === undefined) return undefined;
  const targets = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return targets.includes(`socket:[${row[9]}]`);
}
