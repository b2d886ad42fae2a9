import { z } from 'zod';
import type { Room } from '../Room.ts';
import type { Component } from '../render/components.ts';

const MESSAGE = 4;
const CHOICES = 8;
const MODAL = 9;
const EPHEMERAL = 1 << 6;
const WITHIN_MS = 2_800;

interface Asked {
  readonly id: string;
  readonly token: string;
}

async function callback({ api, log }: Room, { id, token }: Asked, type: number, data: object): Promise<boolean> {
  const options = { answer: z.unknown(), priority: 'answer' as const, brief: true, withinMs: WITHIN_MS };
  try {
    await api.call('POST', `/interactions/${id}/${token}/callback`, { ...options, body: { type, data } });
    return true;
  } catch (error) {
    log.debug({ err: error }, 'an interaction could not be answered: it is too late, or Discord is away');
    return false;
  }
}

/** A word to who did something, that nobody else sees. False when it did not arrive; nothing may hang on it. */
export function tell(
  room: Room,
  asked: Asked,
  content: string,
  components: readonly Component[] = [],
): Promise<boolean> {
  return callback(room, asked, MESSAGE, {
    content: content.slice(0, 2_000),
    components,
    flags: EPHEMERAL,
    allowed_mentions: { parse: [] },
  });
}

export function openModal(room: Room, asked: Asked, modal: Component): Promise<boolean> {
  return callback(room, asked, MODAL, modal);
}

export function offerChoices(
  room: Room,
  asked: Asked,
  choices: readonly { readonly name: string; readonly value: string }[],
): Promise<boolean> {
  return callback(room, asked, CHOICES, { choices: choices.slice(0, 25) });
}
