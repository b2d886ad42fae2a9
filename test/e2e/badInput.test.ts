import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeLongFile, makeZip } from '../sync/import/makeArchives.ts';
import { message, smallExport } from '../sync/import/slackFixture.ts';
import { createBackscroll, type Started } from './backscroll.ts';
import { PEOPLE, writeTeam } from './team.ts';

const { folder, home: makeHome, start, run, clean } = createBackscroll();
afterAll(clean);

/** One sentence on stderr (commander adds where the help is), nothing on stdout. */
async function refused(args: readonly string[], options: Parameters<typeof run>[1]) {
  const { code, stdout, stderr } = await run(args, options);
  expect(stdout).toBe('');
  const lines = stderr
    .trimEnd()
    .replace(/\n\(see: npx backscroll --help\)$/, '')
    .split('\n');
  expect(lines, stderr).toHaveLength(1);
  expect(stderr).not.toMatch(/went wrong inside|\bat .*:\d+:\d+/);
  return { code, sentence: lines[0] };
}

describe('wrong usage', () => {
  let home: string;
  beforeAll(async () => {
    home = await makeHome();
  });

  it('exits with 2 and says what', async () => {
    const cwd = await folder();
    const wrong: [string[], RegExp][] = [
      [['frobnicate'], /unknown command 'frobnicate'/],
      [['ask', 'why?', '--frobnicate'], /unknown option '--frobnicate'/],
      [['ask'], /missing required argument 'question'/],
      [['import', '.'], /--space <name>/],
      [['import', '/nowhere/at/all', '--space', 'acme'], /There is nothing at \/nowhere\/at\/all/],
      [['import', '.', '--space', '!'], /--space\) needs at least one letter or digit/],
      [['search', 'x', '--limit', 'many'], /--limit <n>.*whole number from 1 to 1000/],
      [['status', '--config', '/nowhere/backscroll.yaml'], /config file \/nowhere\/backscroll\.yaml cannot be read/],
    ];
    const said = await Promise.all(wrong.map(([args]) => refused(args, { home, cwd })));
    expect(said).toEqual(wrong.map(([, sentence]) => ({ code: 2, sentence: expect.stringMatching(sentence) })));
    expect(await readdir(cwd)).toEqual([]);
  });

  it('of a variable names the variable, but not its value', async () => {
    const wrong = { PORT: 'abc', OPENAI_BASE_URL: 'sk-secret', LOG_LEVEL: 'loud' };
    const said = await Promise.all(
      Object.entries(wrong).map(([name, value]) => refused(['status'], { home, env: { [name]: value } })),
    );
    for (const { code, sentence } of said) {
      expect([code, sentence]).toEqual([2, expect.stringMatching(/PORT|OPENAI_BASE_URL|log\.level/)]);
      expect(sentence).not.toContain('sk-secret');
    }
  });

  it('of a config names the key, what was found and what is allowed', async () => {
    const place = await folder();
    const wrong: [string, RegExp][] = [
      ['answers:\n  pasages: 3\n', /answers\.pasages is unknown/],
      ['answers:\n  passages: many\n', /answers\.passages is "many"; allowed: a whole number from 1 to 50/],
      ['answers: [1\n', /is not YAML/],
      ['- answers\n', /the whole file/],
    ];
    const said = await Promise.all(
      wrong.map(async ([yaml], i) => {
        const file = join(place, `${i}.yaml`);
        await writeFile(file, yaml);
        return refused(['status'], { home, env: { BACKSCROLL_CONFIG: file } });
      }),
    );
    expect(said).toEqual(wrong.map(([, sentence]) => ({ code: 2, sentence: expect.stringMatching(sentence) })));
  });

  it('has made nothing at all', async () => {
    await expect(stat(home)).rejects.toThrow('ENOENT');
  });
});

