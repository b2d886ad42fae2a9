import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../clock/createClock.ts';
import { type Connected, connectBySocket, connectClient, errorOf } from './connect.ts';
import type { FakeSlack } from './FakeSlack.ts';
import type { Json } from './State.ts';
import { startFakeSlack } from './startFakeSlack.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

describe('buttons, modals, shortcuts and commands of the fake Slack, with a real Bolt app', () => {
  let slack: FakeSlack;
  let app: Connected;
  /** The bodies that the app was given. */
  let bodies: Json[];
  /** What the app does with the next of them. */
  let react: (args: Json) => Promise<unknown>;

  beforeEach(async () => {
    bodies = [];
    react = ({ ack }) => ack();
    slack = await startFakeSlack({ clock: createClock({ running: false }) });
    for (const id of ['U1', 'U2']) slack.addUser(id);
    slack.addChannel('C1', ['U1', 'U2'], { name: 'general' });
    const listen = async (args: Json) => {
      bodies.push(args.body);
      await react(args);
    };
    app = await connectBySocket(slack, (bolt) => {
      bolt.action(/.*/, listen);
      bolt.command('/backscroll', listen);
      bolt.shortcut('ask_about', listen);
      bolt.view('correction', listen);
      bolt.view({ callback_id: 'correction', type: 'view_closed' }, listen);
    });
  });
  afterEach(async () => {
    await app.stop();
    await slack.stop();
  });

  const feedback = {
    type: 'context_actions',
    block_id: 'votes',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'vote',
        positive_button: { text: plain('Good'), value: 'a1:up' },
        negative_button: { text: plain('Bad'), value: 'a1:down' },
      },
    ],
  };
  const post = async (blocks: object[]) => {
    const { ts = '' } = await connectClient(slack).chat.postMessage({
      channel: 'C1',
      text: 'Answer',
      blocks: blocks as never,
    });
    return { channel: 'C1', ts };
  };
  const modal = (more: object = {}): Json => ({
    type: 'modal',
    callback_id: 'correction',
    private_metadata: 'a1',
    notify_on_close: true,
    title: plain('What was wrong?'),
    submit: plain('Send'),
    blocks: [
      {
        type: 'input',
        block_id: 'reason',
        label: plain('Reason'),
        element: {
          type: 'static_select',
          action_id: 'pick',
          options: [
            { text: plain('Wrong'), value: 'wrong' },
            { text: plain('Old'), value: 'old' },
          ],
        },
      },
      {
        type: 'input',
        block_id: 'text',
        optional: true,
        label: plain('Should be'),
        element: { type: 'plain_text_input', action_id: 'say' },
      },
    ],
    ...more,
  });
  const opens = (view: Json) => {
    react = async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view });
    };
  };

  it('sends a vote as Slack does', async () => {
    const where = await post([feedback]);
    expect(await slack.user('U2').clicks(where, 'a1:down')).toEqual({ isAcked: true });
    expect(bodies).toMatchObject([
      {
        type: 'block_actions',
        user: { id: 'U2', team_id: 'T0FAKE001' },
        team: { id: 'T0FAKE001', domain: 'acme' },
        container: { type: 'message', message_ts: where.ts, channel_id: 'C1', is_ephemeral: false },
        channel: { id: 'C1', name: 'general' },
        message: { ts: where.ts, bot_id: slack.botId },
        trigger_id: expect.any(String),
        response_url: expect.stringContaining('/response/'),
        actions: [
          {
            type: 'feedback_buttons',
            action_id: 'vote',
            block_id: 'votes',
            value: 'a1:down',
            text: { text: 'Bad' },
            action_ts: expect.any(String),
          },
        ],
      },
    ]);
    await slack.user('U1').clicks(where, 'positive_button');
    expect(bodies[1].actions).toMatchObject([{ value: 'a1:up' }]);
    expect(slack.violations).toEqual([]);
  });

  it('sends a click on a button, and in an ephemeral message without the message', async () => {
    const button = {
      type: 'actions',
      elements: [{ type: 'button', action_id: 'undo', text: plain('Undo'), value: 'v1' }],
    };
    await slack.user('U1').clicks(await post([button]), 'undo');
    await connectClient(slack).chat.postEphemeral({ channel: 'C1', user: 'U1', text: 'x', blocks: [button] as never });
    const [seen] = slack.ephemerals('U1');
    await slack.user('U1').clicks({ channel: 'C1', ts: seen?.ts ?? '' }, 'v1');
    expect(bodies[0].actions).toMatchObject([
      { type: 'button', action_id: 'undo', value: 'v1', text: { text: 'Undo' } },
    ]);
    expect(bodies[1]).toMatchObject({ container: { is_ephemeral: true, message_ts: seen?.ts } });
    expect(bodies[1]).not.toHaveProperty('message');
    await expect(slack.user('U1').clicks({ channel: 'C1', ts: seen?.ts ?? '' }, 'redo')).rejects.toThrow(
      'nothing called redo',
    );
  });

  it('opens a modal by a trigger, and sends what was typed', async () => {
    opens(modal());
    await slack.user('U1').clicks(await post([feedback]), 'a1:down');
    await slack.when(() => slack.views('U1').length === 1);
    react = ({ ack }) => ack();
    expect(await slack.user('U1').submits('correction', { reason: 'old', say: 'Tuesday' })).toEqual({ isAcked: true });
    expect(bodies[1]).toMatchObject({
      type: 'view_submission',
      user: { id: 'U1' },
      view: {
        callback_id: 'correction',
        private_metadata: 'a1',
        state: {
          values: {
            reason: { pick: { type: 'static_select', selected_option: { value: 'old' } } },
            text: { say: { type: 'plain_text_input', value: 'Tuesday' } },
          },
        },
      },
    });
    expect(slack.views('U1')).toEqual([]);
    expect(slack.violations).toEqual([]);
  });

  it('lets nobody submit what is not filled, or is not there', async () => {
    opens(modal());
    await slack.user('U1').clicks(await post([feedback]), 'a1:down');
    await slack.when(() => slack.views('U1').length === 1);
    const submits = (values: object) => slack.user('U1').submits('correction', values as Record<string, string>);
    await expect(submits({})).rejects.toThrow('reason must be filled');
    await expect(submits({ reason: 'other' })).rejects.toThrow('no option other');
    await expect(submits({ reason: 'old', mood: 'x' })).rejects.toThrow('no input mood');
    await expect(slack.user('U2').submits('correction')).rejects.toThrow('no open view');
  });

  it('keeps a modal open for errors, replaces it, stacks others on it and clears them', async () => {
    opens(modal());
    await slack.user('U1').clicks(await post([feedback]), 'a1:down');
    await slack.when(() => slack.views('U1').length === 1);
    const submit = async (answer: object) => {
      react = ({ ack }) => ack(answer);
      await slack.user('U1').submits('correction', { reason: 'old' });
      return slack.views('U1').map((view) => view.payload.title.text);
    };
    expect(await submit({ response_action: 'errors', errors: { reason: 'No.' } })).toEqual(['What was wrong?']);
    expect(await submit({ response_action: 'update', view: modal({ title: plain('Again') }) })).toEqual(['Again']);
    expect(await submit({ response_action: 'push', view: modal({ title: plain('More') }) })).toEqual(['Again', 'More']);
    expect(await submit({ response_action: 'clear' })).toEqual([]);
    expect(slack.violations).toEqual([]);
  });

  it('notes answers that a modal cannot have', async () => {
    opens(modal());
    await slack.user('U1').clicks(await post([feedback]), 'a1:down');
    await slack.when(() => slack.views('U1').length === 1);
    react = ({ ack }) => ack({ response_action: 'errors', errors: { mood: 'No.' } });
    await slack.user('U1').submits('correction', { reason: 'old' });
    react = ({ ack }) => ack({ response_action: 'update', view: modal({ title: plain('x'.repeat(25)) }) });
    await slack.user('U1').submits('correction', { reason: 'old' });
    expect(slack.violations).toEqual([expect.stringContaining('mood'), expect.stringContaining('bad view')]);
  });

  it('tells of a modal that was closed half-way, if it wants to know', async () => {
    opens(modal());
    await slack.user('U1').clicks(await post([feedback]), 'a1:down');
    await slack.when(() => slack.views('U1').length === 1);
    react = ({ ack }) => ack();
    await slack.user('U1').closes('correction');
    expect(bodies[1]).toMatchObject({ type: 'view_closed', is_cleared: false, view: { callback_id: 'correction' } });
    expect(slack.views('U1')).toEqual([]);
  });

  it('lets a trigger be used once, within three seconds', async () => {
    const client = connectClient(slack);
    const where = await post([feedback]);
    const trigger = async () => {
      await slack.user('U1').clicks(where, 'a1:down');
      return bodies.at(-1).trigger_id;
    };
    const used = await trigger();
    await client.views.open({ trigger_id: used, view: modal() });
    expect(await errorOf(client.views.open({ trigger_id: used, view: modal() }))).toBe('exchanged_trigger_id');
    const late = await trigger();
    slack.clock.advance(3001);
    expect(await errorOf(client.views.open({ trigger_id: late, view: modal() }))).toBe('expired_trigger_id');
    expect(await errorOf(client.views.open({ trigger_id: 'none', view: modal() }))).toBe('invalid_trigger_id');
  });

  it.each<[string, object]>([
    ['a long title', { title: plain('x'.repeat(25)) }],
    ['inputs without a way to submit', { submit: undefined }],
    ['a message-only block', { blocks: [feedback] }],
    ['a long secret', { private_metadata: 'x'.repeat(3001) }],
  ])('refuses a modal with %s', async (_, more) => {
    await slack.user('U1').clicks(await post([feedback]), 'a1:down');
    const call = connectClient(slack).views.open({ trigger_id: bodies[0].trigger_id, view: modal(more) });
    expect(await errorOf(call)).toBe('invalid_arguments');
    expect(slack.violations).toHaveLength(1);
  });

  it('updates a view that is open and has not changed meanwhile', async () => {
    const client = connectClient(slack);
    await slack.user('U1').clicks(await post([feedback]), 'a1:down');
    const { view } = await client.views.open({ trigger_id: bodies[0].trigger_id, view: modal() });
    const update = (more: object) => client.views.update({ view_id: view?.id, view: modal(), ...more } as never);
    await update({ hash: view?.hash });
    expect(await errorOf(update({ hash: view?.hash }))).toBe('hash_conflict');
    expect(await errorOf(update({ view_id: 'V404' }))).toBe('not_found');
    react = ({ ack }) => ack();
    await slack.user('U1').submits('correction', { reason: 'old' });
    expect(await errorOf(update({}))).toBe('not_found');
  });

  it('runs commands and message shortcuts', async () => {
    react = ({ ack }) => ack({ text: 'Working on it', response_type: 'ephemeral' });
    await slack.user('U1').runs('/backscroll', 'ask when?', 'C1');
    react = ({ ack }) => ack();
    const said = slack.user('U2').says('C1', 'On Tuesday.');
    await slack.user('U1').usesShortcut('ask_about', said);
    expect(bodies).toMatchObject([
      {
        command: '/backscroll',
        text: 'ask when?',
        channel_id: 'C1',
        channel_name: 'general',
        user_id: 'U1',
        team_domain: 'acme',
      },
      {
        type: 'message_action',
        callback_id: 'ask_about',
        message_ts: said.ts,
        message: { text: 'On Tuesday.' },
        channel: { id: 'C1' },
      },
    ]);
    expect(slack.ephemerals('U1')).toMatchObject([{ text: 'Working on it' }]);
  });

  it('fails for the person when nothing is acknowledged in three seconds, and is not tried again', async () => {
    react = async () => slack.clock.advance(3000);
    expect(await slack.user('U1').runs('/backscroll', 'help')).toEqual({ isAcked: false });
    expect(bodies).toHaveLength(1);
  });

  describe('a response_url', () => {
    let respond: (message: Json) => Promise<Response>;
    beforeEach(() => {
      react = async ({ ack, respond: say }) => {
        await ack();
        respond = say;
      };
    });

    it('answers to one person, or to all', async () => {
      await slack.user('U1').runs('/backscroll', 'help', 'C1');
      await respond('Only you see this.');
      await respond({ text: 'All see this.', response_type: 'in_channel' });
      expect(slack.ephemerals('U1')).toMatchObject([{ text: 'Only you see this.' }]);
      expect(slack.messages('C1')).toMatchObject([{ text: 'All see this.', botId: slack.botId }]);
    });

    it('replaces and deletes what was clicked', async () => {
      const where = await post([feedback]);
      await slack.user('U1').clicks(where, 'a1:up');
      await respond({ text: 'Thanks.', replace_original: true });
      expect(slack.message('C1', where.ts)?.text).toBe('Thanks.');
      await respond({ delete_original: true });
      expect(slack.messages('C1')).toEqual([]);
    });

    it('replaces and deletes an ephemeral message', async () => {
      const button = { type: 'actions', elements: [{ type: 'button', action_id: 'undo', text: plain('Undo') }] };
      await connectClient(slack).chat.postEphemeral({
        channel: 'C1',
        user: 'U1',
        text: 'x',
        blocks: [button] as never,
      });
      await slack.user('U1').clicks({ channel: 'C1', ts: slack.ephemerals('U1')[0]?.ts ?? '' }, 'undo');
      await respond({ text: 'Undone.', replace_original: true });
      expect(slack.ephemerals('U1')).toMatchObject([{ text: 'Undone.' }]);
      await respond({ delete_original: true });
      expect(slack.ephemerals('U1')).toEqual([]);
    });

    it('is good for five times and half an hour', async () => {
      await slack.user('U1').runs('/backscroll', 'help', 'C1');
      for (let i = 0; i < 5; i += 1) await respond('x');
      await expect(respond('x')).rejects.toThrow('404');
      await slack.user('U1').runs('/backscroll', 'help', 'C1');
      slack.clock.advance(30 * 60_000 + 1);
      await expect(respond('x')).rejects.toThrow('404');
    });

    it('refuses blocks that a post would refuse', async () => {
      await slack.user('U1').runs('/backscroll', 'help', 'C1');
      await expect(respond({ text: 'x', blocks: [{ type: 'nope' }] })).rejects.toThrow('500');
      expect(slack.violations).toEqual(['response_url: invalid_blocks']);
    });
  });

  it('shows the status of a thread until it is answered, or for two minutes', async () => {
    const client = connectClient(slack);
    const { ts } = slack.user('U1').says('C1', 'When?');
    const set = (status: string) => client.assistant.threads.setStatus({ channel_id: 'C1', thread_ts: ts, status });
    await set('is reading');
    expect(slack.status('C1', ts)).toBe('is reading');
    slack.clock.advance(120_001);
    expect(slack.status('C1', ts)).toBeUndefined();
    await set('is writing');
    slack.clock.advance(1);
    await client.chat.postMessage({ channel: 'C1', thread_ts: ts, text: 'Tuesday.' });
    expect(slack.status('C1', ts)).toBeUndefined();
    await set('once more');
    await set('');
    expect(slack.status('C1', ts)).toBeUndefined();
    expect(slack.statuses).toHaveLength(4);
    const messages = Array.from({ length: 11 }, () => 'x');
    const many = { channel_id: 'C1', thread_ts: ts, status: 'x', loading_messages: messages as never };
    expect(await errorOf(client.assistant.threads.setStatus(many))).toBe('invalid_arguments');
    expect(await errorOf(client.assistant.threads.setTitle({ channel_id: 'C1', thread_ts: ts, title: 'x' }))).toBe(
      'invalid_thread_ts',
    );
  });

  it('keeps what an assistant thread was given', async () => {
    const client = connectClient(slack);
    const { channel, threadTs } = slack.user('U1').opensAssistant('C1');
    const at = { channel_id: channel, thread_ts: threadTs };
    const prompt = { title: 'Deploys', message: 'How do we deploy?' };
    await client.assistant.threads.setTitle({ ...at, title: 'Deploys' });
    await client.assistant.threads.setSuggestedPrompts({ ...at, prompts: [prompt], title: 'Try' });
    expect(slack.channel(channel).assistantThreads.get(threadTs)).toMatchObject({
      title: 'Deploys',
      prompts: { title: 'Try', prompts: [prompt] },
      context: { channel_id: 'C1' },
    });
    const five = { ...at, prompts: Array.from({ length: 5 }, () => prompt) as never };
    expect(await errorOf(client.assistant.threads.setSuggestedPrompts(five))).toBe('invalid_arguments');
  });
});
