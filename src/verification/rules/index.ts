import type { Rule } from '../rule.ts';
import { appended } from './appended.ts';
import { badField } from './bad-field.ts';
import { badTimestamp } from './bad-timestamp.ts';
import { clockJump } from './clock-jump.ts';
import { corruptMeta } from './corrupt-meta.ts';
import { corruptState } from './corrupt-state.ts';
import { duplicateId } from './duplicate-id.ts';
import { duplicateIndex } from './duplicate-index.ts';
import { duplicateObservation } from './duplicate-observation.ts';
import { emptyFile } from './empty-file.ts';
import { forgottenUnknownId } from './forgotten-unknown-id.ts';
import { idMismatch } from './id-mismatch.ts';
import { inFlightWrite } from './in-flight-write.ts';
import { indexGap } from './index-gap.ts';
import { insertedFile } from './inserted-file.ts';
import { invalidJson } from './invalid-json.ts';
import { invalidUtf8 } from './invalid-utf8.ts';
import { legacyShape } from './legacy-shape.ts';
import { linkedFile } from './linked-file.ts';
import { liveLease } from './live-lease.ts';
import { metaMismatch } from './meta-mismatch.ts';
import { missingField } from './missing-field.ts';
import { missingFile } from './missing-file.ts';
import { missingLeaf } from './missing-leaf.ts';
import { missingParent } from './missing-parent.ts';
import { missingState } from './missing-state.ts';
import { mixedTimezones } from './mixed-timezones.ts';
import { modifiedFile } from './modified-file.ts';
import { notAFile } from './not-a-file.ts';
import { notAnObject } from './not-an-object.ts';
import { notResumable } from './not-resumable.ts';
import { orphanObservation } from './orphan-observation.ts';
import { otherSdkVersion } from './other-sdk-version.ts';
import { oversizedFile } from './oversized-file.ts';
import { paddedIndex } from './padded-index.ts';
import { parentAfterChild } from './parent-after-child.ts';
import { parentCycle } from './parent-cycle.ts';
import { reservedId } from './reserved-id.ts';
import { staleLeaf } from './stale-leaf.ts';
import { staleLease } from './stale-lease.ts';
import { stateIdMismatch } from './state-id-mismatch.ts';
import { timestampRegression } from './timestamp-regression.ts';
import { tooComplex } from './too-complex.ts';
import { toolCallMismatch } from './tool-call-mismatch.ts';
import { trailingBytes } from './trailing-bytes.ts';
import { truncatedJson } from './truncated-json.ts';
import { unexpectedRoot } from './unexpected-root.ts';
import { unknownField } from './unknown-field.ts';
import { unknownKind } from './unknown-kind.ts';
import { unmatchedAction } from './unmatched-action.ts';
import { unreadableFile } from './unreadable-file.ts';
import { unrecognizedName } from './unrecognized-name.ts';

/** Every rule. The order is that of the reference page; the rules about seals come last. */
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
  tooComplex,
  inFlightWrite,
  unrecognizedName,
  paddedIndex,
  indexGap,
  duplicateIndex,
  duplicateId,
  idMismatch,
  reservedId,
  missingField,
  badField,
  badTimestamp,
  unknownKind,
  unknownField,
  legacyShape,
  timestampRegression,
  clockJump,
  forgottenUnknownId,
  mixedTimezones,
  missingParent,
  parentCycle,
  missingLeaf,
  unexpectedRoot,
  staleLeaf,
  parentAfterChild,
  orphanObservation,
  duplicateObservation,
  toolCallMismatch,
  unmatchedAction,
  missingState,
  corruptState,
  stateIdMismatch,
  corruptMeta,
  metaMismatch,
  staleLease,
  liveLease,
  notResumable,
  otherSdkVersion,
  modifiedFile,
  missingFile,
  insertedFile,
  appended,
];
