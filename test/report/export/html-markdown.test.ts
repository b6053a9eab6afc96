import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markdownBlocks } from '../../../src/report/export/html/markdown.ts';

const rendered = (text: string) =>
  markdownBlocks(text)
    ?.map(({ content }) => content.markup)
    .join('');

test('structure becomes markup', () => {
  expect(rendered('# A\n\nsome **bold** and `code`\nnext\n\n3. three\n4. four')).toBe(
    '<p class="heading">A</p>\n<p>some <strong>bold</strong> and <code>code</code><br>\nnext</p>\n' +
      '<ul class="numbered">\n<li><span class="number">3.</span> three\n</li>\n' +
      '<li><span class="number">4.</span> four\n</li>\n</ul>\n',
  );
  expect(rendered('```python\nprint("<b>")\n```')).toBe(
    '<p class="language">python</p>\n<pre dir="auto"><code>print(&quot;&lt;b&gt;&quot;)\n</code></pre>\n',
  );
  expect(rendered('|a|b|\n|-|-|\n|1|2|')).toContain('<td>1</td><td>2</td>');
});

test('a name in underscores stays as it is', () => {
  expect(rendered('call __init__ and _this_')).toBe('<p>call __init__ and _this_</p>\n');
});

test('links and images are text with their addresses, and no address is an attribute', () => {
  expect(rendered('[docs](https://a.example "t") ![pic](https://b.example/x.png)')).toBe(
    '<p>docs <span class="address">(https://a.example t)</span> pic <span class="address">(https://b.example/x.png)</span></p>\n',
  );
  expect(rendered('<https://a.example>')).toBe('<p>https://a.example</p>\n');
  expect(rendered('[a](javascript:alert(1))')).toBe('<p>[a](javascript:alert(1))</p>\n');
});

test('HTML and entities are text', () => {
  expect(rendered('<img src=x onerror=alert(1)> &lt;b&gt;\n\n<script>x</script>')).toBe(
    '<p>&lt;img src=x onerror=alert(1)&gt; &amp;lt;b&amp;gt;</p>\n<p>&lt;script&gt;x&lt;/script&gt;</p>\n',
  );
});

test('a text that would lose a part is not rendered', () => {
  expect(rendered('|a|\n|-|\n|1|lost|')).toBeUndefined();
  expect(rendered(`${'> '.repeat(500)}deep`)).toBeUndefined();
  expect(rendered('x'.repeat(20_001))).toBeUndefined();
  expect(rendered('x\n'.repeat(2000))).toBeUndefined();
});

const PIECES = [
  ...['>', '- ', '* ', '1. ', '#', '`', '```', '~~', '*', '**', '_', '|', '|-|', '[', '](', ')'],
  ...['![', '<', '>', '<!--', '&lt;', '\\', '\n', '\n\n', '    ', '\t', '"', "'", 'http://a.b'],
  ...['word', 'é', '\u0000', '\u202e', '<script>', 'javascript:', '---', '[a]: b', ':'],
];

const ALLOWED =
  /<\/?(?:p|blockquote|ul|li|table|thead|tbody|tr|th|td|strong|em|s|code)>|<(?:br|hr)>|<p class="(?:heading|language)">|<ul class="numbered">|<pre dir="auto">|<\/pre>|<span class="(?:number|address)">|<\/span>/g;

test('whatever the text, its letters stay in their order, and only tags of the list are written', () => {
  const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 });
  fc.assert(
    fc.property(texts, (pieces) => {
      const text = pieces.join('');
      const markup = rendered(text);
      if (markup === undefined) return;
      const left = markup.replace(ALLOWED, '');
      expect(left).not.toMatch(/[<>"]/);
      const shown = left
        .replace(/&(lt|gt|quot|#39);/g, ' ')
        .replaceAll('&amp;', '&')
        .replace(/\\x00|\\u202e|\\u0000/g, '');
      const letters = (some: string) => some.replace(/[^\p{L}\p{N}]+/gu, '');
      expect(letters(shown)).toBe(letters(text));
    }),
    { numRuns: 2000 },
  );
});

test('elements are nested as they were opened', () => {
  const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 });
  fc.assert(
    fc.property(texts, (pieces) => {
      const open: string[] = [];
      for (const [, end, name] of rendered(pieces.join(''))?.matchAll(/<(\/?)(\w+)/g) ?? []) {
        if (name === 'br' || name === 'hr') continue;
        if (end === '') open.push(name as string);
        else expect(open.pop()).toBe(name);
      }
      expect(open).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});
