import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { countTokens } from './countTokens.ts';
import { invalid, type Problem } from './problem.ts';
import type { Dialect } from './Script.ts';
import { shorten, vectorOf } from './vector.ts';

// https://platform.openai.com/docs/api-reference/embeddings/create
const maxInputs = 2048;
const maxTokensPerInput = 8192;
const maxTokensPerRequest = 300_000;

const Body = z.strictObject({
  model: z.string(),
  input: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
  encoding_format: z.enum(['float', 'base64']).optional(),
  dimensions: z.int().min(1).optional(),
  user: z.string().optional(),
});

export type VectorMaker = (text: string, dimensions: number) => readonly number[];

export interface EmbeddingServer {
  /** Model names and the length of their vectors. */
  readonly models: Readonly<Record<string, number>>;
  readonly dialect: Dialect;
  readonly vector: VectorMaker | undefined;
}

/** Answers POST /v1/embeddings, or says what is wrong with it. */
export function answerEmbeddings(
  body: unknown,
  server: EmbeddingServer,
  response: ServerResponse,
): Problem | undefined {
  const { dialect } = server;
  const parsed = Body.safeParse(body);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.') || 'input';
    return invalid(`'$.${path}' is invalid. Please check the API reference.`, { param: path });
  }
  const { model, input, encoding_format: format = 'float', dimensions } = parsed.data;
  const native = server.models[model];
  if (native === undefined) return unknownModel(model);
  if (dialect.base64 === 'refused' && format === 'base64') return invalid('base64 encoding is not currently supported');
  if (dimensions !== undefined && (dialect.dimensions === 'refused' || dimensions > native)) {
    return invalid('This model does not support specifying these dimensions.', { param: 'dimensions' });
  }
  const texts = typeof input === 'string' ? [input] : input;
  if (texts.length > maxInputs) return invalid(`'$.input' is invalid: more than ${maxInputs}.`, { param: 'input' });
  const counts = texts.map(countTokens);
  const longest = Math.max(...counts);
  if (longest > maxTokensPerInput) {
    return invalid(`This model's maximum context length is ${maxTokensPerInput} tokens, you requested ${longest}.`);
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total > maxTokensPerRequest) {
    return invalid(`Requested ${total} tokens, max ${maxTokensPerRequest} tokens per request.`, {
      code: 'max_tokens_per_request',
    });
  }

  const inBase64 = format === 'base64' && dialect.base64 !== 'ignored';
  const data = texts.map((text, index) => {
    const whole = (server.vector ?? vectorOf)(text, native);
    const vector = dimensions === undefined ? whole : shorten(whole, dimensions);
    return { object: 'embedding', index, embedding: inBase64 ? toBase64(vector) : vector };
  });
  if (dialect.order === 'reversed') data.reverse();
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ object: 'list', data, model, usage: { prompt_tokens: total, total_tokens: total } }));
  return undefined;
}

export function unknownModel(model: string): Problem {
  return {
    status: 404,
    message: `The model \`${model}\` does not exist or you do not have access to it.`,
    type: 'invalid_request_error',
    code: 'model_not_found',
  };
}

/** Little-endian float32s. */
function toBase64(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((x, i) => {
    bytes.writeFloatLE(x, i * 4);
  });
  return bytes.toString('base64');
}