describe('a home that cannot be used', () => {
  it('is a file', async () => {
    const home = join(await folder(), 'file');
    await writeFile(home, 'mine');
    expect(await refused(['status'], { home })).toEqual({ code: 1, sentence: expect.stringContaining('not a folder') });
    expect(await readFile(home, 'utf8')).toBe('mine');
  });

  it.runIf(process.platform === 'linux')('cannot be written', async () => {
    const tries: [string, string][] = [
      ['/sys/backscroll', 'start'],
      ['/proc/backscroll', 'status'],
    ];
    for (const [home, command] of tries) {
      const { code, sentence } = await refused([command], { home });
      expect([code, sentence]).toEqual([1, expect.stringMatching(new RegExp(`${home}.*BACKSCROLL_HOME`))]);
    }
  });

  it('is of a newer version, and stays as it is', async () => {
    const home = await makeHome();
    expect((await run(['status'], { home })).code).toBe(0);
    const file = join(home, 'backscroll.db');
    const db = new DatabaseSync(file);
    db.exec("INSERT INTO kysely_migration VALUES ('999-later', '2099-01-01')");
    db.close();
    const before = await digest(file);
    expect(await refused(['ask', 'why?'], { home })).toEqual({
      ...{ code: 1, sentence: expect.stringMatching(/newer Backscroll.*999-later.*Update Backscroll/) },
    });
    expect(await digest(file)).toBe(before);
  });

  it('has a database that is none, and one that is damaged', async () => {
    const home = await makeHome();
    await mkdir(home, { mode: 0o700 });
    await writeFile(join(home, 'backscroll.db'), 'This is no database. '.repeat(500));
    const { code, sentence } = await refused(['status'], { home });
    expect([code, sentence]).toEqual([1, expect.stringMatching(/is not a Backscroll database|is damaged/)]);
  });
});

describe('questions that are none', () => {
  let home: string;
  let started: Started;
  const ask = async (question: string) => run(['ask', question, '--json'], { home });
  beforeAll(async () => {
    home = await makeHome();
    started = await start({ home, args: ['--no-sample'] });
  });

  it('on an empty database, the answer says that nothing was taken in yet', async () => {
    const { code, json } = await ask('Is there anything?');
    expect([code, json.status, json.citations]).toEqual([0, 'abstained', []]);
    expect(json.answer).not.toBe('');
    expect((await run(['search', 'anything', '--json'], { home })).json.results).toEqual([]);
  });

  it('of emoji, or of nothing at all, get a word on how to ask', async () => {
    const team = await writeTeam(await folder(), {
      channels: { pets: [{ at: 0, user: PEOPLE.ann, text: 'The cat sleeps on the router.' }] },
    });
    expect((await run(['import', team, '--space', 'acme'], { home })).code).toBe(0);
    for (const question of ['🎉🎉🎉', '']) {
      const [{ code, json }, { stdout }] = await Promise.all([ask(question), run(['ask', question], { home })]);
      expect([code, json.status, json.citations]).toEqual([0, 'abstained', []]);
      expect(json.answer.length).toBeGreaterThan(10);
      expect(stdout).toContain(json.answer);
    }
    expect((await run(['search', '🎉🎉🎉', '--json'], { home })).json.results).toEqual([]);
  });

  it('of 100,000 characters are refused with how many are allowed', async () => {
    const { code, json } = await ask('why '.repeat(25_000));
    expect([code, json.status]).toEqual([1, 'failed']);
    expect(json.answer).toContain('4000');
    expect((await run(['search', 'cat '.repeat(25_000), '--json'], { home })).code).toBe(0);
  });

  it('to spaces, people and traces that are not there are told so', async () => {
    const told = (args: string[]) => refused(args, { home });
    expect(await told(['ask', 'why?', '--space', 'nope'])).toEqual({
      ...{ code: 1, sentence: 'There is no space called "nope". There are: acme.' },
    });
    expect(await told(['search', 'why?', '--as', 'nobody'])).toEqual({
      ...{ code: 1, sentence: expect.stringContaining('Nobody in any space is called "nobody"') },
    });
    expect(await told(['trace', 'nope'])).toEqual({ code: 1, sentence: expect.stringContaining('no trace "nope"') });
    expect(await told(['remove', 'nope'])).toEqual({ code: 1, sentence: expect.stringContaining('Spaces: acme.') });
    const { code, json } = await run(['trace', 'nope', '--json'], { home });
    expect([code, json.error.code]).toEqual([1, 'not-found']);
  });

  it('a port in use is said, and the home is free again', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => other.once('listening', resolve));
      const { port } = other.address() as AddressInfo;
      const second = await makeHome();
      expect(await refused(['start'], { home: second, env: { PORT: String(port) } })).toEqual({
        ...{ code: 2, sentence: expect.stringContaining(`Port ${port} is in use by another program`) },
      });
      expect((await run(['status', '--json'], { home: second })).json.spaces).toEqual([]);
    } finally {
      other.close();
    }
  });

  it('and everything else went on meanwhile', async () => {
    expect((await ask('Where does the cat sleep?')).json.answer).toContain('router');
    expect(await started.stop()).toBe(0);
  });
});

