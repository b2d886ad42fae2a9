import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeSlack } from '../fakes/slack/FakeSlack.ts';
import { startFakeSlack } from '../fakes/slack/startFakeSlack.ts';
import type { Said } from '../fakes/slack/userSide.ts';
import { type FakeWeb, startFakeWeb } from '../fakes/web/startFakeWeb.ts';
import { makeDocx, paragraph } from '../knowledge/read/makeDocx.ts';
import { lines, makePdf } from '../knowledge/read/makePdf.ts';
import { createBackscroll, type Started } from './backscroll.ts';

const MOST_LOOKS = 300;
const { home: makeHome, run, start, clean } = createBackscroll();

const page = (title: string, text: string) => `<title>${title}</title><main><h1>${title}</h1><p>${text}</p></main>`;
const manual = (code: string) =>
  makePdf([
    lines(['Boiler manual', 'Read all of it before you touch the boiler.']),
    lines(['Venting', `To vent the boiler, enter the service code ${code} on the keypad.`]),
  ]);

describe('documents that are linked in a Slack channel', () => {
  let web: FakeWeb;
  let slack: FakeSlack;
  let home: string;
  let env: Record<string, string>;
  let started: Started;
  let said: Said;
  const url = (path: string) => web.at('127.0.0.1', path);
  const json = async (...args: string[]) => {
    const ran = await run([...args, '--json'], { home, env });
    expect([0, 1], ran.stderr).toContain(ran.code);
    return ran.json;
  };
  /** The next answer, and what it cites. */
  async function ask(question: string): Promise<{ answer: string; cited: string[] }> {
    const { answer, citations } = await json('ask', question);
    return { answer, cited: citations.map((citation: { url: string }) => citation.url) };
  }
  async function until(holds: () => Promise<boolean>) {
    for (let i = 0; i < MOST_LOOKS; i++) if (await holds()) return;
    throw new Error('It did not come about.');
  }
  const BOILER = 'What is the service code to vent the boiler?';
  const PAGER = 'Where does the on-call pager hang?';
  const ROOM = 'Which projector does the room Pegasus have?';
  const VPN = 'Which token does the VPN gateway need?';

  beforeAll(async () => {
    web = await startFakeWeb();
    slack = await startFakeSlack();
    slack.addUser('U1', { name: 'ann' });
    slack.addChannel('C1', ['U1'], { name: 'ops' });
    home = await makeHome();
    await mkdir(home);
    // A refresh that is always due, so that what has changed is seen at each sync.
    const links = { pauseSeconds: 0, refreshHours: 0.0000001 };
    await writeFile(join(home, 'backscroll.yaml'), JSON.stringify({ links }));
    env = {
      ...{ SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl },
      LINKS_ALLOW_HOSTS: `127.0.0.1:${web.port}`,
    };
    web.put(url('/boiler.pdf'), { body: manual('4711'), headers: { 'content-type': 'application/pdf' } });
    web.put(url('/vpn'), page('VPN', 'The VPN gateway needs the purple token.'));
    const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    web.put(url('/oncall.docx'), {
      body: await makeDocx(
        paragraph('On call', 'Heading1') + paragraph('The on-call pager hangs in the walnut cupboard.'),
      ),
      headers: { 'content-type': docx },
    });
    web.put(url('/rooms.csv'), {
      body: 'room,projector\nOrion,ceiling\nPegasus,portable\n',
      headers: { 'content-type': 'text/csv' },
    });
    started = await start({ home, env, args: ['--no-sample'] });
    await slack.when(() => slack.sockets.count === 1);
    said = slack
      .user('U1')
      .says(
        'C1',
        `Read <${url('/boiler.pdf')}|the manual>, <${url('/vpn')}>, <${url('/oncall.docx')}>, <${url('/rooms.csv')}>`,
      );
  });
  afterAll(async () => {
    await clean();
    await slack.stop();
    await web.stop();
  });

  it('are read by themselves, and answers cite each by its own address, a PDF with the page', async () => {
    // One after the other, in no order that was promised.
    await until(async () => (await ask(BOILER)).cited.includes(url('/boiler.pdf#page=2')));
    for (const [question, place] of [
      [VPN, '/vpn'],
      [PAGER, '/oncall.docx'],
      [ROOM, '/rooms.csv'],
    ] as const) {
      await until(async () => (await ask(question)).cited.some((cited) => cited.startsWith(url(place))));
    }
    expect((await ask(BOILER)).answer).toContain('4711');
    const vpn = await ask(VPN);
    expect(vpn.answer).toContain('purple');
    expect(vpn.cited).toContainEqual(expect.stringMatching(new RegExp(`^${url('/vpn')}(#|$)`)));
    const pager = await ask(PAGER);
    expect(pager.answer).toContain('walnut');
    expect(pager.cited).toContainEqual(expect.stringContaining(url('/oncall.docx')));
    const room = await ask(ROOM);
    expect(room.answer).toContain('portable');
    expect(room.cited).toContainEqual(expect.stringContaining(url('/rooms.csv')));
  });

  it('are answered from as they are now', async () => {
    web.put(url('/boiler.pdf'), { body: manual('8080'), headers: { 'content-type': 'application/pdf' } });
    web.put(url('/vpn'), page('VPN', 'The VPN gateway needs the orange token.'));
    await json('sync', 'links');
    expect((await ask(BOILER)).answer).toContain('8080');
    expect((await ask(BOILER)).answer).not.toContain('4711');
    expect((await ask(VPN)).answer).toContain('orange');
  });

  it('leave with the link, when its message is edited', async () => {
    slack.user('U1').edits(said, `Read <${url('/boiler.pdf')}|the manual>`);
    await until(async () => {
      await json('sync', 'links');
      return !(await ask(VPN)).answer.includes('orange');
    });
    expect((await ask(VPN)).cited.join()).not.toContain('/vpn');
    expect((await ask(BOILER)).cited).toContain(url('/boiler.pdf#page=2'));
  });

  it('leave with the message', async () => {
    slack.user('U1').deletes(said);
    await until(async () => {
      await json('sync', 'links');
      return !(await ask(BOILER)).answer.includes('8080');
    });
    expect((await ask(BOILER)).cited).toEqual([]);
    expect(slack.violations).toEqual([]);
    expect(await started.stop()).toBe(0);
  });
});
