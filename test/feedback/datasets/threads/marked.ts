import { serveHand } from '../../../../src/feedback/datasets/hands/serveHand.ts';
import { createTrainingPrompt } from '../../../../src/knowledge/answer/trainingPrompt.ts';

// The thread's program, but for one word in what it writes: it shows who wrote a line.
const prompting = createTrainingPrompt();
serveHand({
  ...prompting,
  messages(...of) {
    const { system, user } = prompting.messages(...of);
    return { system, user: `${user} (by the other thread)` };
  },
});
