import { basename, resolve } from 'node:path';
import { CoreError } from '../domain/errors.ts';
import type { Facts } from '../domain/facts/facts.ts';
import { stateFacts, withSource } from '../domain/facts/stated-facts.ts';
import type { StateFile } from '../domain/state-file.ts';
import type { RecordedUsages } from '../history/subagents/copied-usage.ts';
import { type Subagent, type Subagents, summarize } from '../history/subagents/subagents.ts';
import { usageOf } from '../history/usage.ts';
import {
  compareWays,
  type SubagentFolder,
  type SubagentProblem,
  subagentsOf,
} from '../locating/subagents.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { listEvents } from '../storage/list-events.ts';
import { readStateFile, STATE_FILE } from '../storage/read-state-file.ts';

/**
 * The subagents of a conversation, with what their names and states say: no event is opened. A conversation without
 * subagents costs one look at the disk. A subagent that can't be opened is one of the items.
 */
export function readSubagents(folder: ConversationFolder): Subagents {
  const { folders, problems } = subagentsOf(folder);
  const missing = problems.filter(({ isMissing }) => isMissing);
  if (folders.length + missing.length === 0) return summarize([], undefined);
  const items = [...folders.map(subagentAt), ...missing.map(missingSubagent)];
  items.sort((a, b) => compareWays(a.way, b.way));
  return summarize(items, usagesIn(stateOf(folder)));
}

function subagentAt({ folder, way, parent, depth }: SubagentFolder): Subagent {
  const place = { id: folder.id, path: resolve(folder.path), way, parent: parent.id, depth };
  const state = stateOf(folder);
  const known = { status: factsIn(state).status?.value, usages: usagesIn(state) };
  const stateProblem = state.kind === 'invalid' ? `base_state.json: ${state.message}` : undefined;
  try {
    const events = listEvents(folder).length;
    return { ...place, ...known, events, problem: stateProblem };
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    return { ...place, ...known, events: undefined, problem: error.message };
  }
}

function missingSubagent({ path, way, parent, depth, message }: SubagentProblem): Subagent {
  return {
    id: basename(path),
    path: resolve(path),
    way,
    parent: parent.id,
    depth,
    events: undefined,
    status: undefined,
    usages: undefined,
    problem: message,
  };
}

/** The state of a conversation. One that can't be accessed is invalid. */
function stateOf(folder: ConversationFolder): StateFile {
  try {
    return readStateFile(folder, STATE_FILE);
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    return { kind: 'invalid', code: 'unreadable-file', message: error.message };
  }
}

/** What the state itself says. No event is opened to look for more. */
function factsIn(state: StateFile): Facts {
  return state.kind === 'valid' ? withSource(stateFacts(state.value), { kind: 'state' }) : {};
}

/** Undefined if the state records no usage. */
function usagesIn(state: StateFile): RecordedUsages {
  const usages = usageOf(factsIn(state).stats);
  return usages.length > 0 ? usages : undefined;
}
