import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { closeBrowser, hasBrowser, openFile } from '../../helpers/browser.ts';
import {
  makeConversation,
  messageEvent,
  temporaryFolder,
  writeEvent,
} from '../../helpers/conversation.ts';
import { makeHostile } from '../../helpers/hostile-conversation.ts';

import { pageOf } from '../../helpers/page-file.ts';
import { RECORDED } from '../../helpers/screens.ts';
import { isExhaustive, sample } from '../../helpers/sweep.ts';
import { fixture, PLAIN } from '../../helpers/views.ts';

if (!hasBrowser) {
  process.stderr.write(
    'Chromium is not installed: the tests of the page in a browser are skipped\n',
  );
}

describe.skipIf(!hasBrowser)('in a browser', () => {
  afterAll(closeBrowser);

  const shown = (page: Page) =>
    page
      .locator(':is(.event, .answer):visible')
      .evaluateAll((all) => all.map(({ id }) => Number(id.slice(6))));
  const at = (page: Page) => page.evaluate('location.hash');

  test('the page opens without requests and without console messages', async () => {
    const file = await pageOf(PLAIN);
    const { page, requests, said } = await openFile(file, { offline: true });
    await page.waitForTimeout(300);
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([`file://${file}`]);
    expect(said).toEqual([]);
    expect(await page.title()).toBe('Fix the failing slug test');
    expect(await shown(page)).toEqual([...Array(20).keys()]);
  });

  test('filter, kinds and errors choose which events are shown, and their number is shown', async () => {
    const { page } = await openFile(await pageOf(PLAIN));
    await page.keyboard.press('/');
    await page.keyboard.type('SLUGIFY');
    await expect.poll(() => page.locator('#shown').textContent()).toContain('of 20');
    const found = await shown(page);
    expect(found.length).toBeGreaterThan(2);
    for (const card of await page.locator('.event:visible').all()) {
      const text = await card.evaluate((event) => event.textContent);
      expect(text?.toLowerCase()).toContain('slugify');
    }
    expect(await page.locator('#shown').textContent()).toBe(`${found.length} of 20 events shown`);
    await page.keyboard.press('Escape');
    expect(await shown(page)).toHaveLength(20);
    await page.locator('#errors').check();
    expect(await shown(page)).toEqual([3, 4]);
    await page.locator('#errors').uncheck();
    await page.locator('#kinds summary').click();
    await page.getByLabel(/^observation/).uncheck();
    await page.getByLabel(/^action/).uncheck();
    expect(await shown(page)).toEqual([0, 1, 2, 7, 16, 19]);
  });

  test('keys, buttons and links go to events, and a page opens at the event in its address', async () => {
    const file = await pageOf(PLAIN);
    const { page } = await openFile(file);
    await page.keyboard.press('e');
    expect(await at(page)).toBe('#event-3');
    await page.keyboard.press('e');
    expect(await page.locator('#shown').textContent()).toBe('20 events. No later error.');
    await page.keyboard.press('j');
    expect(await at(page)).toBe('#event-5');
    await page.keyboard.press('E');
    expect(await at(page)).toBe('#event-3');
    await page.keyboard.press('k');
    expect(await at(page)).toBe('#event-2');
    await page.getByRole('button', { name: 'next error' }).click();
    expect(await at(page)).toBe('#event-3');
    await page.locator('header.page .links a').click();
    await expect.poll(() => page.evaluate('document.activeElement?.id')).toBe('event-3');
    await page.locator('#event-4 a.index').click();
    await expect.poll(() => page.evaluate('document.activeElement?.id')).toBe('event-4');
    await page.locator('#errors').check();
    await page.evaluate(`location.hash = '#event-12'`);
    await expect.poll(() => page.evaluate('document.activeElement?.id')).toBe('event-12');
    expect(await shown(page)).toHaveLength(20);
    const linked = await openFile(`${file}#event-17`);
    expect(await linked.page.evaluate('document.activeElement?.id')).toBe('event-17');
    const part = linked.page.locator('.timeline a').first();
    await part.click();
    expect(await at(linked.page)).toBe('#event-0');
  });

  test('buttons reach the last event even where the page cannot scroll further', async () => {
    const { page } = await openFile(await pageOf(makeConversation(12)));
    const next = page.getByRole('button', { name: 'next event' });
    const reached: unknown[] = [];
    for (let click = 0; click < 12; click++) {
      await next.click();
      reached.push(await at(page));
    }
    expect(reached.at(-1)).toBe('#event-11');
    expect(new Set(reached).size).toBeGreaterThan(10);
  });

  test('a match inside a fold opens the fold', async () => {
    const path = makeConversation(1);
    const lines = Array.from(
      { length: 200 },
      (_, n) => `line ${n}${n === 100 ? ' caf\u00e9' : ''}`,
    );
    writeEvent(path, 0, messageEvent(0, lines.join('\n')));
    const { page } = await openFile(await pageOf(path), {
      viewport: { width: 1280, height: 2000 }, // a match is marked once it is in sight
    });
    await page.locator('#filter').fill('caf\u00e9');
    await expect.poll(() => page.locator('.event details').getAttribute('open')).toBe('');
    await page.locator('#filter').fill('cafe\u0301');
    await expect.poll(() => page.locator('#shown').textContent()).toBe('1 event');
  });

  test('the help opens, and the theme changes', async () => {
    const { page } = await openFile(await pageOf(PLAIN));
    await page.keyboard.press('?');
    expect(await page.locator('#help').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    const background = () =>
      page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const light = await background();
    await page.locator('#theme').click();
    expect(await background()).toBe(light);
    await page.locator('#theme').click();
    expect(await background()).not.toBe(light);
  });

  test('nothing in an event runs or causes a request', async () => {
    const file = await pageOf(makeHostile());
    const { page, requests, said } = await openFile(file);
    for (const details of await page.locator('.event details').all()) {
      await details.evaluate((element) => element.setAttribute('open', ''));
    }
    await page.keyboard.press('j');
    await page.waitForTimeout(300);
    expect(await page.evaluate(`'pwned' in window || 'pwned' in {}`)).toBe(false);
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([`file://${file}`]);
    expect(said).toEqual([]);
    const made = (await page.evaluate(`({
      scripts: document.scripts.length,
      others: document.querySelectorAll(
        '.event :is(script,iframe,img,svg,style,meta,base,form,object,embed)').length,
      links: [...document.querySelectorAll('.event a')].map((link) => link.getAttribute('href')),
      handlers: [...document.querySelectorAll('.event *')].filter((element) =>
        element.getAttributeNames().some((name) => name.startsWith('on') || name === 'style')).length,
      text: document.querySelector('#event-4 pre').textContent,
    })`)) as { scripts: number; others: number; links: string[]; handlers: number; text: string };
    expect(made).toMatchObject({ scripts: 1, others: 0, handlers: 0 });
    expect(made.links.every((href) => /^#event-\d+$/.test(href))).toBe(true);
    expect(made.text).toContain('<script>window.pwned = 1</script>');
    expect(made.text).toContain('red \\x00 \\u202egnp.exe');
  });

  test('keys work after Escape in the filter', async () => {
    const { page } = await openFile(await pageOf(PLAIN));
    await page.keyboard.press('/');
    await page.keyboard.type('e');
    expect(await at(page)).toBe('');
    await page.keyboard.press('Escape');
    expect(await page.locator('#filter').inputValue()).toBe('');
    await page.keyboard.press('e');
    expect(await at(page)).toBe('#event-3');
  });

  test('a call over ACP is one card, and only its last event is not folded', async () => {
    const acp = (index: number, status: string) => ({
      ...messageEvent(index),
      kind: 'ACPToolCallEvent',
      source: 'agent',
      tool_call_id: 'one',
      title: 'Run tests',
      status,
      raw_input: { command: 'make' },
      ...(status === 'failed' && { is_error: true, raw_output: 'no rule' }),
    });
    const path = makeConversation([
      messageEvent(0, 'go'),
      acp(1, 'pending'),
      messageEvent(2, 'wait'),
      acp(3, 'in_progress'),
      acp(4, 'failed'),
    ]);
    const { page } = await openFile(`${await pageOf(path)}#event-3`);
    expect(await shown(page)).toEqual([0, 1, 3, 4, 2]);
    expect(await page.locator('.event').count()).toBe(3);
    expect(await page.evaluate('document.activeElement?.id')).toBe('event-3');
    expect(await page.locator('#event-1 details.earlier').count()).toBe(2);
    expect(await page.locator('#event-4').textContent()).toContain('no rule');
    await page.locator('#errors').check();
    expect(await shown(page)).toEqual([1, 3, 4]);
  });

  test('the toolbar takes one row on a phone', async () => {
    const { page } = await openFile(await pageOf(PLAIN), { viewport: { width: 360, height: 700 } });
    const heights = await page
      .locator('#tools :is(input[type=search], button, .switch, summary)')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(12);
    await page.locator('#kinds summary').click();
    expect(await page.getByLabel(/^observation/).isVisible()).toBe(true);
  });

  const LONG = join(RECORDED, '2025-09-benchmarks', '0535c419f44a4e248c72e40c77a06a32');

  test.skipIf(!existsSync(LONG))('343 events are printed on at most 40 pages', async () => {
    const { page } = await openFile(await pageOf(LONG));
    const margin = '1cm';
    const margins = { top: margin, bottom: margin, left: margin, right: margin };
    const pdf = await page.pdf({ format: 'A4', margin: margins });
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
    expect(pages.length).toBeGreaterThan(5);
    expect(pages.length).toBeLessThanOrEqual(40);
    expect(await page.locator('.event details:not([open])').count()).toBeGreaterThan(50);
  });

  const LOOKS = ['light', 'dark'].flatMap((scheme) =>
    [1280, 360].flatMap((width) =>
      ['plain', 'text', 'tree', 'condensation'].map((name) => [name, scheme, width] as const),
    ),
  );

  test.each(sample(LOOKS, 5))(
    'axe finds no serious violation, and the page is not too wide: %s, %s, %d',
    async (name, scheme, width) => {
      const folder = process.env.CONVOSCOPE_SCREENSHOTS ?? temporaryFolder();
      mkdirSync(folder, { recursive: true });
      const { page } = await openFile(await pageOf(fixture(`1.58.2/${name}`)), {
        colorScheme: scheme as 'light' | 'dark',
        viewport: { width, height: 900 },
      });
      await page.screenshot({ path: join(folder, `${name}-${scheme}-${width}.png`) });
      await page.locator('#kinds summary').click();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await page.evaluate(axe.source);
      const faults = (await page.evaluate(`axe.run().then(({ violations }) =>
        violations.map(({ id, impact, nodes }) => [id, impact, nodes[0].html]))`)) as string[][];
      const isSerious = (impact?: string) => impact === 'serious' || impact === 'critical';
      expect(faults.filter(([, impact]) => isSerious(impact))).toEqual([]);
    },
  );

  test('the page can be read without scripts', async () => {
    const { page } = await openFile(await pageOf(PLAIN), { javaScriptEnabled: false });
    expect(await page.locator(':is(.event, .answer)').count()).toBe(20);
    expect(await page.locator('#tools').isVisible()).toBe(false);
    expect(await page.locator('#event-9').isVisible()).toBe(true);
  });

  const MANY = isExhaustive ? 5000 : 1500;

  test(`${MANY} events can be shown, filtered and jumped through`, async () => {
    const path = makeConversation(1);
    for (let index = 1; index < MANY; index++) {
      const text = `message ${index} ${index % 100 === 0 ? 'a needle' : 'hay '.repeat(200)}`;
      writeEvent(path, index, messageEvent(index, text));
    }
    const { page, said } = await openFile(await pageOf(path));
    expect(await page.locator('.event').count()).toBe(MANY);
    await page.locator('#filter').fill('needle');
    await expect.poll(() => page.locator('#shown').textContent()).toContain(`${MANY / 100 - 1} of`);
    expect((await shown(page)).slice(0, 3)).toEqual([100, 200, 300]);
    await page.keyboard.press('Enter');
    expect(await at(page)).toBe('#event-100');
    await page.keyboard.press('j');
    expect(await at(page)).toBe('#event-200');
    await page.evaluate(`location.hash = '#event-${MANY - 1}'`);
    await expect.poll(() => page.evaluate('document.activeElement?.id')).toBe(`event-${MANY - 1}`);
    expect(await page.locator(`#event-${MANY - 1}`).isVisible()).toBe(true);
    expect(said).toEqual([]);
  });
});
