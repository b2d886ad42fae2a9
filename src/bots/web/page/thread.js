import { createAnswer } from './answer.js';

/**
 * The questions of the conversation that is open, in `container`. Whatever is told of a question, in whatever order and
 * however often, ends in the same: a finished answer stays, a growing one grows.
 */
export function createThread(container, handlers) {
  const questions = new Map();

  /** Takes in what is known of a question; `more` wins over what was known before. */
  function put(id, more) {
    let known = questions.get(id);
    if (!known) {
      known = { state: { text: '', askedMs: Date.now() }, view: createAnswer(handlers) };
      questions.set(id, known);
      container.append(known.view.element);
    }
    known.state = { ...known.state, ...more };
    known.view.show(known.state);
    return known.view.element;
  }

  return {
    put,
    remove(id) {
      questions.get(id)?.view.element.remove();
      questions.delete(id);
    },
    clear() {
      questions.clear();
      container.replaceChildren();
    },
    /** True while an answer is still to come. */
    isWaiting: () => [...questions.values()].some(({ view }) => !view.isSettled()),
    /** Their elements, oldest first. */
    articles: () => [...container.children],
    isEmpty: () => questions.size === 0,
    /** One event of the thread's stream. */
    tell({ event, questionId, text, from, askedMs, answer }) {
      const shown = questions.get(questionId)?.state.shown ?? '';
      if (event === 'begun') put(questionId, { text, askedMs, shown: '' });
      else if (event === 'text') put(questionId, { shown: shown.slice(0, from) + text });
      else put(questionId, { answer });
    },
  };
}
