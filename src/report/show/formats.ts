import { renderJson } from '../json.ts';
import type { OutputFormats } from '../output-formats.ts';
import { showJson } from './json.ts';
import { showText } from './text.ts';
import type { ShowReport, ViewReport } from './types.ts';
import { viewJson, viewText } from './view.ts';

/** Output formats of `show`. */
export const SHOW_FORMATS = {
  text: () => showText,
  json: () => showJson,
} satisfies OutputFormats<ShowReport>;

/** Output formats of `show --view`. */
export const VIEW_FORMATS = {
  text: () => viewText,
  json: () => (report, style) => renderJson(viewJson(report), style),
} satisfies OutputFormats<ViewReport>;
