import MarkdownIt, { type Token } from 'markdown-it';
import { Html, html } from './escape.ts';

/*
 * Markdown of messages. A parser finds the structure. The markup is written here: only the tags below, without any
 * attribute from the text. HTML in the text is text. A link is text with its address after it, and so is an image.
 */

/** A longer text, or one of more lines, is shown as it is written. In UTF-16 units. */
const MAX_CHARS = 20_000;
const MAX_LINES = 1_500;
/** A text with deeper lists and quotes is shown as it is written. */
const MAX_NESTING = 24;

const parser = new MarkdownIt('default', { html: false, linkify: false, typographer: false });
parser.set({ maxNesting: MAX_NESTING });
parser.normalizeLink = (address) => address;
parser.normalizeLinkText = (address) => address;
// Without these, the text stays as it is written: a definition would vanish, a line below a text would make it a title.
parser.disable(['reference', 'lheading', 'entity', 'html_block', 'html_inline']);

/** A block of Markdown, such as a paragraph or a list. */
export interface MarkdownBlock {
  readonly content: Html;
  /** How many lines of the text it takes. */
  readonly lines: number;
}

/**
 * The blocks of a text. Undefined for a text that must be shown as it is written: it is too large or too deep, or a
 * part of it would be lost, such as a cell of a table that has no column.
 */
export function markdownBlocks(text: string): MarkdownBlock[] | undefined {
  if (text.length > MAX_CHARS || text.split('\n').length > MAX_LINES) return undefined;
  const writer = new MarkdownWriter();
  const blocks: MarkdownBlock[] = [];
  let depth = 0;
  for (const token of parser.parse(text, {})) {
    writer.addBlock(token);
    depth += token.nesting;
    if (depth > 0) continue;
    const [from, to] = token.map ?? [0, 0];
    blocks.push({ content: writer.take(), lines: to - from });
  }
  return lettersOf(writer.text) === lettersOf(text) ? blocks : undefined;
}

/** Letters and digits: everything else can be markup. */
const lettersOf = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '');

const BLOCK_TAGS: Readonly<Record<string, string>> = {
  paragraph_open: '<p>',
  paragraph_close: '</p>\n',
  heading_open: '<p class="heading">',
  heading_close: '</p>\n',
  blockquote_open: '<blockquote>\n',
  blockquote_close: '</blockquote>\n',
  bullet_list_open: '<ul>\n',
  bullet_list_close: '</ul>\n',
  ordered_list_open: '<ul class="numbered">\n',
  ordered_list_close: '</ul>\n',
  list_item_close: '</li>\n',
  table_open: '<table>\n',
  table_close: '</table>\n',
  thead_open: '<thead>\n',
  thead_close: '</thead>\n',
  tbody_open: '<tbody>\n',
  tbody_close: '</tbody>\n',
  tr_open: '<tr>',
  tr_close: '</tr>\n',
  th_open: '<th>',
  th_close: '</th>',
  td_open: '<td>',
  td_close: '</td>',
  hr: '<hr>\n',
};

const INLINE_TAGS: Readonly<Record<string, string>> = {
  strong_open: '<strong>',
  strong_close: '</strong>',
  em_open: '<em>',
  em_close: '</em>',
  s_open: '<s>',
  s_close: '</s>',
  softbreak: '<br>\n',
  hardbreak: '<br>\n',
};

/** Writes tokens as markup, and notes which text it wrote. */
class MarkdownWriter {
  /** The text that was written, without markup. */
  text = '';
  #markup = '';

  /** The markup since the last call. */
  take(): Html {
    const content = new Html(this.#markup);
    this.#markup = '';
    return content;
  }

  addBlock(token: Token): void {
    const { type, content, info } = token;
    // Paragraphs of a list without empty lines.
    if (token.hidden) this.#markup += type === 'paragraph_close' ? '\n' : '';
    else if (Object.hasOwn(BLOCK_TAGS, type)) this.#markup += BLOCK_TAGS[type];
    else if (type === 'inline') this.#addInline(token.children ?? []);
    else if (type === 'list_item_open') {
      this.#markup += '<li>';
      // The number as it is written: in an attribute, it would be from the text.
      if (info !== '') this.#add(`${info}${token.markup}`, '<span class="number">', '</span> ');
    } else if (type === 'fence' || type === 'code_block') {
      if (info.trim() !== '') this.#add(info.trim(), '<p class="language">', '</p>\n');
      this.#add(content, '<pre dir="auto"><code>', '</code></pre>\n');
    } else this.#add(content, '<p>', '</p>\n');
  }

  #addInline(tokens: readonly Token[]): void {
    let link: Token | undefined;
    for (const token of tokens) {
      const { type, content, markup } = token;
      if (type === 'link_open') link = token;
      else if (type === 'link_close') {
        // The text of <https://…> is its address.
        if (link && markup !== 'autolink') this.#addAddress(link, 'href');
      } else if (type === 'image') {
        this.#add(content);
        this.#addAddress(token, 'src');
      } else if (type === 'code_inline') this.#add(content, '<code>', '</code>');
      // Underscores are more often part of a name than emphasis: `__init__`.
      else if (markup.startsWith('_')) this.#add(markup);
      else if (Object.hasOwn(INLINE_TAGS, type)) this.#markup += INLINE_TAGS[type];
      else this.#add(content);
    }
  }

  /** An address is text, never a link: a click on a foreign conversation must not lead anywhere. */
  #addAddress(token: Token, name: 'href' | 'src'): void {
    const [address, title] = [token.attrGet(name), token.attrGet('title')];
    const shown = [address, title].filter((part) => part !== null && part !== '').join(' ');
    if (shown !== '') this.#add(`(${shown})`, ' <span class="address">', '</span>');
  }

  #add(text: string, before = '', after = ''): void {
    this.text += text;
    this.#markup += before + html`${text}`.markup + after;
  }
}