describe('archives that are not what they say', () => {
  let home: string;
  let place: string;
  const imported = (path: string) => run(['import', path, '--space', 'acme', '--json'], { home });
  const spaces = async () => (await run(['status', '--json'], { home })).json.spaces;
  beforeAll(async () => {
    home = await makeHome();
    place = await folder();
    await start({ home, args: ['--no-sample'] });
  });

  it('are refused as a whole when they are cut off, a bomb, no zip, or nothing that can be read', async () => {
    const whole = await makeZip(join(place, 'whole.zip'), smallExport);
    const cut = join(place, 'cut.zip');
    await writeFile(cut, await readFile(whole));
    await truncate(cut, Math.floor((await stat(whole)).size * 0.7));
    const spaces8 = Buffer.alloc(8 * 1024 ** 2, ' ');
    const days = Array.from({ length: 8 }, (_, day) => [`general/2024-02-0${day + 1}.json`, spaces8]);
    const bomb = await makeZip(join(place, 'bomb.zip'), { ...smallExport, ...Object.fromEntries(days) });
    await writeFile(join(place, 'text.zip'), 'PK, but not really');
    await mkdir(join(place, 'empty'));
    await mkdir(join(place, 'pictures'));
    await writeFile(join(place, 'pictures/cat.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47]));
    const sentences = {
      [cut]: /not a whole zip file/,
      [bomb]: /zip bomb/,
      [join(place, 'text.zip')]: /not a zip file/,
      [join(place, 'empty')]: /nothing that can be imported.*no files/,
      [join(place, 'pictures')]: /nothing that can be imported.*cat\.png/,
    };
    for (const [path, sentence] of Object.entries(sentences)) {
      const { code, json } = await imported(path);
      expect([code, json.error?.message ?? json]).toEqual([1, expect.stringMatching(sentence)]);
    }
    expect(await spaces()).toEqual([]);
  });

  it('are refused when their lists are no lists', async () => {
    const export_ = join(place, 'lists.zip');
    await makeZip(export_, {
      ...smallExport,
      'channels.json': '{"ok":false',
      'groups.json': '7',
      'mpims.json': '"',
      'dms.json': '',
    });
    const { code, json } = await imported(export_);
    expect([code, json.error?.message]).toEqual([1, expect.stringContaining('no list of channels in it can be read')]);
    expect(await spaces()).toEqual([]);
  });

  it('give what can be read of them, and say what not', async () => {
    const export_ = join(place, 'export');
    await mkdir(join(export_, 'general'), { recursive: true });
    const write = (name: string, content: string | Buffer) => writeFile(join(export_, name), content);
    for (const name of ['users.json', 'channels.json']) await write(name, JSON.stringify(smallExport[name]));
    const day = JSON.stringify([message('1704067200.000100', 'The good one is about walnuts.')]);
    await write('general/2024-01-01.json', day);
    await write('general/2024-01-02.json', day.replace('walnuts', 'hazelnuts').replace('7200', '7300').slice(0, -3));
    await write('general/2024-01-03.json', '<html>Please log in</html>');
    await write(
      'general/2024-01-04.json',
      Buffer.concat([
        Buffer.from('[{"type":"message","user":"U1","ts":"1704067500.000100","text":"bad '),
        Buffer.from([0xff, 0xfe]),
        Buffer.from(' bytes about pecans"}]'),
      ]),
    );
    await makeLongFile(join(export_, 'general/2024-01-05.json'), '[{"text":"', 50 * 1024 ** 2, '"}]');
    const { code, json } = await imported(export_);
    expect(code).toBe(0);
    expect(json.messages.added).toBe(2);
    const reasons = JSON.stringify(json.skipped);
    for (const reason of ['not valid JSON', 'invalid UTF-8', 'larger than can be a message'])
      expect(reasons).toContain(reason);
    const { results } = (await run(['search', 'walnuts pecans', '--json'], { home })).json;
    expect(JSON.stringify(results)).toMatch(/pecans[\s\S]*walnuts|walnuts[\s\S]*pecans/);
    expect((await run(['remove', 'acme'], { home })).code).toBe(0);
  });

  it('leave nothing outside, whatever names they hold, and unpack no bomb', async () => {
    const zip = await makeZip(join(place, 'paths.zip'), {
      'notes.md': '# Notes\n\nThe harmless note is about almonds.\n',
      '../escaped.md': '# Escaped\n\nThe escaped note is about poison.\n',
      '/absolute.md': '# Absolute\n\nThe absolute note is about poison.\n',
      'bomb.md': Buffer.alloc(32 * 1024 ** 2, 'poison '),
    });
    const { code, json } = await imported(zip);
    expect([code, json.pages.added]).toEqual([0, 1]);
    const skipped = JSON.stringify(json.skipped);
    for (const left of ['escaped.md', 'absolute.md', 'zip bomb']) expect(skipped).toContain(left);
    expect((await readdir(place)).filter((name) => name.endsWith('.md'))).toEqual([]);
    expect(JSON.stringify((await run(['search', 'poison note', '--json'], { home })).json)).not.toContain(
      'about poison',
    );
  });

  it('of one document that cannot be read: an error, and nothing is made', async () => {
    const before = await spaces();
    const file = join(place, 'cut.pdf');
    await writeFile(file, '%PDF-1.7 and no more');
    const { code, json } = await run(['import', file, '--space', 'lonely', '--json'], { home });
    expect([code, json.error]).toEqual([1, { code: 'input', message: expect.stringMatching(/^cut\.pdf is damaged/) }]);
    expect(await spaces()).toEqual(before);
  });

  it('of documents: 50 MB of one line, bytes that are no text, and a hostile page do no harm', async () => {
    const docs = join(place, 'docs');
    await mkdir(docs);
    await makeLongFile(join(docs, 'line.txt'), '', 50 * 1024 ** 2, '\n');
    await makeLongFile(join(docs, 'shorter.txt'), 'The long line begins with macadamias. ', 1024 ** 2, '\n');
    await writeFile(join(docs, 'bytes.md'), Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x80, 0x81]));
    await writeFile(join(docs, 'deep.html'), `${'<div>'.repeat(50_000)}The deep page is about cashews.`);
    await writeFile(join(docs, 'fine.md'), '# Fine\n\nThe fine page is about pistachios.\n');
    const { code, json } = await imported(docs);
    expect(code).toBe(0);
    expect(JSON.stringify(json.skipped)).toContain('line.txt');
    for (const word of ['pistachios', 'macadamias', 'cashews']) {
      const { results } = (await run(['search', word, '--json'], { home })).json;
      expect(results[0].text).toContain(word);
    }
  });
});

const digest = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
