import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Binding, findBindings } from '../../../src/knowledge/chroma/bindings.ts';
import { createChromaIndex } from '../../../src/knowledge/chroma/createChromaIndex.ts';
import {
  type ChromaServer,
  type ChromaServerOptions,
  createChromaServer,
} from '../../../src/knowledge/chroma/createChromaServer.ts';
import { readServerRecord, writeServerRecord } from '../../../src/knowledge/chroma/serverRecord.ts';
import { readVersion, writeVersion } from '../../../src/knowledge/chroma/versionFile.ts';

// Real processes on machines that have other things to do.
vi.setConfig({ testTimeout: 30_000 });

const token = '0123456789abcdef0123456789abcdef';
let home: string;
let chromaHome: string;
let servers: ChromaServer[];
let children: ChildProcess[];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'backscroll-chroma-'));
  chromaHome = join(home, 'chroma');
  servers = [];
  children = [];
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  for (const child of children) child.kill('SIGKILL');
  await rm(home, { recursive: true, force: true });
});

function create(options: Partial<ChromaServerOptions> = {}): ChromaServer {
  const server = createChromaServer({ home, ...options });
  servers.push(server);
  return server;
}

/** A binding made of JavaScript. */
async function binding(version: string, code: string): Promise<Binding> {
  const path = await mkdtemp(join(home, 'binding-'));
  await writeFile(join(path, 'index.js'), code);
  return { version, path };
}

const indexOf = (server: ChromaServer) => {
  const url = server.url();
  return createChromaIndex({
    target: () => (url === undefined ? undefined : { kind: 'server', url }),
    timeoutMs: 10_000,
  });
};
const pid = () => readServerRecord(chromaHome)?.pid ?? 0;
const rows = Array.from({ length: 500 }, (_, i) => ({
  id: String(i),
  vector: Float32Array.from([Math.cos(i), Math.sin(i), 1]),
  audience: i % 5,
}));

function isAlive(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch {
    return false;
  }
}
const gone = (process_: number) => vi.waitFor(() => expect(isAlive(process_)).toBe(false), { timeout: 10_000 });

