import type { Rule } from '../rule.ts';
import { duplicateId } from './duplicate-id.ts';
import { duplicateIndex } from './duplicate-index.ts';
import { emptyFile } from './empty-file.ts';
import { idMismatch } from './id-mismatch.ts';
import { inFlightWrite } from './in-flight-write.ts';
import { indexGap } from './index-gap.ts';
import { invalidJson } from './invalid-json.ts';
import { invalidUtf8 } from './invalid-utf8.ts';
import { linkedFile } from './linked-file.ts';
import { notAFile } from './not-a-file.ts';
import { notAnObject } from './not-an-object.ts';
import { oversizedFile } from './oversized-file.ts';
import { paddedIndex } from './padded-index.ts';
import { reservedId } from './reserved-id.ts';
import { trailingBytes } from './trailing-bytes.ts';
import { truncatedJson } from './truncated-json.ts';
import { unreadableFile } from './unreadable-file.ts';
import { unrecognizedName } from './unrecognized-name.ts';

/** Every rule, in the order of the contract's table. */
export const RULES: readonly Rule[] = [
  emptyFile,
  truncatedJson,
  invalidJson,
  trailingBytes,
  invalidUtf8,
  notAnObject,
  unreadableFile,
  notAFile,
  linkedFile,
  oversizedFile,
  inFlightWrite,
  unrecognizedName,
  paddedIndex,
  indexGap,
  duplicateIndex,
  duplicateId,
  idMismatch,
  reservedId,
];
