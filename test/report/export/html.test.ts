import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { expect, test } from 'vitest';
import { cli } from '../../helpers/cli.ts';
import {
  makeConversation,
  messageEvent,
  temporaryFolder,
  writeState,
} from '../../helpers/conversation.ts';
import { makeHostile } from '../../helpers/hostile-conversation.ts';
import { pageOf } from '../../helpers/page-file.ts';
import { action, answer, fixture, PLAIN } from '../../helpers/views.ts';

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
  expect(page.match(/<(?:article|section) [^>]*id="event-/g)).toHaveLength(20);
  expect(page.match(/<article /g)).toHaveLength(13);
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
    const ids = new Set(
      [...page.matchAll(/<(?:article|section) [^>]*id="(event-[^"]*)"/g)].map(([, id]) => id),
    );
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

test('the card of a step has its tokens and its cost, and nothing where they are not known', async () => {
  const usageIn = (page: string) =>
    [...page.matchAll(/class="usage">([^<]*)/g)].map(([, text]) => text);
  const page = readFileSync(await pageOf(PLAIN), 'utf8');
  expect(usageIn(page)[0]).toMatch(/^\$0\.\d{4}, [\d,]+ in, \d+ out$/);
  expect(page).not.toContain('$0.00,');
  const unknown = readFileSync(await pageOf(makeConversation(2)), 'utf8');
  expect(usageIn(unknown)).toEqual([]);
});

test('the page begins with how the conversation ended, and links the last error', async () => {
  const page = readFileSync(await pageOf(PLAIN), 'utf8');
  expect(page).toMatch(
    /<h2 id="ending">How it ended<\/h2>\n<p><strong class="how">finished<\/strong>: /,
  );
  expect(page).toContain('Last error: <a class="to-event" href="#event-4">#4</a> ');
});

test('messages are rendered as Markdown, and what tools print is not', async () => {
  const text = '**bold** <b>x</b> ![i](https://e.example/x.png)';
  const path = makeConversation([messageEvent(0, text), action(1, text), answer(2, text)]);
  const page = readFileSync(await pageOf(path), 'utf8');
  expect(page).toContain('<strong>bold</strong> &lt;b&gt;x&lt;/b&gt; i <span class="address">');
  expect(page.match(/<strong>/g)).toHaveLength(1);
  expect(page).toContain('<span>**bold** &lt;b&gt;');
});
