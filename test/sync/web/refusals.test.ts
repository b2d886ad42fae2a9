import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressKind } from '../../../src/sync/web/addressKind.ts';
import { parseAllowHosts } from '../../../src/sync/web/allowHosts.ts';
import { checkUrl } from '../../../src/sync/web/checkUrl.ts';
import { createFetch } from '../../../src/sync/web/createFetch.ts';

const bounds = { maxBytes: 100_000, maxRedirects: 5, totalMs: 30_000, idleMs: 10_000 };
const signal = new AbortController().signal;

/** Everything that is written so that it leads inward. None of it may open a connection. */
const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  'a literal address': [
    'http://127.0.0.1/',
    'http://127.255.255.254/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://172.31.255.255/',
    'http://192.168.1.1/',
    'http://0.0.0.0/',
    'http://255.255.255.255/',
    'http://224.0.0.1/',
    'http://240.0.0.1/',
    'http://192.0.0.1/',
    'http://192.0.2.1/',
    'http://198.18.0.1/',
    'http://203.0.113.9/',
  ],
  'carrier-grade NAT': ['http://100.64.0.1/', 'http://100.127.255.255/'],
  'link-local and metadata of a cloud': [
    'http://169.254.169.254/latest/meta-data/',
    'http://169.254.170.2/v2/credentials',
    'http://[fd00:ec2::254]/latest/meta-data/',
    'http://[fe80::1]/',
    'http://100.100.100.200/latest/meta-data/',
  ],
  decimal: ['http://2130706433/', 'http://3232235777/', 'http://2852039166/'],
  octal: ['http://0177.0.0.1/', 'http://0300.0250.1.1/', 'http://017700000001/'],
  hexadecimal: ['http://0x7f.0.0.1/', 'http://0x7f000001/', 'http://0xa9fea9fe/'],
  shortened: ['http://127.1/', 'http://10.1/', 'http://0/', 'http://192.168.257/'],
  'other digits and dots': ['http://１２７.0.0.1/', 'http://127。0。0。1/', 'http://①②⑦.⓪.⓪.①/', 'http://127.0.0.1./'],
  'percent-encoded': ['http://%31%32%37.0.0.1/', 'http://127%2e0%2e0%2e1/'],
  IPv6: ['http://[::1]/', 'http://[::]/', 'http://[ff02::1]/', 'http://[fec0::1]/', 'http://[100::1]/'],
  'IPv6, unique local': ['http://[fc00::1]/', 'http://[fd12:3456:789a::1]/'],
  'IPv4 within IPv6, mapped and compatible': [
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::ffff:8.8.8.8]/',
    'http://[::127.0.0.1]/',
    'http://[0:0:0:0:0:ffff:a9fe:a9fe]/',
  ],
  NAT64: ['http://[64:ff9b::7f00:1]/', 'http://[64:ff9b::a9fe:a9fe]/', 'http://[64:ff9b:1::a00:1]/'],
  '6to4 and Teredo': ['http://[2002:7f00:1::]/', 'http://[2002:a9fe:a9fe::1]/', 'http://[2001::1]/'],
  'documentation, and what nobody has': [
    'http://[2001:db8::1]/',
    'http://[3fff::1]/',
    'http://[4000::1]/',
    'http://[5f00::1]/',
  ],
  'another scheme': [
    'file:///etc/passwd',
    'ftp://8.8.8.8/',
    'gopher://127.0.0.1:6379/_INFO',
    'data:text/html,hello',
    'javascript:alert(1)',
    'blob:http://example.com/1',
    'ws://example.com/',
    'jar:http://example.com!/',
    'dict://localhost:11211/',
    'about:blank',
  ],
  credentials: ['http://user@example.com/', 'http://user:secret@example.com/', 'http://:secret@example.com/'],
  'a name before the host': ['http://example.com@127.0.0.1/', 'http://example.com:80@10.0.0.1/', 'http:/\\127.0.0.1/'],
  'an odd port': [
    'http://example.com:22/',
    'http://example.com:6379/',
    'http://example.com:443/',
    'https://example.com:80/',
    'http://example.com:8080/',
    'http://8.8.8.8:53/',
    'http://example.com:0/',
  ],
  'no address at all': ['', 'http://', 'http://[::1', 'http://exa mple.com/', `http://example.com/${'a'.repeat(3000)}`],
};

