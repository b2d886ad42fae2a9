import { parentPort, type Transferable, workerData } from 'node:worker_threads';
import { openReadings } from '../../../store/openReadings.ts';
import { createPreferenceReadings } from '../../record/createPreferenceRecords.ts';
import { createPseudonymOf } from '../../redact/createPseudonymOf.ts';
import { createRedact } from '../../redact/createRedact.ts';
import { unpackLines } from '../lines/packLines.ts';
import type { Prompting } from '../Prompting.ts';
import { createHand } from './createHand.ts';
import { PIECE_BYTES } from './Hand.ts';
import type { HandData, HandReply, HandRequest } from './messages.ts';

/** A hand in the thread that this is called in: see `createHandThread`. */
export function serveHand(prompting: Prompting): void {
  const { databaseFile, pseudonymKey, order, slots } = workerData as HandData;
  const { rows, words, prints, decisions, atOnce } = openReadings(databaseFile);
  const readings = createPreferenceReadings({ rows, words });
  const redact = createRedact(createPseudonymOf(() => pseudonymKey));
  const hand = createHand({ readings, prints, decisions, redact, prompting }, order);

  function answer(request: HandRequest): [HandReply, Transferable[]] {
    const { n } = request;
    if (request.kind === 'write') {
      const slot = Buffer.from(slots, request.slot * PIECE_BYTES, PIECE_BYTES);
      const made = hand.writeInto(unpackLines(request.lines), slot);
      if (!made) return [{ n, made }, []];
      const { bytes, replaced } = made;
      if (bytes.buffer === slots) return [{ n, made: { bytes: bytes.length, replaced } }, []];
      return [{ n, made }, [bytes.buffer as ArrayBuffer]];
    }
    const made = hand.gather(request.range);
    return [
      { n, made },
      made ? [made.numbers, made.voters, made.prints].map(({ buffer }) => buffer as ArrayBuffer) : [],
    ];
  }

  parentPort?.on('message', (request: HandRequest) => {
    try {
      parentPort?.postMessage(...atOnce(() => answer(request)));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      parentPort?.postMessage({ n: request.n, error: message } satisfies HandReply);
    }
  });
}
