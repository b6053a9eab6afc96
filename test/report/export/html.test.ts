import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { HtmlValidate } from 'html-validate';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { hasBrowser, openFile } from '../../helpers/browser.ts';
import { cli } from '../../helpers/cli.ts';
import {
  makeConversation,
  messageEvent,
  temporaryFolder,
  writeEvent,
  writeState,
} from '../../helpers/conversation.ts';
import { fixtures } from '../../helpers/fixtures.ts';
import { idOf, stampAt } from '../../helpers/memory.ts';
import { isExhaustive, sample } from '../../helpers/sweep.ts';

const fixture = (name: string) => fixtures.find((one) => one.name === name)!.path;
const PLAIN = fixture('1.58.2/plain');

/** Exports a conversation as a page. @returns path of the file */
async function pageOf(path: string, ...options: string[]): Promise<string> {
  const file = join(temporaryFolder(), 'page.html');
  const args = ['export', path, '--format', 'html', '--out', file, '--tz', 'UTC', ...options];
  const { code, stdout } = await cli(args);
  expect([code, stdout]).toEqual([0, '']);
  return file;
}

const HOSTILE = [
  '<script>window.pwned = 1</script>',
  '"><img src=x onerror="window.pwned = 2">',
  '</script></style></title></pre><svg onload="window.pwned = 3">',
  "' onfocus='window.pwned = 4' autofocus tabindex=1 x='",
  '<a href="javascript:window.pwned = 5">x</a> ]]> <!-- --> {{window.pwned = 6}}',
  '<iframe srcdoc="<script>parent.pwned = 7</script>"></iframe><base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/"><link rel=stylesheet href=//evil.example>',
  '*{background:url(https://evil.example/x)} @import "https://evil.example/"',
  '\u001b[31mred\u001b]0;x\u0007 \u0000 \u202egnp.exe\u2066 \ud800',
].join('\n');
const SVG = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" onload="parent.pwned=8"/>')}`;

/** A conversation with the hostile text in every field of its events, state and title that can hold text. */
function makeHostile(): string {
  const at = (index: number, fields: object) => ({
    id: idOf(index),
    timestamp: stampAt(index * 1_000_000),
    source: HOSTILE,
    tool_name: HOSTILE,
    tool_call_id: HOSTILE,
    llm_response_id: HOSTILE,
    ...fields,
  });
  const action = { kind: HOSTILE, command: HOSTILE, path: HOSTILE, old_str: 'a', new_str: HOSTILE };
  const images = [SVG, 'https://evil.example/a.png', 'javascript:window.pwned=9', HOSTILE];
  const path = makeConversation([
    at(0, {
      kind: 'SystemPromptEvent',
      system_prompt: { text: HOSTILE },
      tools: [{ name: HOSTILE }],
    }),
    at(1, {
      kind: 'MessageEvent',
      source: 'user',
      llm_message: { content: [{ text: HOSTILE }, { image_urls: images }] },
      activated_skills: [HOSTILE],
    }),
    at(2, {
      kind: 'ActionEvent',
      thought: [{ text: HOSTILE }],
      action,
      security_risk: HOSTILE,
      summary: HOSTILE,
    }),
    at(3, {
      kind: 'ObservationEvent',
      action_id: idOf(2),
      observation: {
        kind: HOSTILE,
        content: [{ text: HOSTILE }],
        is_error: true,
        [HOSTILE]: HOSTILE,
      },
    }),
    at(4, { kind: 'AgentErrorEvent', error: HOSTILE }),
    at(5, { kind: 'Condensation', summary: HOSTILE, forgotten_event_ids: [idOf(1)] }),
    at(6, { kind: HOSTILE, [HOSTILE]: HOSTILE }),
    at(7, { kind: 'ConversationStateUpdateEvent', key: HOSTILE, value: { [HOSTILE]: HOSTILE } }),
    at(8, {
      kind: 'HookExecutionEvent',
      hook_event_type: HOSTILE,
      hook_command: HOSTILE,
      stdout: HOSTILE,
    }),
    at(9, { kind: 'ACPToolCallEvent', title: HOSTILE, tool_kind: HOSTILE, status: HOSTILE }),
  ]);
  writeFileSync(
    join(path, 'events', 'event-00010-00000000-0000-4000-8000-000000000010.json'),
    '{"__proto__":{"pwned":1},"kind":"__proto__","constructor":{"x":"y"}}',
  );
  writeFileSync(join(path, 'meta.json'), JSON.stringify({ title: HOSTILE }));
  const metrics = { model_name: HOSTILE, accumulated_cost: 1 };
  writeState(path, {
    execution_status: HOSTILE,
    agent: { kind: 'Agent', llm: { model: HOSTILE }, tools: [] },
    stats: { usage_to_metrics: { [HOSTILE]: metrics } },
  });
  return path;
}

test('the markup is valid, whatever events contain', async () => {
  const validator = new HtmlValidate({
    extends: ['html-validate:standard'],
    rules: {
      'long-title': 'off',
      'no-inline-style': 'error',
      // The page writes void elements without a slash, which is as valid and shorter.
      'void-style': 'off',
      'no-implicit-button-type': 'error',
    },
  });
  for (const path of [PLAIN, makeHostile(), fixture('1.58.2/text'), fixture('1.58.2/empty')]) {
    const report = await validator.validateString(readFileSync(await pageOf(path), 'utf8'));
    const messages = report.results.flatMap((result) => result.messages);
    expect(messages.map(({ line, ruleId, message }) => `${line} ${ruleId}: ${message}`)).toEqual(
      [],
    );
  }
});

