import { z } from 'zod';
import { json, text } from '../args.ts';
import { method } from '../Method.ts';
import { Refused } from '../Refused.ts';
import type { FakeView, State, Trigger } from '../State.ts';
import { fillView, openView, refuseBadView } from '../viewStack.ts';

const view = json(z.looseObject({ type: z.string() }), 'invalid_arguments');
/** https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses */
const triggerGoodForMs = 3000;

function takeTrigger(state: State, id: string): Trigger {
  const trigger = state.triggers.get(id);
  if (!trigger) throw new Refused('invalid_trigger_id');
  if (trigger.isUsed) throw new Refused('exchanged_trigger_id');
  if (state.clock.now() - trigger.atMs > triggerGoodForMs) throw new Refused('expired_trigger_id');
  trigger.isUsed = true;
  return trigger;
}

function checkHash(found: FakeView | undefined, hash: string | undefined): void {
  if (found && hash && found.payload.hash !== hash) throw new Refused('hash_conflict');
}

export const viewMethods = {
  'views.open': method({
    tier: 4,
    scopes: [],
    args: z.object({ trigger_id: text, view }),
    run(args, { state }) {
      refuseBadView(args.view);
      return { view: openView(state, takeTrigger(state, args.trigger_id).userId, args.view).payload };
    },
  }),

  'views.update': method({
    tier: 4,
    scopes: [],
    args: z.object({ view, view_id: text.optional(), external_id: text.optional(), hash: text.optional() }),
    run(args, { state }) {
      const named = [...state.views.values()].find(
        ({ id, payload }) => id === args.view_id || (args.external_id && payload.external_id === args.external_id),
      );
      if (!named?.isOpen) throw new Refused('not_found');
      checkHash(named, args.hash);
      refuseBadView(args.view);
      fillView(state, named, args.view);
      return { view: named.payload };
    },
  }),

  'views.publish': method({
    tier: 4,
    scopes: [],
    args: z.object({ user_id: text, view, hash: text.optional() }),
    run(args, { state }) {
      if (!state.users.has(args.user_id)) throw new Refused('user_not_found');
      if (args.view.type !== 'home') throw new Refused('invalid_arguments');
      const home = [...state.views.values()].find(({ type, userId }) => type === 'home' && userId === args.user_id);
      checkHash(home, args.hash);
      refuseBadView(args.view);
      if (home) fillView(state, home, args.view);
      return { view: (home ?? openView(state, args.user_id, args.view)).payload };
    },
  }),
};
