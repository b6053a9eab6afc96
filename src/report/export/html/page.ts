import { createHash } from 'node:crypto';
import { redactedNote } from '../markdown.ts';
import type { ExportReport } from '../types.ts';
import { Html, html } from './escape.ts';
import { renderSkipped, titleOf } from './header.ts';
import { text as script } from './page-script/main.ts?script';
import { style } from './style.ts';

const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The page loads nothing, and only its own script and stylesheet apply. */
const contentPolicy = () =>
  [
    "default-src 'none'",
    `script-src ${digest(script)}`,
    `style-src ${digest(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    // The script creates elements, never markup.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

/** Everything before the header, with the page's style and script. */
export function renderStart(report: ExportReport): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="convoscope">
<title>${titleOf(report)}</title>
<link rel="icon" href="data:,">
<style>${new Html(style)}</style>
<script>${new Html(script)}</script>
</head>
<body>
<a class="skip" href="#events">Skip to the events</a>\n`;
}

/** Two buttons that go to the previous and the next event of a sort. */
const jumpButtons = (target: string, name: string, [previousKey, nextKey]: [string, string]) =>
  html`<span class="jump" role="group" aria-label="${name}"><span aria-hidden="true">${name}</span><button type="button" data-jump="${target}" data-way="-1" aria-keyshortcuts="${previousKey}" aria-label="previous ${name}" title="previous ${name} (${previousKey})">↑</button><button type="button" data-jump="${target}" data-way="1" aria-keyshortcuts="${nextKey}" aria-label="next ${name}" title="next ${name} (${nextKey})">↓</button></span>\n`;

/** The toolbar and the help. They are hidden until the script shows them, because they need it. */
export function renderTools(): Html {
  return html`<div class="tools" id="tools" role="search" aria-label="Events" hidden><div class="row">
<input type="search" id="filter" placeholder="Filter ( / )" aria-label="Filter events by text" aria-keyshortcuts="/" autocomplete="off" spellcheck="false">
<details id="kinds"><summary>Kinds</summary><fieldset><legend>Kinds shown</legend></fieldset></details>
<label class="switch"><input type="checkbox" id="errors"> Errors<span class="wide"> only</span></label>
${jumpButtons('error', 'error', ['E', 'e'])}${jumpButtons('user', 'user', ['U', 'u'])}${jumpButtons('event', 'event', ['k', 'j'])}<output id="shown"></output>
<span class="about"><button type="button" id="theme">Theme: auto</button>
<button type="button" id="ask" aria-keyshortcuts="?" aria-label="Keyboard help" title="Keyboard help (?)">?</button></span>
</div></div>
<dialog id="help" aria-labelledby="help-title"><h2 id="help-title">Keys</h2>
<dl>${KEYS.map(([keys, action]) => html`<div><dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${action}</dd></div>\n`)}</dl>
<button type="button" id="close">Close</button></dialog>\n`;
}

/** The keys that the script handles: see keys.ts. */
const KEYS: [keys: string[], action: string][] = [
  [['/'], 'filter; Enter goes to the first event, Escape clears it and goes back to the page'],
  [['j', 'k'], 'next and previous event'],
  [['e', 'E'], 'next and previous error'],
  [['u', 'U'], 'next and previous event of the user'],
  [['o'], 'open or close what is folded in an event'],
  [['?'], 'this help'],
];

/**
 * Everything after the events.
 * @param listedFaults how many unreadable events the header lists: more can be found while events are read
 */
export function renderEnd({ skipped, fileOf, redacted }: ExportReport, listedFaults: number): Html {
  const late = skipped.slice(listedFaults);
  return html`</main>
<footer class="page">
${late.length > 0 && html`<ul class="notes">${renderSkipped(late, fileOf)}</ul>\n`}${redacted && html`<p>${redactedNote(redacted)}.</p>\n`}<p>Made with convoscope. This page is one file, and loads nothing.</p>
</footer>
</body>
</html>\n`;
}