/** Names, by what they resolve to. */
const RESOLVED: Readonly<Record<string, readonly string[]>> = {
  'to this machine': ['127.0.0.1'],
  'to this machine, in IPv6': ['::1'],
  'to a private address': ['10.1.2.3'],
  'to metadata of a cloud': ['169.254.169.254'],
  'to a mapped address': ['::ffff:10.0.0.1'],
  'to NAT64': ['64:ff9b::a00:1'],
  'to a unique local address': ['fd00::1'],
  'to carrier-grade NAT': ['100.64.1.1'],
  'to a public address and a private one': ['93.184.216.34', '10.0.0.1'],
  'to a private address in the other family': ['93.184.216.34', 'fd00::5'],
  'to a scoped address': ['fe80::1%eth0'],
  'to what is no address': ['localhost'],
  'to nothing': [],
};

let inside: Server;
let reached = 0;
beforeAll(async () => {
  inside = createServer((_, response) => {
    reached++;
    response.end('the secret');
  });
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => inside.close(resolve)));

const port = () => (inside.address() as AddressInfo).port;

async function refusal(url: string, resolve: () => Promise<readonly string[]>, allow: readonly string[] = []) {
  const asked: string[] = [];
  const { fetch, close } = createFetch({
    allowHosts: parseAllowHosts(allow),
    bounds,
    resolve: (host) => {
      asked.push(host);
      return resolve();
    },
  });
  try {
    await fetch({ url, signal });
    return { code: 'fetched', asked };
  } catch (error) {
    return { code: (error as { code: string }).code, asked };
  } finally {
    await close();
  }
}

describe('what is never fetched', () => {
  for (const [what, urls] of Object.entries(WRITTEN)) {
    it.each(urls)(`${what}: %s`, async (url) => {
      const { code, asked } = await refusal(url, async () => ['93.184.216.34']);
      expect(code).toBe('refused');
      expect(asked).toEqual([]);
    });
  }

  it.each(Object.entries(RESOLVED))('a name that leads %s', async (_, addresses) => {
    expect((await refusal('http://innocent.example/', async () => addresses)).code).toBe('refused');
    expect((await refusal('https://innocent.example/', async () => addresses)).code).toBe('refused');
  });

  it('a name that resolves to a public address first and inward when it is asked again', async () => {
    let times = 0;
    const answers = [['10.0.0.1'], ['93.184.216.34'], ['127.0.0.1']];
    const rebinding = async () => answers[times++ % answers.length] ?? [];
    const { code, asked } = await refusal('http://rebind.example/', rebinding);
    expect(code).toBe('refused');
    expect(asked).toHaveLength(1);
  });

  it('the second answer of a resolver: the judged address is the one that is connected to', async () => {
    // The first answer is judged; were the name resolved once more for the socket, it would be another machine.
    let times = 0;
    const moving = async () => (times++ === 0 ? ['127.0.0.1'] : ['203.0.113.1']);
    const url = `http://wiki.corp:${port()}/`;
    const { code } = await refusal(url, moving, [`wiki.corp:${port()}`]);
    expect(code).toBe('fetched');
    expect(times).toBe(1);
  });

  it('where a redirect leads inward, at any step', async () => {
    const redirector = createServer((request, response) => {
      const next = request.url === '/1' ? `http://start.example:${portOf(redirector)}/2` : targets[0];
      response.writeHead(302, { location: next }).end();
    });
    const portOf = (server: Server) => (server.address() as AddressInfo).port;
    await new Promise<void>((resolve) => redirector.listen(0, '127.0.0.1', resolve));
    const targets = [
      `http://127.0.0.1:${port()}/`,
      `http://localhost:${port()}/`,
      `http://[::ffff:127.0.0.1]:${port()}/`,
      'http://2130706433/',
      'http://169.254.169.254/latest/',
      'http://user:pw@example.com/',
      'file:///etc/passwd',
      '//10.0.0.1/',
      'http://example.com:25/',
    ];
    const before = reached;
    for (; targets.length > 0; targets.shift()) {
      const start = `http://start.example:${portOf(redirector)}/1`;
      const { code } = await refusal(start, async () => ['127.0.0.1'], [`start.example:${portOf(redirector)}`]);
      expect([targets[0], code]).toEqual([targets[0], 'refused']);
    }
    expect(reached).toBe(before);
    await new Promise((resolve) => redirector.close(resolve));
  });

  it('says what was refused without repeating a password', async () => {
    const { fetch, close } = createFetch({ allowHosts: parseAllowHosts([]), bounds });
    await expect(fetch({ url: 'http://user:hunter2@example.com/', signal })).rejects.not.toThrow(/hunter2/);
    await close();
  });

  it('any private or reserved IPv4 address, however it is written', () => {
    const privateAddress = fc.oneof(
      fc.tuple(fc.constant(10), fc.nat(255), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(127), fc.nat(255), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(192), fc.constant(168), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(169), fc.constant(254), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.integer({ min: 224, max: 255 }), fc.nat(255), fc.nat(255), fc.nat(255)),
    );
    const none = parseAllowHosts([]);
    fc.assert(
      fc.property(privateAddress, ([a, b, c, d]) => {
        const number = ((a * 256 + b) * 256 + c) * 256 + d;
        const hex = (n: number) => n.toString(16);
        const forms = [
          `${a}.${b}.${c}.${d}`,
          String(number),
          `0x${hex(number)}`,
          `0${a.toString(8)}.0${b.toString(8)}.${c}.0x${hex(d)}`,
          `${a}.${b}.${c * 256 + d}`,
          `[::ffff:${hex(a * 256 + b)}:${hex(c * 256 + d)}]`,
          `[64:ff9b::${hex(a * 256 + b)}:${hex(c * 256 + d)}]`,
          `[2002:${hex(a * 256 + b)}:${hex(c * 256 + d)}::1]`,
        ];
        for (const form of forms) expect(() => checkUrl(`http://${form}/`, none), form).toThrow(/Not fetched/);
      }),
    );
  });
});

