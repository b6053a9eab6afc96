import type { EventSection } from '../../../history/sections/event-sections.ts';
import { describeImage } from '../../text/event-sections.ts';
import { type Html, html } from './escape.ts';
import { linesOf, renderLines } from './lines.ts';

/** Pictures that can hold no script, with nothing but data in their address. */
const PICTURE = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/;
/** In characters: of a larger one the address is named. */
const MAX_PICTURE_CHARS = 2_800_000;

/** A part of an event: its name beside or above what it says. */
export function renderSection(section: EventSection, isWhole: boolean): Html {
  return html`<div class="part ${section.kind}"><p class="name">${section.title}</p><div class="what">${contentOf(section, isWhole)}</div></div>\n`;
}

function contentOf(section: EventSection, isWhole: boolean): Html {
  if (section.kind === 'image') return pictureOf(section.url);
  if (section.kind === 'diff') return renderLines(section.lines, true, isWhole);
  return renderLines(linesOf(section.text), false, isWhole);
}

function pictureOf(url: string): Html {
  const isShown = url.length <= MAX_PICTURE_CHARS && PICTURE.test(url);
  if (!isShown) return html`<p class="address">not shown: ${describeImage(url)}</p>`;
  return html`<img src="${url}" alt="picture in the event" loading="lazy" decoding="async">`;
}
