import { expect, test } from 'vitest';
import { nestItems } from '../../src/use-cases/list-conversations.ts';

const item = (id: string, parent?: string) => ({
  id,
  path: `/${id}`,
  parent,
  parentPath: undefined,
});
const nested = (items: Parameters<typeof nestItems>[0]) =>
  nestItems(items).map(({ id, depth }) => `${'-'.repeat(depth)}${id}`);

test('each conversation is below the one that started it', () => {
  expect(nested([item('c', 'b'), item('b', 'a'), item('a'), item('d', 'gone')])).toEqual([
    'a',
    '-b',
    '--c',
    'd',
  ]);
});

test('those that started each other in a circle are below nothing', () => {
  const items = [item('c', 'b'), item('a', 'b'), item('b', 'a'), item('self', 'self')];
  expect(nested(items)).toEqual(['a', 'b', '-c', 'self']);
});

test('a long chain of parents is looked at once', () => {
  let looks = 0;
  const items = Array.from({ length: 5_000 }, (_, at) => ({
    ...item(`id-${at}`),
    get parent() {
      looks++;
      return `id-${at + 1}`;
    },
  }));
  expect(nestItems(items)[4_999]).toMatchObject({ id: 'id-0', depth: 4_999 });
  expect(looks).toBeLessThan(10 * items.length);
});
