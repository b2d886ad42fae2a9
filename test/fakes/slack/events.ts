import type { Answer, Delivery, Outlet } from './delivery.ts';
import type { FakeChannel, Json, State } from './State.ts';
import { scopesOfEvent, subscriptionOf } from './subscriptions.ts';

/** Where events are made into what the app receives. */
export interface Events {
  /**
   * Something happened. The app hears of it if it subscribed, has the scope, and can see the channel.
   * Returns the event's id; undefined when the app does not hear of it.
   */
  emit(event: Json, channel?: FakeChannel): string | undefined;
  /** Every event the app was to hear of, oldest first, with what became of it. */
  readonly sent: readonly SentEvent[];
  /** Loses the next so many events, as Slack now and then does. */
  drop(times: number): void;
  /** Sends an event once more, with the same id, as Slack does when an acknowledgement was lost on its way. */
  redeliver(eventId: string, retryNum?: number): Promise<Answer>;
  /** What the app is subscribed to; `all` is everything there is. */
  subscribe(subscriptions: readonly string[] | 'all'): void;
}

export interface SentEvent {
  readonly eventId: string;
  readonly type: string;
  readonly body: Json;
  readonly isDropped: boolean;
  readonly delivery: Delivery | undefined;
}

/** Events of a channel that even those outside of it hear of, if it is public. */
const heardOutside = /^channel_(created|deleted|rename|archive|unarchive|shared|unshared|id_changed)$/;

export function createEvents(state: State, outlet: Outlet, options: readonly string[] | 'all'): Events {
  const sent: SentEvent[] = [];
  let subscriptions = options;
  let toDrop = 0;

  function isHeard(subscription: string, channel: FakeChannel | undefined): boolean {
    if (subscriptions !== 'all' && !subscriptions.includes(subscription)) return false;
    const bot = [...state.tokens.values()].find((token) => token.kind === 'bot');
    const needed = scopesOfEvent(subscription);
    if (!bot || (needed.length > 0 && !needed.some((scope) => bot.scopes.includes(scope)))) return false;
    if (bot.state !== 'good' && subscription !== 'tokens_revoked' && subscription !== 'app_uninstalled') return false;
    if (!channel || channel.members.has(state.app.botUserId)) return true;
    return channel.kind === 'public' && heardOutside.test(subscription);
  }

  return {
    sent,
    emit(event, channel) {
      const subscription = subscriptionOf(event, channel);
      state.changed();
      if (!isHeard(subscription, channel)) return undefined;
      const eventId = state.nextId('Ev');
      const body = envelope(state, eventId, event, channel);
      const isDropped = toDrop > 0;
      if (isDropped) toDrop -= 1;
      const delivery = isDropped ? undefined : outlet.deliver({ kind: 'event', body });
      sent.push({ eventId, type: event.type, body, isDropped, delivery });
      state.changed();
      return eventId;
    },
    drop(times) {
      toDrop += times;
    },
    redeliver(eventId, retryNum = 1) {
      const event = sent.find((one) => one.eventId === eventId);
      if (!event) throw new Error(`No event ${eventId} was sent.`);
      return outlet.deliver({ kind: 'event', body: event.body }, { retryNum }).answered;
    },
    subscribe(names) {
      subscriptions = names;
    },
  };
}

/** https://docs.slack.dev/apis/events-api/#event-type-structure */
function envelope(state: State, eventId: string, event: Json, channel: FakeChannel | undefined): Json {
  return {
    token: state.app.verificationToken,
    team_id: state.team.id,
    context_team_id: state.team.id,
    context_enterprise_id: null,
    api_app_id: state.app.id,
    event,
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(state.clock.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: state.team.id,
        user_id: state.app.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: channel?.isExtShared ?? false,
    event_context: Buffer.from(JSON.stringify({ et: event.type, tid: state.team.id, aid: state.app.id })).toString(
      'base64url',
    ),
  };
}
