import type { Answer, Outlet } from './delivery.ts';
import type { Events } from './events.ts';
import { renderMessage } from './render.ts';
import { sayBack } from './responseUrl.ts';
import type { FakeChannel, FakeUser, FakeView, Json, State } from './State.ts';

/** What people do with buttons, commands, shortcuts and modals: https://docs.slack.dev/interactivity */
export interface Interactions {
  block(user: FakeUser, at: ClickPlace, action: Json): Promise<Answer>;
  messageShortcut(user: FakeUser, callbackId: string, channel: FakeChannel, ts: string): Promise<Answer>;
  command(user: FakeUser, command: string, text: string, channel: FakeChannel): Promise<Answer>;
  view(user: FakeUser, type: 'view_submission' | 'view_closed', view: FakeView, values: Json): Promise<Answer>;
}

export type ClickPlace =
  | { readonly channel: FakeChannel; readonly ts: string; readonly isEphemeral: boolean }
  | { readonly view: FakeView };

export function createInteractions(
  { state, events }: { readonly state: State; readonly events: Events },
  outlet: Outlet,
): Interactions {
  const trigger = (userId: string, viewId?: string): string => {
    const id = `${state.nextId('')}.${state.clock.now()}.fake`;
    state.triggers.set(id, { userId, atMs: state.clock.now(), isUsed: false, ...(viewId ? { viewId } : {}) });
    return id;
  };
  const responseUrl = (channelId: string, userId: string, messageTs?: string): string => {
    const id = state.nextId('');
    const at = { channelId, userId, atMs: state.clock.now(), uses: 0 };
    state.responseUrls.set(id, { ...at, ...(messageTs ? { messageTs } : {}) });
    return `${state.origin}/response/${state.team.id}/${id}`;
  };
  const common = (user: FakeUser) => ({
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    api_app_id: state.app.id,
    token: state.app.verificationToken,
    team: { id: state.team.id, domain: state.team.domain },
    enterprise: null,
    is_enterprise_install: false,
  });
  const place = (channel: FakeChannel) => ({
    id: channel.id,
    name: channel.kind === 'im' ? 'directmessage' : channel.name,
  });
  const deliver = (body: Json) => outlet.deliver({ kind: 'interactive', body }).answered;

  return {
    block(user, at, action) {
      const actions = [{ ...action, action_ts: state.nextTs() }];
      if ('view' in at) {
        return deliver({
          type: 'block_actions',
          ...common(user),
          container: { type: 'view', view_id: at.view.id },
          trigger_id: trigger(user.id, at.view.id),
          view: at.view.payload,
          actions,
        });
      }
      const { channel, ts, isEphemeral } = at;
      const message = channel.messages.get(ts);
      const ephemeral = channel.ephemerals.find((one) => one.ts === ts);
      const shown = message
        ? renderMessage(state, channel, message)
        : { type: 'message', subtype: 'bot_message', ts, text: ephemeral?.text, blocks: ephemeral?.blocks };
      const threadTs = message?.threadTs ?? ephemeral?.threadTs;
      return deliver({
        type: 'block_actions',
        ...common(user),
        container: {
          type: 'message',
          message_ts: ts,
          channel_id: channel.id,
          is_ephemeral: isEphemeral,
          ...(threadTs ? { thread_ts: threadTs } : {}),
        },
        trigger_id: trigger(user.id),
        channel: place(channel),
        // An ephemeral message is not stored, so that Slack does not send it along.
        ...(isEphemeral ? {} : { message: shown }),
        state: { values: {} },
        response_url: responseUrl(channel.id, user.id, ts),
        actions,
      });
    },

    messageShortcut(user, callbackId, channel, ts) {
      const message = channel.messages.get(ts);
      if (!message) throw new Error(`No message ${ts} in ${channel.id}.`);
      return deliver({
        type: 'message_action',
        ...common(user),
        action_ts: state.nextTs(),
        callback_id: callbackId,
        trigger_id: trigger(user.id),
        response_url: responseUrl(channel.id, user.id),
        message_ts: ts,
        channel: place(channel),
        message: renderMessage(state, channel, message),
      });
    },

    async command(user, command, text, channel) {
      const body = {
        token: state.app.verificationToken,
        team_id: state.team.id,
        team_domain: state.team.domain,
        channel_id: channel.id,
        channel_name: place(channel).name,
        user_id: user.id,
        user_name: user.name,
        command,
        text,
        api_app_id: state.app.id,
        is_enterprise_install: 'false',
        response_url: responseUrl(channel.id, user.id),
        trigger_id: trigger(user.id),
      };
      const answer = await outlet.deliver({ kind: 'command', body }).answered;
      const said = typeof answer.payload === 'string' ? { text: answer.payload } : answer.payload;
      if (said) sayBack({ state, events }, channel, { userId: user.id }, said);
      return answer;
    },

    view(user, type, view, values) {
      const filled = { ...view.payload, state: { values } };
      if (type === 'view_closed') return deliver({ type, ...common(user), view: filled, is_cleared: false });
      return deliver({ type, ...common(user), trigger_id: trigger(user.id, view.id), view: filled, response_urls: [] });
    },
  };
}
