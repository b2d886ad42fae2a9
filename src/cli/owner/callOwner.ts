import { connect } from 'node:net';
import { BackscrollError, type ErrorCode } from '../../base/BackscrollError.ts';
import { version } from '../version.ts';
import { createLines, type OwnerReply, replySchema } from './wire.ts';

const LONGEST_REPLY_BYTES = 256_000_000;

/**
 * Asks the process that owns a home to run an operation.
 * @returns the result, or 'nobody' when nobody listens there, or the owner ended before it had begun
 * @throws BackscrollError as the owner threw it; `cancelled` when the signal aborts; `unavailable` when the owner ends
 */
export function callOwner(
  path: string,
  operation: string,
  args: unknown,
  io: { readonly signal: AbortSignal; readonly progress: (event: unknown) => void },
): Promise<{ result: unknown } | 'nobody'> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    let begun = false;
    const done = (settle: () => void) => {
      io.signal.removeEventListener('abort', aborted);
      socket.destroy();
      settle();
    };
    const aborted = () => done(() => reject(new BackscrollError('cancelled', 'Stopped.')));
    const take = (reply: OwnerReply) => {
      if (reply.kind === 'begun') begun = true;
      else if (reply.kind === 'progress') io.progress(reply.event);
      else if (reply.kind === 'result') done(() => resolve({ result: reply.result }));
      else done(() => reject(new BackscrollError(reply.code as ErrorCode, reply.message)));
    };
    const read = createLines((line) => take(replySchema.parse(JSON.parse(line))), LONGEST_REPLY_BYTES);
    io.signal.addEventListener('abort', aborted);
    socket.setEncoding('utf8');
    socket.on('connect', () => {
      socket.write(`${JSON.stringify({ version, operation, arguments: args })}\n`);
    });
    socket.on('data', (chunk: string) => {
      try {
        read(chunk);
      } catch (cause) {
        done(() =>
          reject(
            new BackscrollError(
              'internal',
              'The running Backscroll answered in an unknown way. Is it another version? Restart it.',
              { cause },
            ),
          ),
        );
      }
    });
    const gone = () => done(() => (begun ? reject(ended()) : resolve('nobody')));
    socket.on('error', gone);
    socket.on('close', gone);
  });
}

function ended(): BackscrollError {
  return new BackscrollError('unavailable', 'The running Backscroll ended before it had answered. Try again.');
}