describe('what the operator allows', () => {
  it('is that host at that port, and nothing beside it', async () => {
    const url = `http://wiki.corp:${port()}/`;
    const here = async () => ['127.0.0.1'];
    expect((await refusal(url, here)).code).toBe('refused');
    expect((await refusal(url, here, [`wiki.corp:${port() + 1}`])).code).toBe('refused');
    expect((await refusal(url, here, ['wiki.corp'])).code).toBe('refused');
    expect((await refusal(url, here, [`corp:${port()}`])).code).toBe('refused');
    expect((await refusal(url, here, [`WIKI.corp.:${port()}`])).code).toBe('fetched');
    expect((await refusal(`http://wiki.corp.:${port()}/`, here, [`wiki.corp:${port()}`])).code).toBe('fetched');
    expect((await refusal(`http://127.0.0.1:${port()}/`, here, [`127.0.0.1:${port()}`])).code).toBe('fetched');
    expect((await refusal(`http://2130706433:${port()}/`, here, [`127.0.0.1:${port()}`])).code).toBe('fetched');
  });

  it('never makes a name lead to the metadata of a cloud', async () => {
    const url = 'http://wiki.corp/';
    for (const address of ['169.254.169.254', 'fd00:ec2::254', 'fe80::1', '0.0.0.0', '::ffff:169.254.169.254']) {
      expect((await refusal(url, async () => [address], ['wiki.corp'])).code).toBe('refused');
    }
  });

  it('is refused in one sentence when it is no host and port', () => {
    for (const wrong of ['', 'http://wiki', 'a b', 'wiki:99999', 'wiki:x', 'wiki/path', '*.corp:80:80', 'u@wiki']) {
      expect(() => parseAllowHosts([wrong]), wrong).toThrow(/links\.allowHosts/);
    }
  });
});

describe('kinds of addresses', () => {
  it('knows the public internet', () => {
    for (const address of ['8.8.8.8', '93.184.216.34', '1.1.1.1', '2606:4700:4700::1111', '2a00:1450:4001:81b::200e']) {
      expect(addressKind(address)).toBe('public');
    }
  });
});
