import { cacheDocument } from './cache.ts';
import { callItem, callsDocument } from './calls.ts';
import { diffDocument } from './diff.ts';
import { lsDocument, lsItem } from './ls.ts';
import { redactionDocument } from './redaction.ts';
import { countDocument, event, searchDocument } from './search.ts';
import { showDocument, viewDocument } from './show.ts';
import { statsDocument } from './stats.ts';
import { treeDocument } from './tree.ts';
import { findingLine, sealDocument, verifyDocument } from './verify.ts';
import { whereDocument } from './where.ts';
import { whyDocument } from './why.ts';

/** Schema name → schema: the output of each command with `--json`, and one line of the output with `-o ndjson`. */
export const SCHEMAS = {
  cache: cacheDocument,
  calls: callsDocument,
  'calls-line': callItem,
  count: countDocument,
  diff: diffDocument,
  event,
  ls: lsDocument,
  'ls-line': lsItem,
  'redaction-report': redactionDocument,
  search: searchDocument,
  seal: sealDocument,
  show: showDocument,
  'show-view': viewDocument,
  stats: statsDocument,
  tree: treeDocument,
  verify: verifyDocument,
  'verify-line': findingLine,
  where: whereDocument,
  why: whyDocument,
};
