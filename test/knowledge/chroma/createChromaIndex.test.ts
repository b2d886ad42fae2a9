import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createChromaIndex } from '../../../src/knowledge/chroma/createChromaIndex.ts';
import { freePort } from '../../../src/knowledge/chroma/loopbackPort.ts';
import type { ChromaTarget } from '../../../src/knowledge/chroma/target.ts';
import type { VectorIndex } from '../../../src/knowledge/VectorIndex.ts';
import { startChroma } from '../../chroma/startChroma.ts';
import { vectorIndexContract } from '../../contracts/vectorIndex.ts';

const vector = Float32Array.from([1, 0, 0]);
const row = { id: 'a', vector, audience: 1 };
let chroma: Awaited<ReturnType<typeof startChroma>>;
let names = 0;
const name = () => `test-${++names}`;
const at = (target: ChromaTarget | undefined, timeoutMs = 10_000): VectorIndex =>
  createChromaIndex({ target: () => target, timeoutMs });

beforeAll(async () => {
  chroma = await startChroma();
});
afterAll(() => chroma.stop());

const servers: Server[] = [];
/** A server of the test, on loopback; closed after it. */
async function serve(listener: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(listener as never);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

describe('a real Chroma server', () => {
  vectorIndexContract(() => ({ index: at({ kind: 'server', url: chroma.url }), collection: name() }));

  it('is asked for a collection that another process dropped and made again', async () => {
    const collection = name();
    const [one, other] = [at({ kind: 'server', url: chroma.url }), at({ kind: 'server', url: chroma.url })];
    await one.upsert(collection, [row]);
    await other.collections.drop(collection);
    expect(await one.query(collection, vector, { limit: 5 })).toEqual([]);
    await other.upsert(collection, [{ ...row, id: 'b' }]);
    expect(await one.query(collection, vector, { limit: 5 })).toMatchObject([{ id: 'b' }]);
    await other.collections.drop(collection);
    await one.upsert(collection, [{ ...row, id: 'c' }]);
    expect(await other.query(collection, vector, { limit: 5 })).toMatchObject([{ id: 'c' }]);
  });

  it('may stand behind a proxy, with a path, a user and a password', async () => {
    const seen = new Set<string | undefined>();
    const proxy = await serve((incoming, outgoing) => {
      seen.add(incoming.headers.authorization);
      const path = incoming.url?.replace(/^\/vectors\/chroma\//, '/') ?? '';
      const onward = request(chroma.url + path, { method: incoming.method, headers: incoming.headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(onward);
    });
    const url = `${proxy.replace('//', '//ann:s%40lt@')}/vectors/chroma/`;
    const index = at({ kind: 'server', url });
    const collection = name();
    await index.upsert(collection, [row]);
    expect(await index.query(collection, vector, { limit: 5 })).toMatchObject([{ id: 'a' }]);
    expect([...seen]).toEqual([`Basic ${Buffer.from('ann:s@lt').toString('base64')}`]);
  });

  it('finds what is where it moved to', async () => {
    const collection = name();
    let target: ChromaTarget | undefined = { kind: 'server', url: `http://127.0.0.1:${await freePort()}` };
    const index = createChromaIndex({ target: () => target, timeoutMs: 10_000 });
    await expect(index.upsert(collection, [row])).rejects.toMatchObject({ code: 'unavailable' });
    target = { kind: 'server', url: chroma.url };
    await index.upsert(collection, [row]);
    target = { kind: 'server', url: chroma.url.replace('127.0.0.1', 'localhost') };
    expect(await index.query(collection, vector, { limit: 5 })).toMatchObject([{ id: 'a' }]);
  });
});

describe('a Chroma that cannot serve', () => {
  it('is unavailable while there is none', async () => {
    await expect(at(undefined).query('c-1', vector, { limit: 5 })).rejects.toMatchObject({
      code: 'unavailable',
      message: 'Chroma is not running right now; searching collection c-1 has to wait.',
    });
  });

  it('is unavailable when nobody listens, and no password is told', async () => {
    const port = await freePort();
    const index = at({ kind: 'server', url: `http://ann:s3cret@127.0.0.1:${port}/x` });
    await expect(index.upsert('c-1', [row])).rejects.toMatchObject({
      code: 'unavailable',
      message: `Chroma at http://127.0.0.1:${port}/x cannot be reached. Is it running?`,
    });
  });

  it('is unavailable when it does not answer in time', async () => {
    const url = await serve(() => {});
    await expect(at({ kind: 'server', url }, 50).query('c-1', vector, { limit: 5 })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('took longer than 0.05 s for searching collection c-1'),
    });
  });

  it('gives up when it is cancelled while it waits', async () => {
    const controller = new AbortController();
    const url = await serve(() => controller.abort());
    const index = at({ kind: 'server', url });
    await expect(index.query('c-1', vector, { limit: 5, signal: controller.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it.each([
    [401, 'refused', 'does not let us in'],
    [403, 'refused', 'does not let us in'],
    [429, 'unavailable', 'Rate limit'],
    [500, 'unavailable', 'disk is on fire'],
  ])('that answers %i is %s', async (status, code, words) => {
    const url = await serve((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"message":"the disk is on fire"}');
    });
    await expect(at({ kind: 'server', url }).query('c-1', vector, { limit: 5 })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words),
    });
  });

  it('is unavailable when it is no Chroma', async () => {
    const url = await serve((_, response) => response.writeHead(200).end('<html>hello</html>'));
    await expect(at({ kind: 'server', url }).query('c-1', vector, { limit: 5 })).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  it('is asked once more when the connection was cut', async () => {
    const cut = new Set<string | undefined>();
    const proxy = await serve((incoming, outgoing) => {
      if (!cut.has(incoming.url)) {
        cut.add(incoming.url);
        incoming.socket.destroy();
        return;
      }
      const onward = request(
        chroma.url + incoming.url,
        { method: incoming.method, headers: incoming.headers },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(outgoing);
        },
      );
      incoming.pipe(onward);
    });
    const index = at({ kind: 'server', url: proxy });
    await expect(index.collections.drop('never-made')).rejects.toMatchObject({ code: 'unavailable' });
    await index.collections.drop('never-made');
    expect(cut.size).toBe(2);
  });

  it('names a damaged collection, and still serves the others', async () => {
    const broken = '00000000-0000-4000-8000-000000000001';
    const url = await serve((incoming, response) => {
      const json = (status: number, body: unknown) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      const collection = (id: string, called: string) => ({
        ...{ id, name: called, tenant: 'default_tenant', database: 'default_database' },
        ...{ metadata: null, dimension: 3, configuration_json: {}, version: 0, log_position: 0 },
      });
      if (incoming.url?.endsWith('/pre-flight-checks')) return json(200, { max_batch_size: 100 });
      if (incoming.url?.includes(`${broken}/count`)) return json(500, { message: 'Failed to apply logs' });
      if (incoming.url?.endsWith('/count')) return json(200, 12);
      return json(200, [collection(broken, 'broken'), collection('00000000-0000-4000-8000-000000000002', 'whole')]);
    });
    expect(await at({ kind: 'server', url }).collections.list()).toEqual([
      { name: 'broken', rows: 0, damaged: true },
      { name: 'whole', rows: 12 },
    ]);
  });
});
