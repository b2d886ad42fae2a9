import { parentPort, type Transferable, workerData } from 'node:worker_threads';
import { openReadings, type Readings } from '../../../store/openReadings.ts';
import { createPreferenceReadings } from '../../record/createPreferenceRecords.ts';
import { createPseudonymOf } from '../../redact/createPseudonymOf.ts';
import { createRedact } from '../../redact/createRedact.ts';
import { unpackLines } from '../lines/packLines.ts';
import type { Prompting } from '../Prompting.ts';
import { createHand, type OwnHand } from './createHand.ts';
import type { HandData, HandMessage, HandReply, HandRequest } from './messages.ts';

/** A hand in the thread that this is called in: see `createHandThread`. */
export function serveHand(prompting: Prompting): void {
  const { databaseFile, pseudonymKey } = workerData as HandData;
  const redact = createRedact(createPseudonymOf(() => pseudonymKey));
  /** For the dataset that is being made. */
  let open: { readonly readings: Readings; readonly hand: OwnHand } | undefined;

  function answer(request: HandRequest): [HandReply, Transferable[]] {
    if (!open) throw new Error('no dataset was begun');
    const { n } = request;
    if (request.kind === 'write') {
      const made = open.hand.writeInto(unpackLines(request.lines), Buffer.from(request.memory));
      return [{ n, made }, made ? [made.bytes.buffer as ArrayBuffer] : []];
    }
    if (request.kind === 'compare') return [{ n, made: open.hand.compare(request.pairs) }, []];
    const made = open.hand.gather(request.range);
    return [{ n, made }, made ? [made.numbers, made.voters, made.prints].map((one) => one.buffer as ArrayBuffer) : []];
  }

  parentPort?.on('message', (message: HandMessage) => {
    if (message.kind === 'rest') {
      open?.readings.close();
      open = undefined;
    } else if (message.kind === 'begin') {
      const readings = openReadings(databaseFile);
      const { prints, decisions } = readings;
      const hand = createHand(
        { readings: createPreferenceReadings(readings), prints, decisions, redact, prompting },
        message.order,
      );
      open = { readings, hand };
    } else reply(message);
  });

  function reply(request: HandRequest): void {
    try {
      const work = () => answer(request);
      parentPort?.postMessage(...(open ? open.readings.atOnce(work) : work()));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      parentPort?.postMessage({ n: request.n, error: message } satisfies HandReply);
    }
  }
}
