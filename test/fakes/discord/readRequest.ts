import type { IncomingMessage } from 'node:http';
import type { FakeAttachment, Json, State } from './State.ts';

export interface ReadRequest {
  readonly body: Json;
  readonly files: readonly FakeAttachment[];
  /** What is wrong with it. */
  readonly isBroken?: boolean;
}

/** The JSON of a request, alone or as `payload_json` beside files. */
export async function readRequest(state: State, request: IncomingMessage): Promise<ReadRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { body: undefined, files: [] };
  if (type.startsWith('application/json')) return parse(bytes.toString('utf8'), []);
  if (!type.startsWith('multipart/form-data')) return { body: undefined, files: [], isBroken: true };
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const files: FakeAttachment[] = [];
  for (const [key, value] of form) {
    if (!key.startsWith('files[') || typeof value === 'string') continue;
    const content = new Uint8Array(await value.arrayBuffer());
    const contentType = value.type || 'application/octet-stream';
    files.push({ id: state.nextId(), name: value.name, type: contentType, bytes: content });
  }
  const json = form.get('payload_json');
  return typeof json === 'string' ? parse(json, files) : { body: {}, files };
}

function parse(text: string, files: readonly FakeAttachment[]): ReadRequest {
  try {
    return { body: JSON.parse(text), files };
  } catch {
    return { body: undefined, files, isBroken: true };
  }
}
