const EVENTS = ['begun', 'text', 'finished', 'failed'];

/**
 * Follows a thread while an answer is to come. The browser connects again by itself when the line breaks, and is told
 * anew how everything stands. `onEvent` gets each event, `onLost` is called when the server will not have us.
 */
export function createStream({ onEvent, onLost }) {
  let source;
  let followed;

  function stop() {
    source?.close();
    source = undefined;
    followed = undefined;
  }

  function follow(threadId) {
    if (followed === threadId && source?.readyState !== EventSource.CLOSED) return;
    stop();
    followed = threadId;
    const mine = new EventSource(`/api/threads/${threadId}/events`);
    source = mine;
    for (const name of EVENTS) {
      mine.addEventListener(name, (event) => {
        if (source === mine) onEvent(JSON.parse(event.data));
      });
    }
    mine.addEventListener('error', () => {
      if (source !== mine || mine.readyState !== EventSource.CLOSED) return;
      stop();
      onLost(threadId);
    });
  }

  return { follow, stop };
}
