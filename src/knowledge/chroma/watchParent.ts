/**
 * The worker thread of the server's process that ends it when the parent is gone or closes the pipe on stdin.
 *
 * Chroma ends like one that is killed, whatever the signal, and killed in the middle of a write it can leave a
 * collection that answers nothing any more (seen with 1.0.5: deletions replayed twice). So the end waits until the
 * process is quiet, for as long as its patience lasts. The main thread is inside native code and cannot help, which is
 * why stdin is not `process.stdin` here: that would go through it.
 */
import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const stdinFd = 0;
const windowMs = 100;
/** A server that does nothing uses next to no processor time. */
const quietUs = windowMs * 1000 * 0.1;
/** More than one: waiting for the disk uses none either. */
const quietWindows = 3;

// Not read by a blocking call: this thread must be able to end when the process does by itself.
const pipe = new Socket({ fd: stdinFd, readable: true, writable: false });
pipe.on('error', () => {});
pipe.once('close', () => void end(Number(workerData.patienceMs)));
pipe.resume();
parentPort?.postMessage('watching');

async function end(patienceMs: number): Promise<void> {
  const until = performance.now() + patienceMs;
  for (let quiet = 0; quiet < quietWindows && performance.now() < until; ) {
    const before = process.cpuUsage();
    await pause(windowMs);
    const used = process.cpuUsage(before);
    quiet = used.user + used.system < quietUs ? quiet + 1 : 0;
  }
  process.kill(process.pid, 'SIGKILL');
}
