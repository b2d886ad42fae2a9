import { serveHand } from '../../feedback/datasets/hands/serveHand.ts';
import { createTrainingPrompt } from '../../knowledge/answer/trainingPrompt.ts';

// The composition root of the thread that helps with a dataset.
serveHand(createTrainingPrompt());
