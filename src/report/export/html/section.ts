import type { EventSection } from '../../../history/sections/event-sections.ts';
import { describeImage } from '../../text/event-sections.ts';
import { type Html, html } from './escape.ts';
import { linesOf, renderLines, renderProse } from './lines.ts';

/** Data addresses of image formats that can hold no script. */
const SAFE_IMAGE_URL = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/;
/** Of an image with a longer address, the page shows a description only. */
const MAX_IMAGE_URL_CHARS = 2_800_000;

/** A section of an event: its title beside or above its content. */
export function renderSection(section: EventSection, isWhole: boolean): Html {
  return html`<div class="part ${section.kind}"><p class="name">${section.title}</p><div class="what">${renderContent(section, isWhole)}</div></div>\n`;
}

function renderContent(section: EventSection, isWhole: boolean): Html {
  if (section.kind === 'image') return renderImage(section.url);
  if (section.kind === 'diff') return renderLines(section.lines, true, isWhole);
  if (section.kind === 'text' && section.isMarkdown) return renderProse(section.text, isWhole);
  return renderLines(linesOf(section.text), false, isWhole);
}

function renderImage(url: string): Html {
  const isShown = url.length <= MAX_IMAGE_URL_CHARS && SAFE_IMAGE_URL.test(url);
  if (!isShown) return html`<p class="address">not shown: ${describeImage(url)}</p>`;
  return html`<img src="${url}" alt="picture in the event" loading="lazy" decoding="async">`;
}
