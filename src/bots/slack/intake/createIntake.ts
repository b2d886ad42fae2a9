import type { ReceiverEvent } from '@slack/bolt';
import { sha256 } from '../../../base/hash.ts';
import type { Log } from '../../../base/log.ts';
import type { Inbox } from '../../../store/inbox.ts';
import { createEventQueue, readJson } from '../../createEventQueue.ts';
import type { Hearing } from '../../Hearing.ts';
import { envelopeSchema } from './eventSchemas.ts';

/** Under this name Slack's events lie in the inbox; questions lie there under their own. */
const INBOX = 'slack:event';
export type SlackEvent = { readonly type: string } & Readonly<Record<string, unknown>>;

/** What Slack sends: stored, then acknowledged, then worked on; each event once, one channel's in order. */
export interface Intake {
  /** Takes what a receiver hands over. Rejects when it could not be stored: Slack sends it again. */
  receive(received: ReceiverEvent): Promise<void>;
  /** Takes up what an earlier process left unfinished. */
  resume(): Promise<void>;
  /** Resolves when nothing is being worked on. */
  idle(): Promise<void>;
}

export function createIntake(deps: {
  readonly inbox: Inbox;
  readonly log: Log;
  /** Whether an event is any of our business; what is not is acknowledged and forgotten. */
  readonly isWanted: (event: SlackEvent) => Promise<boolean>;
  /** Does the work, on acknowledged events and on everything that is not an event. */
  readonly work: (received: ReceiverEvent) => Promise<void>;
  /** Who hears them too, and keeps them for itself. */
  readonly hearing?: Hearing<SlackEvent> | undefined;
}): Intake {
  const { inbox, log } = deps;
  const queue = createEventQueue({
    ...{ inbox, log, name: INBOX },
    parse: (payload) => envelopeSchema.safeParse(readJson(payload)).data,
    placeOf: ({ event }) => channelOf(event),
    work: (body) => deps.work({ body, ack: async () => {} }),
  });

  async function receiveEvent({ body, ack }: ReceiverEvent): Promise<void> {
    const parsed = envelopeSchema.safeParse(body);
    const event = parsed.data?.event;
    const isHeard = event !== undefined && deps.hearing?.isWanted(event) === true;
    const isWanted = event !== undefined && (await deps.isWanted(event));
    if (!event || !(isWanted || isHeard)) {
      log.debug({ type: event?.type ?? 'unreadable' }, 'an event of Slack is left alone');
      return acknowledge(ack);
    }
    // Every event of Slack's has an id; without one, the same words at the same time are the same event.
    const id = `slack:${parsed.data?.event_id ?? sha256(JSON.stringify(event))}`;
    const [fresh] = await Promise.all([
      isWanted && inbox.accept({ id, platform: INBOX, payload: JSON.stringify(body) }),
      isHeard && deps.hearing?.keep(id, event),
    ]);
    await acknowledge(ack);
    if (fresh) queue.add(id, parsed.data as NonNullable<typeof parsed.data>);
  }

  async function acknowledge(ack: ReceiverEvent['ack']) {
    try {
      await ack();
    } catch (error) {
      // The socket closed meanwhile: it comes again, and is known then.
      log.debug({ err: error }, 'an event could not be acknowledged');
    }
  }

  return {
    async receive(received) {
      const { body } = received;
      if (typeof body !== 'object' || body === null) return acknowledge(received.ack);
      if ('event' in body || body.type === 'event_callback') return receiveEvent(received);
      let isAcknowledged = false;
      const ack: ReceiverEvent['ack'] = async (response) => {
        if (isAcknowledged) return;
        isAcknowledged = true;
        await received.ack(response);
      };
      try {
        await deps.work({ ...received, ack });
      } catch (error) {
        log.error({ err: error }, 'what somebody did in Slack could not be worked on');
      }
      // Nothing of ours listens to it; without an answer the person would be shown a warning.
      await acknowledge(ack);
    },
    resume: queue.resume,
    idle: queue.idle,
  };
}

/** The id under which an interaction is known when it is delivered again. */
export function interactionId(kind: string, ...parts: readonly string[]): string {
  return `slack:${kind}:${sha256(parts.join(' ')).slice(0, 32)}`;
}

function channelOf(event: SlackEvent): string {
  const { channel, item } = event as { channel?: unknown; item?: { channel?: unknown } | null };
  if (typeof channel === 'string') return channel;
  return typeof item?.channel === 'string' ? item.channel : event.type;
}
