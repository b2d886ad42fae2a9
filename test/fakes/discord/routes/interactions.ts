import { findOwn, tokenLivesMs } from '../interactions.ts';
import { invalidForm, refusal } from '../Refused.ts';
import type { Route, RouteCall } from '../Route.ts';
import { renderMessage } from '../render/messages.ts';
import { deleteReply, editReply, postReply } from '../replies.ts';
import type { FakeMessage, InteractionRecord, Json, State } from '../State.ts';
import { validateModal } from '../validateModal.ts';

/** The kinds of interaction (2 command, 3 component, 4 autocomplete, 5 modal) that a callback of that type may answer. */
const answers: Readonly<Record<number, readonly number[]>> = {
  4: [2, 3, 5],
  5: [2, 3, 5],
  6: [3, 5],
  7: [3, 5],
  8: [4],
  9: [2, 3],
};

const callback: Route = {
  route: 'POST /interactions/:interaction/:token/callback',
  auth: 'none',
  run(call) {
    const { state, params, body, query, files } = call;
    const record = state.interactions.get(params.token ?? '');
    if (!record || record.interaction.id !== params.interaction) throw refusal(10062);
    if (record.interaction.state === 'failed') throw refusal(10062);
    if (record.interaction.state === 'answered') throw refusal(40060);
    const { type, data = {} } = body;
    const isDefer = type === 5 || type === 6;
    if (isDefer && state.sparse.defer === 'refused') throw refusal(10062);
    if (isDefer && state.sparse.defer === 'ignored') return undefined;
    if (!answers[type]?.includes(record.type)) {
      throw invalidForm({ type: ['BASE_TYPE_CHOICES', `A callback of type ${type} is no answer to this.`] });
    }
    const message = act(call, record, type, data);
    record.interaction.answer = files.length > 0 ? { ...body, files } : body;
    record.settle();
    if (query.get('with_response') !== 'true') return undefined;
    return {
      interaction: {
        ...{ id: record.interaction.id, type: record.type },
        ...(message
          ? {
              response_message_id: message.id,
              response_message_loading: record.isLoading,
              response_message_ephemeral: record.isEphemeral,
            }
          : {}),
      },
      resource: { type, ...(message ? { message: ownMessage(state, message) } : {}) },
    };
  },
};

function act(call: RouteCall, record: InteractionRecord, type: number, data: Json): FakeMessage | undefined {
  const given = { body: data, files: call.files };
  if (type === 4) return postReply(call, record, given, 'reply');
  if (type === 5) return postReply(call, record, given, 'defer');
  if (type === 9) validateModal(data);
  if (type === 8 && !(data.choices?.length <= 25)) {
    throw invalidForm({ 'data.choices': ['BASE_TYPE_MAX_LENGTH', 'Must be 25 or fewer in length.'] });
  }
  if (type !== 6 && type !== 7) return undefined;
  if (record.messageId === undefined) throw invalidForm({ type: ['BASE_TYPE_CHOICES', 'There is no message here.'] });
  record.originalId = record.messageId;
  return type === 7 ? editReply(call, record, record.messageId, given) : undefined;
}

/** The token is the permission, for a quarter of an hour, once there was an answer. */
function recordFor({ state, params }: RouteCall): InteractionRecord {
  const record = state.interactions.get(params.token ?? '');
  if (!record || params.webhook !== state.app.id) throw refusal(10015);
  if (state.clock.now() > record.interaction.atMs + tokenLivesMs) throw refusal(50027);
  if (record.interaction.state !== 'answered') throw refusal(10015);
  return record;
}

/** One of the interaction's own messages. */
function idOf(record: InteractionRecord, named: string | undefined): string {
  const id = named === '@original' ? record.originalId : named;
  const own = [record.originalId, ...record.followUpIds];
  if (id === undefined || !own.includes(id)) throw refusal(10008);
  return id;
}

const followUp: Route = {
  route: 'POST /webhooks/:webhook/:token',
  auth: 'none',
  run(call) {
    const record = recordFor(call);
    // The first message after a defer takes the place of "thinking …".
    const message =
      record.isLoading && record.originalId !== undefined
        ? editReply(call, record, record.originalId, call)
        : postReply(call, record, call, 'followUp');
    return ownMessage(call.state, message);
  },
};

const get: Route = {
  route: 'GET /webhooks/:webhook/:token/messages/:message',
  auth: 'none',
  run(call) {
    const record = recordFor(call);
    const message = findOwn(call.state, record, idOf(record, call.params.message));
    if (!message) throw refusal(10008);
    return ownMessage(call.state, message);
  },
};

const edit: Route = {
  route: 'PATCH /webhooks/:webhook/:token/messages/:message',
  auth: 'none',
  run(call) {
    const record = recordFor(call);
    return ownMessage(call.state, editReply(call, record, idOf(record, call.params.message), call));
  },
};

const remove: Route = {
  route: 'DELETE /webhooks/:webhook/:token/messages/:message',
  auth: 'none',
  run(call) {
    const record = recordFor(call);
    deleteReply(call, record, idOf(record, call.params.message));
  },
};

function ownMessage(state: State, message: FakeMessage): Json {
  return renderMessage(state, message, { hasContent: true });
}

export const interactionRoutes: readonly Route[] = [callback, followUp, get, edit, remove];
