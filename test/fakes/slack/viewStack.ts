import { createChecker } from './blocks/Checker.ts';
import { checkBlocks } from './blocks/checkBlocks.ts';
import { settleBlocks } from './blocks/settleBlocks.ts';
import { Refused, refusedFor } from './Refused.ts';
import type { FakeView, Json, State } from './State.ts';

/** Modals and home tabs: https://docs.slack.dev/surfaces/modals */
const mostInStack = 3;
const mostBytes = 250_000;

/** Throws what Slack finds wrong with a view. */
export function refuseBadView(view: Json): void {
  const checker = createChecker();
  if (view.type === 'modal') {
    checker.text(view.title, '/view/title', { most: 24, plain: true });
    checker.text(view.submit, '/view/submit', { most: 24, plain: true, optional: true });
    checker.text(view.close, '/view/close', { most: 24, plain: true, optional: true });
    const hasInput = Array.isArray(view.blocks) && view.blocks.some((block: Json) => block?.type === 'input');
    if (hasInput && !view.submit) checker.wrong('/view/submit', 'missing required field: submit');
  } else if (view.type !== 'home') checker.wrong('/view/type', `unsupported type: ${view.type}`);
  checker.string(view.private_metadata, '/view/private_metadata', { most: 3000, least: 0, optional: true });
  checker.string(view.callback_id, '/view/callback_id', { most: 255, least: 0, optional: true });
  const problems = [
    ...checker.problems,
    ...checkBlocks(view.blocks ?? [], view.type === 'home' ? 'home' : 'modal', '/view/blocks'),
  ];
  if (problems.length > 0) throw refusedFor('invalid_arguments', problems);
  if (Buffer.byteLength(JSON.stringify(view)) > mostBytes) throw new Refused('view_too_large');
}

export function openView(state: State, userId: string, view: Json, previous?: FakeView): FakeView {
  if (previous && stackOf(state, previous).length >= mostInStack) throw new Refused('push_limit_reached');
  const id = state.nextId('V');
  const opened: FakeView = {
    id,
    type: view.type,
    userId,
    payload: {},
    rootId: previous?.rootId ?? id,
    previousId: previous?.id ?? null,
    isOpen: true,
  };
  state.views.set(id, opened);
  fillView(state, opened, view);
  return opened;
}

/** Puts something else into a view that is there. */
export function fillView(state: State, view: FakeView, payload: Json): void {
  view.payload = {
    id: view.id,
    team_id: state.team.id,
    type: payload.type,
    blocks: settleBlocks(payload.blocks ?? [], state.nextId),
    private_metadata: payload.private_metadata ?? '',
    callback_id: payload.callback_id ?? '',
    state: { values: {} },
    hash: `${Math.floor(state.clock.now() / 1000)}.${state.nextId('h')}`,
    title: payload.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: payload.clear_on_close ?? false,
    notify_on_close: payload.notify_on_close ?? false,
    close: payload.close ?? null,
    submit: payload.submit ?? null,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: state.app.id,
    external_id: payload.external_id ?? '',
    app_installed_team_id: state.team.id,
    bot_id: state.app.botId,
  };
  state.changed();
}

/** An open modal of somebody's, by its id or callback id: the newest of that name. */
export function findView(state: State, name: string, userId: string): FakeView {
  const mine = [...state.views.values()].filter((view) => view.userId === userId && view.isOpen);
  const view = mine.findLast((one) => one.id === name || one.payload.callback_id === name);
  if (!view) throw new Error(`${userId} has no open view ${name}.`);
  return view;
}

/** What the answer to a submission does to the stack: https://docs.slack.dev/surfaces/modals#updating_response */
export function applyViewAnswer(state: State, view: FakeView, answer: Json): void {
  const action = answer?.response_action;
  if (action === 'errors') {
    const known = new Set(view.payload.blocks.map((block: Json) => block.block_id));
    for (const blockId of Object.keys(answer.errors ?? {})) {
      if (!known.has(blockId))
        state.violations.push(`view_submission: errors for a block ${blockId} that is not there`);
    }
    return;
  }
  if (action === 'update' || action === 'push') {
    try {
      refuseBadView(answer.view);
    } catch (error) {
      state.violations.push(`view_submission: ${action} with a bad view: ${String(error)}`);
      return;
    }
    if (action === 'push') openView(state, view.userId, answer.view, view);
    else fillView(state, view, answer.view);
    return;
  }
  const closed = action === 'clear' ? stackOf(state, view) : [view];
  for (const one of closed) one.isOpen = false;
  state.changed();
}

function stackOf(state: State, view: FakeView): FakeView[] {
  return [...state.views.values()].filter((one) => one.rootId === view.rootId && one.isOpen);
}

/** The `state.values` of a submission. Slack's client lets nobody submit what leaves a required field empty. */
export function stateValues(blocks: readonly Json[], typed: Readonly<Record<string, Json>>): Json {
  const inputs = blocks.filter((block) => block.type === 'input');
  const known = inputs.flatMap((block) => [block.block_id, block.element.action_id]);
  const strange = Object.keys(typed).filter((key) => !known.includes(key));
  if (strange.length > 0) throw new Error(`The view has no input ${strange.join(', ')}, only ${known.join(', ')}.`);
  return Object.fromEntries(
    inputs.map((block) => {
      const { type, action_id: actionId, initial_value, initial_option } = block.element;
      const value = typed[actionId] ?? typed[block.block_id] ?? initial_option?.value ?? initial_value;
      if (value === undefined && !block.optional) throw new Error(`The input ${block.block_id} must be filled.`);
      return [block.block_id, { [actionId]: inputState(type, block.element, value) }];
    }),
  );
}

function inputState(type: string, element: Json, value: Json): Json {
  const option = (wanted: string) => {
    const found = element.options?.find((one: Json) => one.value === wanted);
    if (!found) throw new Error(`There is no option ${wanted}.`);
    return found;
  };
  if (type === 'static_select' || type === 'radio_buttons') {
    return { type, selected_option: value === undefined ? null : option(value) };
  }
  if (type === 'checkboxes' || type === 'multi_static_select') {
    return { type, selected_options: [value ?? []].flat().map(option) };
  }
  if (type === 'conversations_select') return { type, selected_conversation: value ?? null };
  if (type === 'users_select') return { type, selected_user: value ?? null };
  return { type, value: value ?? null };
}
