import type { Json } from '../State.ts';
import { type Checker, createChecker } from './Checker.ts';
import { checkElement } from './checkElement.ts';

const selects = ['static_select', 'users_select', 'conversations_select', 'channels_select', 'external_select'];
const choices = [
  ...selects,
  ...selects.map((name) => `multi_${name}`),
  'radio_buttons',
  'checkboxes',
  'datepicker',
  'timepicker',
];
const inActions = ['button', 'overflow', 'workflow_button', 'rich_text_input', 'datetimepicker', ...choices];
const inInput = [
  'plain_text_input',
  'rich_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'file_input',
  ...choices,
];

export type Surface = 'message' | 'modal' | 'home';

/**
 * What Slack finds wrong with blocks, each as `problem [json-pointer:/blocks/0/…]`; an empty list when nothing is.
 * https://docs.slack.dev/reference/block-kit/blocks
 */
export function checkBlocks(blocks: Json, surface: Surface, pointer = '/blocks'): readonly string[] {
  const checker = createChecker();
  const most = surface === 'message' ? 50 : 100;
  const seen = new Set<string>();
  for (const [i, block] of checker.list(blocks, pointer, { most, least: 0 }).entries()) {
    const at = `${pointer}/${i}`;
    const check = checks[block?.type];
    if (!check || !isAllowed(block.type, surface)) {
      checker.wrong(`${at}/type`, `unsupported type: ${block?.type}`);
      continue;
    }
    checker.string(block.block_id, `${at}/block_id`, { most: 255, optional: true });
    if (block.block_id && seen.has(block.block_id))
      checker.wrong(`${at}/block_id`, `\`block_id\` ${block.block_id} already exists`);
    seen.add(block.block_id);
    check(checker, block, at);
  }
  return checker.problems;
}

function isAllowed(type: string, surface: Surface): boolean {
  if (['context_actions', 'markdown', 'task_card', 'plan', 'table'].includes(type)) return surface === 'message';
  return true;
}

type Check = (checker: Checker, block: Json, at: string) => void;

function elements(checker: Checker, block: Json, at: string, most: number, allowed: readonly string[]): void {
  const actionIds = new Set<string>();
  for (const [i, element] of checker.list(block.elements, `${at}/elements`, { most }).entries()) {
    checkElement(checker, element, `${at}/elements/${i}`, allowed);
    const id = element?.action_id;
    if (id && actionIds.has(id)) checker.wrong(`${at}/elements/${i}/action_id`, `\`action_id\` ${id} already exists`);
    actionIds.add(id);
  }
}

const checks: Record<string, Check> = {
  section(checker, block, at) {
    if (block.text === undefined && block.fields === undefined) {
      return checker.wrong(`${at}/type`, 'must define either `text` or `fields`');
    }
    checker.text(block.text, `${at}/text`, { most: 3000, optional: true });
    const fields = checker.list(block.fields, `${at}/fields`, { most: 10, optional: true });
    for (const [i, field] of fields.entries()) checker.text(field, `${at}/fields/${i}`, { most: 2000 });
    const accessory = ['button', 'image', 'overflow', 'workflow_button', ...choices];
    if (block.accessory) checkElement(checker, block.accessory, `${at}/accessory`, accessory);
  },
  header: (checker, block, at) => checker.text(block.text, `${at}/text`, { most: 150, plain: true }),
  divider: () => undefined,
  markdown: (checker, block, at) => checker.string(block.text, `${at}/text`, { most: 12_000 }),
  image(checker, block, at) {
    checkElement(checker, block, at, ['image']);
    checker.text(block.title, `${at}/title`, { most: 2000, plain: true, optional: true });
  },
  context(checker, block, at) {
    for (const [i, element] of checker.list(block.elements, `${at}/elements`, { most: 10 }).entries()) {
      if (element?.type === 'image') checkElement(checker, element, `${at}/elements/${i}`, ['image']);
      else checker.text(element, `${at}/elements/${i}`, { most: 2000 });
    }
  },
  actions: (checker, block, at) => elements(checker, block, at, 25, inActions),
  context_actions: (checker, block, at) => elements(checker, block, at, 5, ['feedback_buttons', 'icon_button']),
  input(checker, block, at) {
    checker.text(block.label, `${at}/label`, { most: 2000, plain: true });
    checker.text(block.hint, `${at}/hint`, { most: 2000, plain: true, optional: true });
    checkElement(checker, block.element, `${at}/element`, inInput);
  },
  rich_text(checker, block, at) {
    const allowed = ['rich_text_section', 'rich_text_list', 'rich_text_quote', 'rich_text_preformatted'];
    const parts = checker.list(block.elements, `${at}/elements`, { most: 10_000, least: 0 });
    for (const [i, part] of parts.entries()) checkElement(checker, part, `${at}/elements/${i}`, allowed);
  },
  table(checker, block, at) {
    for (const [i, row] of checker.list(block.rows, `${at}/rows`, { most: 100 }).entries()) {
      const cells = checker.list(row, `${at}/rows/${i}`, { most: 20 });
      for (const [k, cell] of cells.entries()) {
        if (!['raw_text', 'rich_text'].includes(cell?.type)) {
          checker.wrong(`${at}/rows/${i}/${k}/type`, `unsupported type: ${cell?.type}`);
        }
      }
    }
  },
  task_card(checker, block, at) {
    checker.string(block.task_id, `${at}/task_id`, { most: 255 });
    checker.string(block.title, `${at}/title`, { most: 256 });
  },
  plan(checker, block, at) {
    checker.string(block.title, `${at}/title`, { most: 256 });
  },
  video: (checker, block, at) => checker.string(block.video_url, `${at}/video_url`, {}),
};
