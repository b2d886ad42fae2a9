import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeGitHub, startFakeGitHub } from '../fakes/github/startFakeGitHub.ts';
import { type FakeWeb, startFakeWeb } from '../fakes/web/startFakeWeb.ts';
import { makePdf } from '../knowledge/read/makePdf.ts';
import { createBackscroll } from './backscroll.ts';
import { PEOPLE, writeTeam } from './team.ts';

const { folder, home: makeHome, run, start, clean } = createBackscroll();

const page = (title: string, text: string) => `<title>${title}</title><main><h1>${title}</h1><p>${text}</p></main>`;

describe('documents of the network', () => {
  let web: FakeWeb;
  let github: FakeGitHub;
  let home: string;
  let handbook: string;
  const url = (path: string) => web.at('127.0.0.1', path);
  const json = async (...args: string[]) => {
    const ran = await run([...args, '--json'], { home, env: { LINKS_ALLOW_HOSTS: `127.0.0.1:${web.port}` } });
    expect([0, 1], ran.stderr).toContain(ran.code);
    return ran.json;
  };
  const texts = async (query: string, ...more: string[]) =>
    (await json('search', query, ...more)).results
      .map((one: { text: string; url: string }) => `${one.url} ${one.text}`)
      .join('\n');

  beforeAll(async () => {
    web = await startFakeWeb();
    github = await startFakeGitHub(() => Date.now());
    home = await makeHome();
    handbook = join(await folder(), 'handbook');
    await mkdir(home);
    await mkdir(handbook);
    await writeFile(join(handbook, 'lunch.md'), '# Lunch\n\nLunch is served in the orangery.\n');
    github.repository('acme/tools').issue(7, 'Crank is stuck', 'The crank wants walrus oil.');
    web.put(url('/vpn'), page('VPN', 'The gateway needs the purple token.'));
    web.put(url('/raise'), page('Raise', 'The captain asks for a marmalade raise.'));
    await writeFile(
      join(home, 'backscroll.yaml'),
      // A refresh that is always due, so that what has changed is seen at each sync.
      JSON.stringify({
        links: { pauseSeconds: 0, refreshHours: 0.0000001 },
        folders: [{ path: handbook, space: 'acme' }],
        github: { apiUrl: github.url, repositories: [{ name: 'acme/tools', space: 'acme' }] },
      }),
    );
    const team = await writeTeam(await folder(), {
      channels: {
        general: [{ at: 0, user: PEOPLE.ann, text: `The guide: <${url('/vpn')}>, never <http://10.0.0.1/>` }],
      },
      groups: {
        captains: {
          members: [PEOPLE.ann],
          messages: [{ at: 9, user: PEOPLE.ann, text: `for us: <${url('/raise')}>` }],
        },
      },
    });
    await json('import', team, '--space', 'acme');
  });
  afterAll(async () => {
    await clean();
    await github.stop();
    await web.stop();
  });

  it('are read by one sync, and answer, each cited by its own address', async () => {
    const { sources, problems } = await json('sync');
    expect(problems).toEqual([]);
    expect(sources.map(({ error }: { error?: string }) => error)).toEqual([undefined, undefined, undefined]);
    expect(await texts('purple token')).toContain(`${url('/vpn')} `);
    expect(await texts('lunch orangery')).toContain('orangery');
    expect(await texts('walrus oil crank')).toContain(`${github.url}/acme/tools/issues/7`);
  });

  it('are found by those only who may read the link', async () => {
    expect(await texts('marmalade raise')).not.toContain('marmalade');
    expect(await texts('marmalade raise', '--space', 'acme', '--as', 'ann')).toContain(url('/raise'));
    expect(await texts('marmalade raise', '--space', 'acme', '--as', 'bob')).not.toContain('marmalade');
  });

  it('that were not read are named in the status, with what to do', async () => {
    const { sync } = await json('status');
    const sentences = sync.failures.latest.map(({ sentence }: { sentence: string }) => sentence).join('\n');
    expect(sentences).toContain('10.0.0.1 is not on the public internet');
    expect(sync.freshness).toHaveLength(3);
  });

  it('show their changes and their end while it runs', async () => {
    web.put(url('/vpn'), page('VPN', 'The gateway needs the orange token since today.'));
    await rm(join(handbook, 'lunch.md'));
    const started = await start({
      ...{ home, args: ['--no-sample'] },
      env: { LINKS_ALLOW_HOSTS: `127.0.0.1:${web.port}` },
    });
    await json('sync');
    expect(await texts('gateway token')).toContain('orange');
    expect(await texts('gateway token')).not.toContain('purple');
    expect(await texts('lunch orangery')).not.toContain('orangery');
    expect(await started.stop()).toBe(0);
  });
});

