import { parentPort } from 'node:worker_threads';

// A thread that is killed in the middle: it takes what it is asked, answers nothing and ends.
let asked = 0;
parentPort?.on('message', () => {
  if (++asked === 3) process.exit(1);
});
