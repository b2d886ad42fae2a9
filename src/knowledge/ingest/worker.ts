import { parentPort, workerData } from 'node:worker_threads';
import { embedTexts } from '../embed/builtin.ts';
import { createReplyLinker } from '../segment/createReplyLinker.ts';
import { createPreparation } from './Preparation.ts';
import type { ThinkingOptions, ThinkingReply, ThinkingRequest } from './thinkingThreads.ts';

const { size } = workerData as Pick<ThinkingOptions, 'size'>;
const preparation = createPreparation({ linker: createReplyLinker(), size });

async function answer(request: ThinkingRequest): Promise<ThinkingReply> {
  if (request.kind === 'antecedents') {
    return { kind: 'antecedents', ids: await preparation.antecedents(request.before, request.messages) };
  }
  if (request.kind === 'build') {
    return { kind: 'built', conversations: await preparation.build(request.conversations, request.sourceUrl) };
  }
  return { kind: 'vectors', vectors: embedTexts(request.texts) };
}

parentPort?.on('message', async ({ n, request }: { n: number; request: ThinkingRequest }) => {
  let reply: ThinkingReply;
  try {
    reply = await answer(request);
  } catch (error) {
    reply = { kind: 'error', message: error instanceof Error ? error.message : String(error) };
  }
  // Vectors are handed over, not copied.
  const handedOver = reply.kind === 'vectors' ? reply.vectors.map(({ buffer }) => buffer as ArrayBuffer) : [];
  parentPort?.postMessage({ n, reply }, handedOver);
});
