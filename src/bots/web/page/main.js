import { showAbout } from './about.js';
import { createActions } from './actions.js';
import { call } from './api.js';
import { createComposer } from './composer.js';
import { createConversations } from './conversations.js';
import { createCorrectionDialog } from './correction.js';
import { byId, h, scrollWithin, sentence } from './dom.js';
import { createPanel } from './panel.js';
import { createPreview } from './preview.js';
import { createShortcuts } from './shortcuts.js';
import { createStream } from './stream.js';
import { createThread } from './thread.js';

const panel = createPanel();
const preview = createPreview();
const composer = createComposer({ onAsk: ask });
const conversations = createConversations();
const thread = createThread(byId('log'), {
  openSource: panel.open,
  preview,
  correct: createCorrectionDialog(),
  askAgain: (text) => composer.submit(text),
});
const stream = createStream({
  onEvent(event) {
    thread.tell(event);
    if (!thread.isWaiting()) stream.stop();
  },
  onLost: (threadId) => threadId === current && open(threadId),
});
/** The id of the conversation that is open; undefined for one that has no question yet. */
let current;
let turn = 0;

/** Puts a question; resolves to true when the server has it. Throws an Error with a sentence when it has not. */
async function ask({ id, text, space }) {
  const threadId = current ?? id;
  const mine = turn;
  byId('welcome').hidden = true;
  const article = thread.put(id, { text, askedMs: Date.now() });
  scrollWithin(byId('main'), article);
  try {
    await call('POST', 'questions', { id, threadId, text, ...(space ? { space } : {}) });
  } catch (error) {
    if (mine === turn) {
      thread.remove(id);
      byId('welcome').hidden = !thread.isEmpty();
    }
    throw error;
  }
  // Who has gone on to another conversation meanwhile stays there.
  if (mine === turn) {
    if (current === undefined) {
      history.pushState(null, '', `#${threadId}`);
      name(text);
    }
    current = threadId;
    stream.follow(threadId);
  }
  conversations.refresh(current);
}

/** Shows a conversation, or the beginning of a new one. */
async function open(threadId) {
  const mine = ++turn;
  current = threadId;
  stream.stop();
  panel.close();
  conversations.mark(threadId);
  byId('trouble').replaceChildren();
  if (!threadId) {
    thread.clear();
    name(undefined);
    byId('welcome').hidden = false;
    return;
  }
  try {
    const { questions } = await call('GET', `threads/${threadId}`);
    if (mine !== turn) return;
    thread.clear();
    byId('welcome').hidden = true;
    for (const { id, ...known } of questions) thread.put(id, known);
    name(questions[0].text);
    const last = byId('log').lastElementChild;
    if (last) scrollWithin(byId('main'), last);
    if (thread.isWaiting()) stream.follow(threadId);
  } catch (error) {
    if (mine !== turn) return;
    if (error.status === 404) {
      history.replaceState(null, '', '#');
      await open(undefined);
    }
    trouble(error.message, () => open(threadId));
  }
}

function trouble(why, again) {
  const retry = h('button', { type: 'button', class: 'quiet', onclick: again }, 'Try again');
  byId('trouble').replaceChildren(sentence(why), retry);
}

function fromAddress() {
  const id = location.hash.slice(1);
  return /^[0-9a-f-]{36}$/.test(id) ? id : undefined;
}

/** The conversation's name, where the browser shows and a screen reader says which page this is. */
function name(title) {
  document.title = title ? `${title.slice(0, 80)} · Backscroll` : 'Backscroll';
}

function begin() {
  if (current !== undefined) history.pushState(null, '', '#');
  conversations.hide();
  open(undefined);
  composer.focus();
}

for (const button of document.querySelectorAll('[data-new]')) button.addEventListener('click', begin);
addEventListener('popstate', () => {
  if (fromAddress() !== current) open(fromAddress());
});
addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || document.querySelector('dialog[open]') || preview.close()) return;
  conversations.hide();
  panel.close();
});
createShortcuts(createActions({ thread, conversations, composer, begin }));

async function start() {
  try {
    await showAbout(composer);
    await Promise.all([conversations.refresh(fromAddress()), open(fromAddress())]);
  } catch (error) {
    trouble(error.message, start);
  }
}

await start();
composer.focus();
