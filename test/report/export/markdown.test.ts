import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, terminal } from '../../helpers/cli.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  writeEvent,
} from '../../helpers/conversation.ts';
import { markdown, titled } from '../../helpers/markdown.ts';
import { ACTS } from '../../helpers/screen.ts';
import { hasRecorded, RECORDED } from '../../helpers/screens.ts';
import { action, answer, fixture, PLAIN } from '../../helpers/views.ts';

const DAYS = fixture('1.58.2/days');
const TEXT = fixture('1.58.2/text');

const LONG = ['0535c419f44a4e248c72e40c77a06a32'].map((id) =>
  join(RECORDED, '2025-09-benchmarks', id),
);

describe('markdown', () => {
  test('is at most --max-length long, keeps both ends, and names what it leaves out', async () => {
    const text = await markdown(DAYS, '--max-length', '9000');
    expect(text.length).toBeLessThanOrEqual(9000);
    const indices = titled(text);
    expect([indices[0], indices.at(-1)]).toEqual([0, 147]);
    const [, count, from, to] = /\*\*(\d+) events left out here\*\* \((\d+) to (\d+)\)/.exec(text)!;
    const gap = Array.from({ length: Number(count) }, (_, at) => Number(from) + at);
    expect(gap.at(-1)).toBe(Number(to));
    expect([...indices, ...gap].sort((a, b) => a - b)).toEqual([...Array(148).keys()]);
    expect(text).toMatch(/> Failed events among them:\n> - \d+ · /);
  });

  test('is complete with --full', async () => {
    const text = await markdown(TEXT, '--full');
    expect(titled(text)).toEqual([...Array(27).keys()]);
    expect(text).toContain('function(b,c){return b?c:ü};'.repeat(1000));
    expect(text.length).toBeGreaterThan(300_000);
  });

  test('long outputs are cut in the middle, and say so', async () => {
    const path = makeConversation(1);
    const lines = Array.from({ length: 100 }, (_, at) => `line ${at}`);
    writeEvent(path, 0, messageEvent(0, [...lines, 'x'.repeat(5000)].join('\n')));
    const text = await markdown(path);
    expect(text).toContain('line 11\n… 77 lines left out …\nline 89\n');
    expect(text).toMatch(/x{400}… \(4,600 more characters\)/);
  });

  test('no text of an event is markup, however many backticks it contains', async () => {
    const path = makeConversation(1);
    const hostile = '</code>\n````` @everyone #1 <img src=x> [a](javascript:b)\n```\n# not a title';
    writeEvent(path, 0, messageEvent(0, hostile));
    const text = await markdown(path);
    const [, body] = /\n``````\n([\s\S]*?)\n``````\n/.exec(text)!;
    expect(body).toBe(hostile);
    writeEvent(path, 0, messageEvent(0, '`a '.repeat(200_000)));
    expect((await markdown(path, '--full')).length).toBeGreaterThan(600_000);
  });

  test.each([41, 80, 81, 254, 255, 256])(
    'no run of %i backticks is longer than what every renderer counts',
    async (length) => {
      const path = makeConversation(1);
      const run = '`'.repeat(length);
      writeEvent(path, 0, messageEvent(0, `log\n${run}\n\n# injected\n\n${run}`));
      writeFileSync(join(path, 'meta.json'), JSON.stringify({ title: `a ${run} # b` }));
      const text = await markdown(path);
      expect(text).not.toMatch(/`{42}/);
      expect(text).toContain(
        `\n\`\`\`\nlog\n\\x60{${length}}\n\n# injected\n\n\\x60{${length}}\n\`\`\`\n`,
      );
      expect(text).toContain(`## \`a \\x60{${length}} # b\`\n`);
    },
  );

  test('control characters are escaped', async () => {
    const text = await markdown(TEXT);
    expect([...text].filter((one) => !'\n\t'.includes(one) && ACTS.test(one))).toEqual([]);
    const { output } = await terminal(['export', TEXT, '--format', 'ndjson'], 80);
    expect([...output].filter((one) => one !== '\n' && ACTS.test(one))).toEqual([]);
  });

  test('begins with what was asked, what happened and what failed', async () => {
    const text = await markdown(PLAIN);
    const headings = [...text.matchAll(/^### (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['What was asked', 'What happened', 'What failed', 'Details']);
    expect(text).toMatch(/### What was asked\n\n```\n[^`]+\n```\n/);
    expect(text).toMatch(/### What happened\n\n(- \d+ · .*\n)+\n/);
    expect(text).toContain('- 3 · **`exit 1`** · ');
    expect(text).toMatch(
      /### What failed\n\n- outcome: `finished` · `the agent called finish \(#\d+\)`\n- 3 · \*\*last error\*\* · `exit 1` · `[^`]+`\n\n/,
    );
  });

  test('what happened has one line for calls that are repeated, and no text of an event as markup', async () => {
    const hostile = '</details>`a` @everyone\n# b';
    const path = makeConversation([
      messageEvent(0, 'go'),
      action(1, 'ls'),
      answer(2, 'a', 1),
      action(3, 'ls'),
      answer(4, 'a', 1),
      action(5, hostile),
    ]);
    const text = await markdown(path);
    const [, steps] = /### What happened\n\n([\s\S]*?)\n\n/.exec(text)!;
    expect(steps!.split('\n')).toEqual([
      expect.stringMatching(/^- 1 · ×2 \(1–3\), same answer · \*\*`exit 1`\*\* · `\$ ls`$/),
      expect.stringMatching(/^- 5 · .* · ``\$ <\/details>`a` @everyone # b``$/),
    ]);
    expect(text).toContain('- 1 call without an answer (5)');
  });

  test('a long or hostile conversation fits into an issue, and so does its summary', async () => {
    const huge = '&`'.repeat(50_000);
    const path = makeConversation([
      ...Array.from({ length: 30 }, (_, at) => messageEvent(at, `${at} ${huge}\n`.repeat(3))),
      ...Array.from({ length: 300 }, (_, at) =>
        at % 2 === 0 ? action(30 + at, `${at} ${huge}`) : answer(30 + at, huge, 1),
      ),
    ]);
    writeFileSync(join(path, 'meta.json'), JSON.stringify({ title: huge }));
    for (const length of [5000, 60_000]) {
      const text = await markdown(path, '--max-length', String(length));
      expect(text.length).toBeLessThanOrEqual(length);
      expect(text).toMatch(/- … \d+ steps left out, for length\n/);
      expect(text).toMatch(/\d+ more messages of the user: see the details\./);
    }
  });

  test('the summary contains no secret', async () => {
    const secret = 'hunter2hunter2';
    const path = makeConversation([
      messageEvent(0, `the password=${secret} is secret`),
      action(1, `${'x '.repeat(45)}DB_PASSWORD=${secret} make`),
      answer(2, `no ${secret}`, 1),
    ]);
    const text = await markdown(path, '--redact');
    const [summary] = text.split('### Details');
    expect(summary).toContain('[redacted:');
    expect(text).not.toContain('hunter2');
  });

  test('a call and its answer are one fold, and messages are not folded', async () => {
    const path = makeConversation([
      messageEvent(0, 'go'),
      action(1, 'ls'),
      answer(2, 'a', 1),
      messageEvent(3, 'on'),
    ]);
    const text = await markdown(path);
    expect(text).toMatch(/^#### 3 · `message`/m);
    // The summary shows the first message, so its details are folded.
    expect(text).toMatch(/^<details><summary>0 · <code>message<\/code>/m);
    expect(text.match(/<details/g)).toHaveLength(2);
    const [, fold] = /<details>(<summary>1[\s\S]*?)<\/details>\n/.exec(text)!;
    expect(fold).toMatch(
      /^<summary>1 · <code>action<\/code> .*<code>exit 1<\/code>.* · <code>ls<\/code><\/summary>\n\n/,
    );
    expect(fold).toContain('#### 2 · `observation` `terminal`');
    expect(await markdown(path, '--full')).toBe(text);
  });

  test('the summary of a fold has no markup of an event', async () => {
    const hostile = '</summary></details><img src=x> @everyone & `#1`';
    const whole = await markdown(makeConversation([action(0, hostile)]));
    const [, text = ''] = whole.split('### Details');
    expect(text).toContain(
      '<code>&lt;/summary&gt;&lt;/details&gt;&lt;img src=x&gt; @everyone &amp; `#1`</code></summary>\n',
    );
    expect(text.match(/<[^>`]*>/g)?.filter((tag) => /img/.test(tag))).toEqual(['<img src=x>']);
  });

  test.skipIf(!hasRecorded)('real conversations fit into an issue', async () => {
    for (const path of LONG) {
      const text = await markdown(path);
      expect(text.length).toBeLessThanOrEqual(60_000);
      expect((await markdown(path, '--max-length', '5000')).length).toBeLessThanOrEqual(5000);
      expect(text.match(/<details/g)?.length).toBe(text.match(/^<\/details>$/gm)?.length);
    }
  });

  test('an event that cannot be read is named', async () => {
    const path = makeConversation(3);
    truncateSync(eventPath(path, 1), 10);
    const { code, stdout, stderr } = await cli(['export', path]);
    expect(code).toBe(3);
    expect(stdout).toContain('> 1 event could not be read: 1 (truncated-json).');
    expect(stderr).toContain('event-00001');
  });
});
