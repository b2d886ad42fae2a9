import type { Json } from './State.ts';

/** Discord says no: a status, and a body with one of its codes. */
export class Refused extends Error {
  readonly status: number;
  readonly body: Json;

  constructor(status: number, body: Json) {
    super(body?.message ?? String(status));
    this.status = status;
    this.body = body;
  }
}

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes */
const known: Readonly<Record<number, readonly [status: number, message: string]>> = {
  0: [404, '404: Not Found'],
  10002: [404, 'Unknown Application'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10013: [404, 'Unknown User'],
  10014: [400, 'Unknown Emoji'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  30003: [400, 'Maximum number of pins reached for the channel (50)'],
  30010: [400, 'Maximum number of reactions reached (20)'],
  40060: [400, 'Interaction has already been acknowledged.'],
  50001: [403, 'Missing Access'],
  50003: [403, 'Cannot execute action on a DM channel'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50021: [403, 'Cannot execute action on a system message'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50034: [400, 'You can only bulk delete messages that are under 14 days old.'],
  50083: [400, 'Thread is archived'],
  50109: [400, 'The request body contains invalid JSON.'],
  160002: [400, 'Cannot reply without permission to read message history'],
  160004: [400, 'A thread has already been created for this message'],
  160005: [403, 'Thread is locked'],
};

export function refusal(code: keyof typeof known): Refused {
  const [status, message] = known[code] ?? [400, 'Unknown error'];
  return new Refused(status, { message, code });
}

/** What is wrong with a body, by the field's path. */
export type Problems = Record<string, readonly [code: string, message: string]>;

/** 50035, with what is wrong by the field's path: `embeds.0.description`. */
export function invalidForm(problems: Readonly<Problems>): Refused {
  const errors: Json = {};
  for (const [path, [code, message]] of Object.entries(problems)) {
    let at = errors;
    for (const step of path.split('.')) {
      at[step] ??= {};
      at = at[step];
    }
    at._errors = [{ code, message }];
  }
  return new Refused(400, { message: 'Invalid Form Body', code: 50035, errors });
}

export function tooLong(problems: Problems, path: string, text: unknown, most: number): void {
  if (typeof text !== 'string' || [...text].length <= most) return;
  problems[path] = ['BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`];
}
