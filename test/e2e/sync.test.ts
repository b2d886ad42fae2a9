import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeSlack } from '../fakes/slack/FakeSlack.ts';
import { startFakeSlack } from '../fakes/slack/startFakeSlack.ts';
import { createBackscroll, type Started } from './backscroll.ts';
import { writeTeam } from './team.ts';

const MOST_LOOKS = 300;
const backscroll = createBackscroll();
let slack: FakeSlack;
let home: string;
let env: Record<string, string>;
let started: Started | undefined;

beforeEach(async () => {
  slack = await startFakeSlack();
  slack.addUser('U1', { name: 'ann' });
  slack.addUser('U2', { name: 'bob' });
  slack.addChannel('C1', ['U1', 'U2'], { name: 'ops' });
  slack.addChannel('C2', ['U1'], { name: 'random' });
  home = await backscroll.home();
  env = { SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl };
});
afterEach(async () => {
  await started?.stop();
  started = undefined;
  await backscroll.clean();
  await slack.stop();
});

const says = (text: string, thread?: string) => slack.user('U1').says('C1', text, thread ? { thread } : {});
const search = async (words: string): Promise<string> => {
  const { json } = await backscroll.run(['search', words, '--json'], { home, env });
  return json.results.map(({ text }: { text: string }) => text).join('\n');
};
/** Looks until it is so; each look takes a second or so. */
async function until(holds: () => Promise<boolean>) {
  for (let i = 0; i < MOST_LOOKS; i++) if (await holds()) return;
  throw new Error('It did not come about.');
}

describe('backscroll sync', () => {
  it('reads the channels that it is in, says so in one JSON document, and costs nothing the second time', async () => {
    const root = says('How does one reset the thermostat?');
    says('Press the two arrows until it beeps.', root.ts);
    const first = await backscroll.run(['sync', '--json'], { home, env });
    expect(first.code).toBe(0);
    expect(first.json).toMatchObject({
      problems: [],
      sources: expect.arrayContaining([expect.objectContaining({ name: '#ops' })]),
    });
    expect(await search('reset the thermostat')).toContain('two arrows');
    const again = await backscroll.run(['sync', '#ops', '--json'], { home, env });
    expect(again.json.sources).toMatchObject([{ messages: { added: 0, changed: 0, removed: 0 } }]);
    const status = await backscroll.run(['status', '--json'], { home, env });
    expect(status.json.sync.freshness).toContainEqual(
      expect.objectContaining({ id: `slack:${slack.teamId}/C1`, failures: 0, lastSuccessAt: expect.any(String) }),
    );
    const unknown = await backscroll.run(['sync', 'nonsense', '--json'], { home, env });
    expect(unknown.code).not.toBe(0);
    expect(unknown.stderr + unknown.stdout).toContain('There is no source called');
    expect(slack.violations).toEqual([]);
  });

  it('says what is wrong with the token, and ends with 1', async () => {
    slack.setToken('bot', 'revoked');
    const { code, json } = await backscroll.run(['sync', '--json'], { home, env });
    expect(code).toBe(1);
    expect(json.problems).toMatchObject([{ kind: 'slack', sentence: expect.stringContaining('token') }]);
  });
});

describe('backscroll remove', () => {
  it('of a channel that is kept in step keeps it out, until it is taken back', async () => {
    says('The badge printer is with the porter.');
    started = await backscroll.start({ home, env, args: ['--no-sample'] });
    await slack.when(() => slack.sockets.count === 1);
    await until(async () => (await search('badge printer')).includes('porter'));
    const removed = await backscroll.run(['remove', '#ops'], { home, env });
    expect(removed.stdout).toContain('npx backscroll remove --undo "#ops"');
    says('The badge printer is with the janitor now.');
    await backscroll.run(['sync'], { home, env });
    expect(await search('badge printer')).toBe('');
    const status = await backscroll.run(['status', '--json'], { home, env });
    expect(status.json.sync.leftOut).toEqual([{ id: `slack:${slack.teamId}/C1`, name: '#ops' }]);
    // After a restart too.
    await started.stop();
    const again = await backscroll.run(['sync', '--json'], { home, env });
    expect(again.json.sources.map(({ name }: { name: string }) => name)).not.toContain('#ops');
    const unknown = await backscroll.run(['remove', '--undo', '#opz'], { home, env });
    expect(unknown.stderr).toContain('Left out: #ops.');
    expect((await backscroll.run(['remove', '--undo', '#ops'], { home, env })).code).toBe(0);
    await backscroll.run(['sync'], { home, env });
    expect(await search('badge printer')).toContain('porter');
    expect(await search('badge printer')).toContain('janitor');
  });
});

