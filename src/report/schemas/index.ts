import { cacheDocument, cachedIndex } from './cache.ts';
import { callItem, callsDocument } from './calls.ts';
import { diffDocument } from './diff.ts';
import { lsDocument, lsItem } from './ls.ts';
import { redactionDocument } from './redaction.ts';
import { countDocument, countLine, event, searchDocument } from './search.ts';
import { showDocument, viewDocument } from './show.ts';
import { modelStep, statsDocument } from './stats.ts';
import { segment, treeDocument } from './tree.ts';
import { findingLine, sealDocument, verifyDocument } from './verify.ts';
import { listedRoot, whereDocument } from './where.ts';
import { whyDocument } from './why.ts';

/** Schema name → schema: the output of each command with `--json`, and one line of the output with `-o ndjson`. */
export const SCHEMAS = {
  cache: cacheDocument,
  'cache-line': cachedIndex,
  calls: callsDocument,
  'calls-line': callItem,
  count: countDocument,
  'count-line': countLine,
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
  'stats-steps-line': modelStep,
  tree: treeDocument,
  'tree-line': segment,
  verify: verifyDocument,
  'verify-line': findingLine,
  where: whereDocument,
  'where-line': listedRoot,
  why: whyDocument,
};

export type SchemaName = keyof typeof SCHEMAS;