describe('linked documents that are hostile', () => {
  const words = [{ text: 'The badge is with the porter.', y: 700 }];
  const spinning = makePdf([deflateSync(Buffer.alloc(60_000_000, 'BT /F1 9 Tf (a) Tj ET '))], {
    filter: 'FlateDecode',
  });
  const encryption =
    `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}> >> ` +
    `/ID [<${'01'.repeat(16)}> <${'01'.repeat(16)}>]`;
  const documents: Record<string, Buffer> = {
    '/spin.pdf': spinning,
    '/long.pdf': makePdf(Array.from({ length: 2_500 }, () => words)),
    '/secret.pdf': makePdf([words], { trailer: encryption }),
    '/cut.pdf': makePdf([words]).subarray(0, 300),
    '/bad.docx': Buffer.from('PK\u0003\u0004 no Word document'),
    '/good.pdf': makePdf([[{ text: 'The flux wrench lies in the marble drawer.', y: 700 }]]),
  };
  let web: FakeWeb;
  const url = (path: string) => web.at('127.0.0.1', path);

  beforeAll(async () => {
    web = await startFakeWeb();
    for (const [path, body] of Object.entries(documents)) {
      web.put(url(path), { body, headers: { 'content-type': 'application/octet-stream' } });
    }
  });
  afterAll(async () => {
    await clean();
    await web.stop();
  });

  /** A home whose people link to all of these. */
  async function linking(fileSeconds: number) {
    const home = await makeHome();
    await mkdir(home);
    const config = { links: { pauseSeconds: 0 }, import: { fileSeconds } };
    await writeFile(join(home, 'backscroll.yaml'), JSON.stringify(config));
    const text = Object.keys(documents)
      .map((path) => `<${url(path)}>`)
      .join(' ');
    const general = [{ at: 0, user: PEOPLE.ann, text }];
    const options = { home, env: { LINKS_ALLOW_HOSTS: `127.0.0.1:${web.port}` } };
    const team = await writeTeam(await folder(), { channels: { general } });
    const imported = await run(['import', team, '--space', 'acme', '--json'], options);
    expect(imported.code, imported.stderr).toBe(0);
    return options;
  }

  it('cost a sentence each, which status tells, and the rest is read', async () => {
    const options = await linking(5);
    const synced = await run(['sync', '--json'], options);
    expect(synced.json.sources).toMatchObject([{ pages: { added: 1 }, failures: 5 }]);
    const { json } = await run(['status', '--json'], options);
    const sentences = json.sync.failures.latest.map(({ sentence }: { sentence: string }) => sentence).join('\n');
    expect(sentences).toContain(`${url('/spin.pdf')}: spin.pdf took longer than 5 seconds to read`);
    expect(sentences).toContain(`${url('/long.pdf')}: long.pdf has 2500 pages; at most 2000`);
    expect(sentences).toContain(`${url('/secret.pdf')}: secret.pdf is encrypted`);
    expect(sentences).toContain(`${url('/cut.pdf')}: cut.pdf is damaged`);
    expect(sentences).toContain(`${url('/bad.docx')}: bad.docx is`);
    const found = await run(['search', 'flux wrench', '--json'], options);
    expect(found.json.results[0]).toMatchObject({ url: url('/good.pdf') });
  });

  it('hold up no import, however long they keep their reader busy', async () => {
    const options = await linking(600);
    const started = await start({ ...options, args: ['--no-sample'] });
    const files = await folder();
    await writeFile(join(files, 'lunch.md'), '# Lunch\n\nLunch is served in the orangery.\n');
    let isHeld = false;
    const before = web.pages().length;
    // It ends with the process: what spins does so for ten minutes.
    const synced = run(['sync'], options);
    while (!isHeld) {
      await run(['status', '--json'], options);
      isHeld = web.pages().slice(before).includes('/spin.pdf');
    }
    const imported = await run(['import', files, '--space', 'acme', '--json'], options);
    expect(imported.code, imported.stderr).toBe(0);
    const found = await run(['search', 'lunch orangery', '--json'], options);
    expect(found.json.results[0].text).toContain('orangery');
    expect(await started.stop()).toBe(0);
    expect((await synced).code).toBe(1);
  });
});