describe('whoever asked to be forgotten', () => {
  const MARKER = 'zwibbelkraft';

  it('is forgotten by the next start, if a kill -9 comes before their words are erased', async () => {
    const root = says('How does one reset the thermostat?');
    slack.user('U2').says('C1', `With ${MARKER}, press the two arrows.`, { thread: root.ts });
    // Where sync does not look: only whoever goes on with forgetting finds this.
    const old = [{ at: 0, user: 'U2', text: `The ${MARKER} of the attic is broken.` }];
    const exported = await writeTeam(await backscroll.folder(), { teamId: slack.teamId, channels: { attic: old } });
    expect((await backscroll.run(['import', exported, '--space', 'acme'], { home, env })).code).toBe(0);
    started = await backscroll.start({ home, env, args: ['--no-sample'] });
    await slack.when(() => slack.sockets.count === 1);
    slack.user('U2').says('C1', `I said ${MARKER}, did I not?`);
    await until(async () => (await search(`did I not say ${MARKER}`)).includes('did I not'));
    // Nothing of a message can be erased for as long as this stands.
    change(
      `CREATE TRIGGER hold_delete BEFORE DELETE ON messages BEGIN SELECT RAISE(ABORT, 'held'); END;
       CREATE TRIGGER hold_update BEFORE UPDATE ON messages BEGIN SELECT RAISE(ABORT, 'held'); END`,
    );
    await slack.user('U2').runs('/backscroll', 'forget-me');
    await started.kill9();
    change('DROP TRIGGER hold_delete; DROP TRIGGER hold_update');
    expect(await wordsLeft()).not.toEqual([]);
    await slack.when(() => slack.sockets.count === 0);
    started = await backscroll.start({ home, env, args: ['--no-sample'] });
    await until(async () => (await wordsLeft()).length === 0);
    expect(await search('reset the thermostat')).toContain('thermostat');
    expect(await search('reset the thermostat')).not.toContain('two arrows');
    expect(await started.stop()).toBe(0);
    expect(await wordsLeft()).toEqual([]);
  });

  function change(sql: string) {
    const database = new DatabaseSync(join(home, 'backscroll.db'));
    database.exec('PRAGMA busy_timeout = 10000');
    database.exec(sql);
    database.close();
  }

  /** The files of the home in which the word stands. */
  async function wordsLeft(): Promise<string[]> {
    const found: string[] = [];
    for (const entry of await readdir(home, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
      if (bytes.toString('latin1').toLowerCase().includes(MARKER)) found.push(entry.name);
    }
    return found;
  }
});

describe('while start runs', () => {
  it('what was said before is read, and what is said, edited and deleted is known at once', async () => {
    const root = says('How does one reset the thermostat?');
    const reply = says('Press the two arrows until it beeps.', root.ts);
    started = await backscroll.start({ home, env, args: ['--no-sample'] });
    await slack.when(() => slack.sockets.count === 1);
    await until(async () => (await search('reset the thermostat')).includes('two arrows'));
    slack.user('U1').edits(reply, 'Press the three arrows until it beeps.');
    await until(async () => (await search('reset the thermostat')).includes('three arrows'));
    expect(await search('reset the thermostat')).not.toContain('two arrows');
    slack.user('U1').deletes(reply);
    await until(async () => !(await search('reset the thermostat')).includes('three arrows'));
    const late = says('Where is the badge printer? It is with the porter.');
    await until(async () => (await search('badge printer')).includes('porter'));
    // A channel that people delete is gone with all that was said in it.
    slack.change('C1', 'deleted');
    await until(async () => !(await search('badge printer')).includes('porter'));
    const { json } = await backscroll.run(['status', '--json'], { home, env });
    expect(json.sync.live).toMatchObject({ events: expect.any(Number), p95Ms: expect.any(Number) });
    expect(late.ts).toBeTruthy();
  });

  it('whoever does not want to be in it is taken out, from then on and backwards', async () => {
    const root = says('How does one reset the thermostat?');
    slack.user('U2').says('C1', 'Bob says: press the two arrows.', { thread: root.ts });
    started = await backscroll.start({ home, env, args: ['--no-sample'] });
    await slack.when(() => slack.sockets.count === 1);
    await until(async () => (await search('reset the thermostat')).includes('two arrows'));
    await slack.user('U2').runs('/backscroll', 'forget-me');
    await until(async () => !(await search('reset the thermostat')).includes('two arrows'));
    slack.user('U2').says('C1', 'Bob says: the porter has the badge.');
    slack.user('U1').says('C1', 'Ann says: the porter has the key.');
    await until(async () => (await search('what has the porter')).includes('the key'));
    expect(await search('what has the porter')).not.toContain('the badge');
  });
});