test('events appear on the page as text only, and completely', async () => {
  const page = readFileSync(await pageOf(PLAIN), 'utf8');
  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page.match(/ style=| on\w+=|javascript:/g)).toBeNull();
  expect(page).toContain('&quot;&quot;&quot;Make a title fit for a URL.&quot;&quot;&quot;');
  expect(page.match(/<article /g)).toHaveLength(20);
});

test('the content policy allows exactly the one style and the one script of the page', async () => {
  const page = readFileSync(await pageOf(PLAIN), 'utf8');
  for (const name of ['style', 'script']) {
    const [, text = ''] = new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(page) ?? [];
    expect(text).not.toBe('');
    const digest = createHash('sha256').update(text).digest('base64');
    expect(page).toContain(`${name}-src &#39;sha256-${digest}&#39;;`);
  }
});

test('--redact removes secrets from the whole page', async () => {
  const secret = `ghp_${'a1B2'.repeat(9)}`;
  const path = makeConversation([messageEvent(0, `token ${secret}`), messageEvent(1, 'done')]);
  writeFileSync(join(path, 'meta.json'), JSON.stringify({ title: `about ${secret}` }));
  const page = readFileSync(await pageOf(path, '--redact'), 'utf8');
  expect(page).not.toContain(secret);
  expect(page).toMatch(/\d secrets replaced: \d github-token\./);
});

test('--redact covers every field that the page shows, and runs before texts are cut', async () => {
  const secret = (n: number) => `ghp_${String(n).padStart(2, '0')}${'a1B2'.repeat(9)}`;
  const metrics = { [secret(1)]: { model_name: secret(2), accumulated_cost: 1 } };
  const path = makeConversation([
    messageEvent(0, `deploy with${' '.repeat(470)}${secret(3)} please`),
    {
      ...messageEvent(1),
      kind: 'ActionEvent',
      tool_name: secret(4),
      tool_call: { name: secret(5), arguments: 'x' },
    },
    { ...messageEvent(2), kind: 'ConversationStateUpdateEvent', key: secret(6), value: 1 },
    { ...messageEvent(3), kind: secret(7), source: secret(8), sender: secret(9) },
    { ...messageEvent(4), kind: 'ACPToolCallEvent', tool_kind: secret(10), title: secret(11) },
  ]);
  writeState(path, { execution_status: secret(12), stats: { usage_to_metrics: metrics } });
  const page = readFileSync(await pageOf(path, '--redact'), 'utf8');
  expect(page.match(/ghp.{12}/g)).toBeNull();
  const { stdout } = await cli(['export', path, '--redact']);
  expect(stdout.match(/ghp.{12}/g)).toBeNull();
});

test('every link leads to an event on the page, whatever the filter', async () => {
  const filters = [
    ['--errors'],
    ['-k', 'observation'],
    ['--branch', 'active'],
    ['--index', '99..'],
  ];
  for (const filter of filters) {
    const page = readFileSync(await pageOf(fixture('1.58.2/days'), ...filter), 'utf8');
    const ids = new Set([...page.matchAll(/<article [^>]*id="([^"]*)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/href="#(event-[^"]*)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !ids.has(id))).toEqual([]);
  }
});

test('the page reports events that a filter left out and events that could not be read', async () => {
  const path = makeConversation(4);
  writeFileSync(join(path, 'events', 'event-00004-00000000-0000-4000-8000-000000000004.json'), '{');
  const file = join(temporaryFolder(), 'page.html');
  const args = ['export', path, '--format', 'html', '--out', file, '--index', '2..'];
  expect((await cli(args)).code).toBe(3);
  const page = readFileSync(file, 'utf8');
  expect(page).toContain('2 events left out by a filter.');
  expect(page).toContain('1 event could not be read:');
});

if (!hasBrowser) {
  process.stderr.write(
    'Chromium is not installed: the tests of the page in a browser are skipped\n',
  );
}

describe.skipIf(!hasBrowser)('in a browser', () => {
  const shown = (page: Page) =>
    page.locator('.event:visible').evaluateAll((all) => all.map(({ id }) => Number(id.slice(6))));
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
    for (const index of found) {
      const text = await page.locator(`#event-${index}`).evaluate((event) => event.textContent);
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
    expect(await at(page)).toBe('#event-4');
    await page.keyboard.press('E');
    expect(await at(page)).toBe('#event-3');
    await page.keyboard.press('k');
    expect(await at(page)).toBe('#event-2');
    await page.getByRole('button', { name: 'next error' }).click();
    expect(await at(page)).toBe('#event-3');
    await page.locator('#event-3 a.other').click();
    expect(await at(page)).toBe('#event-4');
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
    const { page } = await openFile(await pageOf(path));
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
    expect(made.text).toContain('\\x1b[31mred\\x1b]0;x\\x07 \\x00 \\u202egnp.exe');
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
    expect(await page.locator('.event').count()).toBe(20);
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
