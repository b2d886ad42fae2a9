import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { unknownModel } from './answerEmbeddings.ts';
import { countTokens } from './countTokens.ts';
import { invalid, type Problem } from './problem.ts';
import type { ChatScript, Dialect } from './Script.ts';

const Body = z.strictObject({
  model: z.string(),
  messages: z
    .array(z.strictObject({ role: z.enum(['system', 'developer', 'user', 'assistant']), content: z.string() }))
    .min(1),
  stream: z.boolean().optional(),
  stream_options: z.strictObject({ include_usage: z.boolean() }).optional(),
  max_tokens: z.int().min(1).optional(),
  max_completion_tokens: z.int().min(1).optional(),
  temperature: z.number().min(0).max(2).optional(),
});
type Body = z.infer<typeof Body>;

export interface ChatServer {
  readonly models: readonly string[];
  readonly dialect: Dialect;
  nextScript(): ChatScript;
}

/** Answers POST /v1/chat/completions by the next script, or says what is wrong with it. */
export async function answerChat(
  body: unknown,
  server: ChatServer,
  response: ServerResponse,
): Promise<Problem | undefined> {
  const parsed = Body.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const param = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.');
    return invalid(`Invalid value for '${param}'.`, param ? { param } : {});
  }
  const wrong = findUnsupported(parsed.data, server.dialect);
  if (wrong) return wrong;
  if (!server.models.includes(parsed.data.model)) return unknownModel(parsed.data.model);

  const script = server.nextScript();
  if (parsed.data.stream) await sendStream(parsed.data, script, response);
  else await sendWhole(parsed.data, script, response);
  return undefined;
}

function findUnsupported(body: Body, dialect: Dialect): Problem | undefined {
  const unsupported = (param: string) =>
    invalid(`Unsupported parameter: '${param}' is not supported with this model.`, {
      param,
      code: 'unsupported_parameter',
    });
  if (body.stream_options && (dialect.streamOptions === 'refused' || !body.stream))
    return unsupported('stream_options');
  for (const name of ['max_tokens', 'max_completion_tokens'] as const) {
    if (body[name] !== undefined && dialect.maxTokens && dialect.maxTokens !== name) return unsupported(name);
  }
  if (body.max_tokens !== undefined && body.max_completion_tokens !== undefined) return unsupported('max_tokens');
  return undefined;
}

async function sendStream(body: Body, script: ChatScript, response: ServerResponse): Promise<void> {
  const head = { id: 'chatcmpl-fake', object: 'chat.completion.chunk', created: 1_790_000_000, model: body.model };
  const withUsage = body.stream_options?.include_usage === true && script.usage !== false;
  const send = (data: string) => written(response, `data: ${data}\n\n`);
  const chunk = (delta: object, finish: string | null = null) =>
    send(
      JSON.stringify({
        ...head,
        choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
        ...(withUsage ? { usage: null } : {}),
      }),
    );

  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  response.flushHeaders();
  await chunk({ role: 'assistant', content: '', refusal: null });
  const steps = [
    ...(script.reasoning ?? []).map((text) => ({ reasoning_content: text })),
    ...piecesOf(body, script).map((text) => ({ content: text })),
  ];
  for (const delta of steps) {
    await script.drip?.step();
    if (response.destroyed) return;
    await chunk(delta);
  }
  await script.drip?.step();
  if (response.destroyed) return;

  const ending = script.ending ?? 'done';
  if (ending === 'hangs') return;
  if (ending === 'dies') return void response.destroy();
  if (ending === 'ends') return void response.end();
  if (ending === 'malformed') {
    await send('{"choices": [{"delta": {"content": "hal');
    return void response.end();
  }
  if (ending === 'error') {
    await send(JSON.stringify({ error: { message: 'out of memory', type: 'server_error', code: 500 } }));
    return void response.end();
  }
  await chunk({}, script.finish ?? 'stop');
  if (ending === 'dies-late') return void response.destroy();
  if (ending === 'no-done') return;
  if (withUsage) await send(JSON.stringify({ ...head, choices: [], usage: countUsage(body, script) }));
  await send('[DONE]');
  response.end();
}

async function sendWhole(body: Body, script: ChatScript, response: ServerResponse): Promise<void> {
  await script.drip?.step();
  const ending = script.ending ?? 'done';
  if (ending === 'hangs') return;
  response.writeHead(200, { 'content-type': 'application/json' });
  const content = piecesOf(body, script).join('');
  const json = JSON.stringify({
    id: 'chatcmpl-fake',
    object: 'chat.completion',
    created: 1_790_000_000,
    model: body.model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null },
        logprobs: null,
        finish_reason: script.finish ?? 'stop',
      },
    ],
    ...(script.usage === false ? {} : { usage: countUsage(body, script) }),
  });
  if (ending === 'done' || ending === 'no-done') return void response.end(json);
  await written(response, json.slice(0, json.length / 2));
  if (ending === 'malformed' || ending === 'ends') response.end();
  else response.destroy();
}

function piecesOf(body: Body, script: ChatScript): readonly string[] {
  return typeof script.text === 'function' ? script.text(body.messages) : (script.text ?? []);
}

function countUsage(body: Body, script: ChatScript): object {
  const prompt = body.messages.reduce((sum, message) => sum + 4 + countTokens(message.content), 3);
  const completion = countTokens([...(script.reasoning ?? []), ...piecesOf(body, script)].join(''));
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

/** Waits until the bytes have left, so that a socket destroyed next has delivered them. */
async function written(response: ServerResponse, text: string): Promise<void> {
  if (response.destroyed) return;
  const sent = new Promise<void>((resolve) => response.write(text, () => resolve()));
  await Promise.race([sent, once(response, 'close')]);
}
