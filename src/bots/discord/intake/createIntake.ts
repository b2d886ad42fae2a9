import { z } from 'zod';
import type { GatewayEvent } from '../../../platforms/discord/gateway/createGateway.ts';
import { snowflakeMs } from '../../../platforms/discord/snowflake.ts';
import { createEventQueue, type EventQueue, readJson } from '../../createEventQueue.ts';
import type { Hearing } from '../../Hearing.ts';
import type { AskEvents } from '../listeners/askEvents.ts';
import type { Listeners } from '../listeners/createListeners.ts';
import type { Room } from '../Room.ts';
import { type Interaction, interactionSchema, personOf } from './schemas.ts';

/** Under this name Discord's events lie in the inbox; questions lie there under their own. */
const INBOX = 'discord:event';

const storedSchema = z.object({ type: z.string(), data: z.unknown() });
type Stored = z.output<typeof storedSchema>;

/** What Discord sends: stored, then acknowledged, then worked on; each event once, one channel's in order. */
export interface Intake extends Pick<EventQueue<Stored>, 'resume' | 'idle'> {
  /** Resolves when it is stored, or when there is nothing to store. */
  receive(event: GatewayEvent): Promise<void> | undefined;
  /** A message that was read in a history: if it is a question that was never heard, it is worked on. */
  met(raw: unknown): void;
}

/** A question that is older when it is found is not answered any more. */
const MISSED_MS = 3_600_000;

/** @param hearing who hears the events too, and keeps them for itself */
export function createIntake(
  room: Room,
  listeners: Listeners,
  asks: AskEvents,
  hearing?: Hearing<GatewayEvent>,
): Intake {
  const { inbox } = room.store;
  const queue = createEventQueue<Stored>({
    ...{ inbox, name: INBOX, log: room.log },
    parse: (payload) => storedSchema.safeParse(readJson(payload)).data,
    placeOf: ({ data, type }) => String((data as { channel_id?: unknown } | null)?.channel_id ?? type),
    work: ({ type, data }, id) => listeners.work(type, data, id),
  });

  async function store(id: string, { type, data }: Stored): Promise<boolean> {
    return inbox.accept({ id, platform: INBOX, payload: JSON.stringify({ type, data }) });
  }

  async function keep(id: string, event: Stored): Promise<void> {
    if (await store(id, event)) queue.add(id, event);
  }

  async function interaction(interaction: Interaction, event: Stored): Promise<void> {
    const person = personOf(interaction);
    if (!person) return;
    if (!asks.isAsking(interaction)) return listeners.interaction(interaction, person.id);
    const id = `discord:interaction:${interaction.id}`;
    const isFresh = await store(id, event);
    const { id: own, token } = interaction;
    void room.chat.defers.begin({ id: own, token, isPrivate: asks.isPrivate(interaction) });
    if (isFresh) queue.add(id, event);
  }

  function receiveOwn({ type, data, id }: GatewayEvent): Promise<void> | undefined {
    switch (type) {
      case 'INTERACTION_CREATE': {
        const read = interactionSchema.safeParse(data);
        if (!read.success) return undefined;
        return interaction(read.data, { type, data });
      }
      case 'MESSAGE_CREATE':
        if (!listeners.isQuestion(data)) return undefined;
        return keep(`discord:message:${(data as { id: string }).id}`, { type, data });
      case 'MESSAGE_DELETE':
        if (!listeners.wasAsked(data)) return undefined;
        return keep(`discord:${id}`, { type, data });
      case 'MESSAGE_REACTION_ADD':
      case 'MESSAGE_REACTION_REMOVE':
        if (!listeners.isThumb(data)) return undefined;
        return keep(`discord:${id}`, { type, data });
      default:
        return undefined;
    }
  }

  return {
    resume: queue.resume,
    idle: queue.idle,
    receive(event) {
      const own = receiveOwn(event);
      const heard = hearing?.isWanted(event) ? hearing.keep(event.id, event) : undefined;
      return own && heard ? Promise.all([own, heard]).then(() => {}) : (own ?? heard);
    },
    met(data) {
      const { id = '' } = data as { id?: string };
      if (snowflakeMs(id) < room.api.timing.now() - MISSED_MS || !listeners.isQuestion(data)) return;
      keep(`discord:message:${id}`, { type: 'MESSAGE_CREATE', data }).catch((err) =>
        room.log.error({ err }, 'a question that was missed could not be stored'),
      );
    },
  };
}