describe('starting', () => {
  it('serves on loopback and writes down what runs', async () => {
    const ready: string[] = [];
    const server = create({ onReady: (url) => ready.push(url) });
    expect([server.state(), server.url()]).toEqual(['stopped', undefined]);
    const { url } = await server.start();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${url}/api/v2/heartbeat`)).ok).toBe(true);
    expect([server.state(), server.url(), ready]).toEqual(['ready', url, [url]]);
    const version = readVersion(chromaHome);
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(readServerRecord(chromaHome)).toMatchObject({ port: Number(new URL(url).port), bindingVersion: version });
    expect(isAlive(pid())).toBe(true);
  });

  it('starts one server, however often it is asked', async () => {
    const server = create();
    const [one, other] = await Promise.all([server.start(), server.start()]);
    expect(other).toEqual(one);
    expect(await server.start()).toEqual(one);
  });

  it('tries another port when the one that was free is taken', async () => {
    const [real] = findBindings().slice(-1) as [Binding];
    const marker = join(home, 'asked');
    // Chroma gives the command line back when it cannot have its port.
    const late = await binding(
      real.version,
      `const { existsSync, writeFileSync } = require('node:fs');
       exports.cli = (args) => existsSync(${JSON.stringify(marker)})
         ? require(${JSON.stringify(real.path)}).cli(args) : writeFileSync(${JSON.stringify(marker)}, '');`,
    );
    const { url } = await create({ bindings: [late] }).start();
    expect((await fetch(`${url}/api/v2/heartbeat`)).ok).toBe(true);
    expect(existsSync(marker)).toBe(true);
  });

  it('takes the newest binding that loads', async () => {
    const tooDemanding = await binding('99.0.0', 'throw new Error("GLIBC_9.9 not found");');
    await create({ bindings: [tooDemanding, ...findBindings()] }).start();
    expect(findBindings().map(({ version }) => version)).toContain(readVersion(chromaHome));
  });

  it('removes what dropped collections left on the disk', async () => {
    const server = create();
    await server.start();
    const { collections, upsert } = indexOf(server);
    await upsert('kept', rows);
    await upsert('dropped', rows);
    await collections.drop('dropped');
    await server.stop();
    const folders = async () => (await readdir(join(chromaHome, 'data'))).filter((name) => name.includes('-'));
    expect(await folders()).toHaveLength(2);
    await server.start();
    expect(await folders()).toHaveLength(1);
    expect(await indexOf(server).collections.list()).toEqual([{ name: 'kept', rows: 500 }]);
  });

  it('can be given up', async () => {
    const server = create();
    const start = server.start();
    const refused = expect(start).rejects.toMatchObject({ code: 'cancelled' });
    await server.stop();
    await refused;
    expect([server.state(), server.url(), pid()]).toEqual(['stopped', undefined, 0]);
  });
});

describe('failing to start', () => {
  it('says that nothing is installed', async () => {
    await expect(create({ bindings: [] }).start()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('set CHROMA_URL'),
    });
  });

  it('says why what is installed does not load', async () => {
    const bindings = [await binding('1.0.0', 'throw new Error("GLIBC_9.9 not found");')];
    const server = create({ bindings });
    await expect(server.start()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/does not run on this machine \(GLIBC_9\.9 not found\)\. Set CHROMA_URL/),
    });
    expect([server.state(), pid()]).toEqual(['stopped', 0]);
  });

  it('hands nothing of our environment to the server but what it needs', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-secret');
    vi.stubEnv('CHROMA_ALLOW_RESET', 'true');
    const bindings = [await binding('1.0.0', 'throw new Error(Object.keys(process.env).sort().join());')];
    const error = await create({ bindings })
      .start()
      .catch((reason: Error) => reason);
    vi.unstubAllEnvs();
    expect(error).toMatchObject({ message: expect.stringContaining('ANONYMIZED_TELEMETRY') });
    expect(error).not.toMatchObject({ message: expect.stringMatching(/OPENAI|CHROMA_ALLOW/) });
  });

  it('tells what Chroma said about data that it cannot open', async () => {
    await mkdir(join(chromaHome, 'data'), { recursive: true });
    await writeFile(join(chromaHome, 'data', 'chroma.sqlite3'), 'this is no database'.repeat(1000));
    await expect(create().start()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/ended while it was starting .*file is not a database.*words only/),
    });
  });

  it('gives up on a server that never answers, and leaves none behind', async () => {
    const mark = join(home, 'pid');
    const bindings = [
      await binding(
        '1.0.0',
        `exports.cli = () => {
           require('node:fs').writeFileSync(${JSON.stringify(mark)}, String(process.pid));
           Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
         };`,
      ),
    ];
    await expect(create({ bindings, readyTimeoutMs: 1_500 }).start()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('did not answer within 1.5 s'),
    });
    expect(isAlive(Number(await readFile(mark, 'utf8')))).toBe(false);
  });

  it('says that the folder cannot be made', async () => {
    await writeFile(chromaHome, 'a file where the folder should be');
    await expect(create().start()).rejects.toMatchObject({ code: 'home' });
  });

  it('leaves no server behind when whoever is told fails', async () => {
    let seen = 0;
    const onReady = () => {
      seen = pid();
      throw new Error('no time');
    };
    await expect(create({ onReady }).start()).rejects.toThrow('no time');
    expect([seen > 1, isAlive(seen)]).toEqual([true, false]);
  });

  it('may be tried again', async () => {
    await writeFile(chromaHome, 'a file where the folder should be');
    const server = create();
    await expect(server.start()).rejects.toMatchObject({ code: 'home' });
    await rm(chromaHome);
    await server.start();
    expect(server.state()).toBe('ready');
  });
});

describe('data of a newer Chroma', () => {
  it('are refused by an older one, which does not touch them', async () => {
    writeVersion(chromaHome, '99.0.0');
    await expect(create().start()).rejects.toMatchObject({
      code: 'home',
      message: expect.stringMatching(/written by Chroma 99\.0\.0, but the newest here is \d.*backscroll reindex/),
    });
    expect([readVersion(chromaHome), existsSync(join(chromaHome, 'data'))]).toEqual(['99.0.0', false]);
  });

  it('are refused when the newer one is installed and does not run here', async () => {
    writeVersion(chromaHome, '99.0.0');
    const bindings = [await binding('99.0.0', 'throw new Error("GLIBC_9.9 not found");'), ...findBindings()];
    await expect(create({ bindings }).start()).rejects.toMatchObject({
      code: 'home',
      message: expect.stringContaining('that one does not run on this machine (GLIBC_9.9 not found)'),
    });
    expect(readVersion(chromaHome)).toBe('99.0.0');
  });
});

describe('a server that dies', () => {
  it('is started again with its data, and tells its new address', async () => {
    const ready: string[] = [];
    let restarted = () => {};
    const server = create({ onReady: (url) => ready.push(url) === 2 && restarted() });
    await server.start();
    await indexOf(server).upsert('kept', rows);
    const again = new Promise<void>((resolve) => {
      restarted = resolve;
    });
    process.kill(pid(), 'SIGKILL');
    await again;
    expect([server.state(), server.url()]).toEqual(['ready', ready[1]]);
    const [row] = rows as [(typeof rows)[0]];
    expect(await indexOf(server).collections.list()).toEqual([{ name: 'kept', rows: 500 }]);
    const options = { limit: 3, audiences: [row.audience] };
    expect((await indexOf(server).query('kept', row.vector, options))[0]?.id).toBe('0');
  });

  it('is not started again once it has been stopped', async () => {
    const warnings: string[] = [];
    let noticed = () => {};
    const died = new Promise<void>((resolve) => {
      noticed = resolve;
    });
    const warn = (_: object, message: string) => {
      warnings.push(message);
      noticed();
    };
    const server = create({ log: { info: () => {}, warn } });
    await server.start();
    process.kill(pid(), 'SIGKILL');
    await died;
    expect([server.state(), server.url()]).toEqual(['restarting', undefined]);
    await server.stop();
    expect([server.state(), pid()]).toEqual(['stopped', 0]);
    expect(warnings).toEqual(['Chroma ended by itself and is started again']);
  });
});

describe('stopping', () => {
  it('ends the process, forgets it, and keeps the data for the next start', async () => {
    const server = create();
    await server.start();
    await indexOf(server).upsert('kept', rows);
    const first = pid();
    await server.stop();
    expect(isAlive(first)).toBe(false);
    expect([server.state(), server.url(), pid()]).toEqual(['stopped', undefined, 0]);
    await server.start();
    expect(pid()).not.toBe(first);
    expect(await indexOf(server).collections.list()).toEqual([{ name: 'kept', rows: 500 }]);
  });

  it('may be asked of what does not run', async () => {
    const server = create();
    await server.stop();
    await server.start();
    await Promise.all([server.stop(), server.stop()]);
    expect(server.state()).toBe('stopped');
  });

  it('is waited for by a start that follows at once', async () => {
    const server = create();
    await server.start();
    const first = pid();
    const [, { url }] = await Promise.all([server.stop(), server.start()]);
    expect(isAlive(first)).toBe(false);
    expect([server.state(), server.url(), isAlive(pid())]).toEqual(['ready', url, true]);
  });

  it('lets a write that is under way reach the disk', async () => {
    const server = create();
    await server.start();
    const writing = indexOf(server).upsert('kept', rows);
    await vi.waitFor(async () => expect(await indexOf(server).collections.list()).toHaveLength(1), { interval: 5 });
    await Promise.all([writing, server.stop()]);
    await server.start();
    expect(await indexOf(server).collections.list()).toEqual([{ name: 'kept', rows: 500 }]);
  });
});

describe('a parent that is killed', () => {
  const module_ = new URL('../../../src/knowledge/chroma/createChromaServer.ts', import.meta.url).href;
  const program = (folder: string) => `
    import { createChromaServer } from ${JSON.stringify(module_)};
    const { url } = await createChromaServer({ home: ${JSON.stringify(folder)} }).start();
    console.log(url);`;

  it('takes its server with it, and the next one goes on with the data', async () => {
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program(home)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(parent);
    const [url] = (await once(createInterface(parent.stdout), 'line')) as [string];
    await createChromaIndex({ target: () => ({ kind: 'server', url }), timeoutMs: 10_000 }).upsert('kept', rows);
    const orphan = pid();
    expect(isAlive(orphan)).toBe(true);
    parent.kill('SIGKILL');
    await gone(orphan);
    const server = create();
    await server.start();
    expect(await indexOf(server).collections.list()).toEqual([{ name: 'kept', rows: 500 }]);
  });

  /** A process that will not go by itself. */
  async function stubborn(...args: string[]): Promise<ChildProcess> {
    const code = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1e6); console.log("here");';
    const child = spawn(process.execPath, ['-e', code, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    await once(child.stdout, 'data');
    return child;
  }
  const record = (process_: number) => ({ pid: process_, port: 1, token, startedAt: new Date().toISOString() });

  it('may leave a server that does not end by itself: the next start ends it first', async () => {
    const orphan = await stubborn(token, chromaHome);
    writeServerRecord(chromaHome, record(orphan.pid ?? 0));
    const ended = once(orphan, 'exit');
    await create({ patienceMs: 50 }).start();
    expect(await ended).toEqual([null, 'SIGKILL']);
  });

  it('may leave a record whose number is a stranger by now: that one is left alone', async () => {
    const stranger = await stubborn();
    writeServerRecord(chromaHome, record(stranger.pid ?? 0));
    await create({ patienceMs: 50 }).start();
    expect([stranger.exitCode, stranger.signalCode]).toEqual([null, null]);
  });

  it('may have left a home that was copied: the original’s server is left alone', async () => {
    const original = await stubborn(token, '/another/home/chroma');
    writeServerRecord(chromaHome, record(original.pid ?? 0));
    await create({ patienceMs: 50 }).start();
    expect([original.exitCode, original.signalCode]).toEqual([null, null]);
  });

  it('may leave a record that is broken', async () => {
    await mkdir(chromaHome);
    await writeFile(join(chromaHome, 'server.json'), '{"pid": 1');
    await create().start();
    expect(pid()).toBeGreaterThan(1);
  });
});
