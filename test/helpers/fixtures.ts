import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventLog } from '../../src/reading/event-log.ts';
import { ROOT } from './cli.ts';
import { openLog } from './open-log.ts';

const FIXTURES = join(ROOT, 'fixtures');

interface Scenario {
  id: string;
  events: number;
  covers: string[];
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(FIXTURES, name), 'utf8'));
}

const index = readJson('index.json') as Record<string, Record<string, Scenario>>;

/** Every fixture: `<version>/<scenario>`, its folder and how many events it has. */
export const fixtures = Object.entries(index).flatMap(([version, scenarios]) =>
  Object.entries(scenarios).map(([scenario, { id, events, covers }]) => ({
    name: `${version}/${scenario}`,
    conversation: `${version}/${id}`,
    path: join(FIXTURES, 'conversations', version, id),
    events,
    covers,
  })),
);

export interface Params {
  kind?: string;
  source?: string;
  body?: string;
  timestamp__gte?: string;
  timestamp__lt?: string;
  sort_order?: 'TIMESTAMP' | 'TIMESTAMP_DESC';
  limit?: number;
  page_id?: string;
}

export type Query = { conversation: string; params: Params } & (
  | { op: 'search'; answer: { ids: string[]; next_page_id: string | null } }
  | { op: 'count'; answer: number }
);

/** What the agent-server answered. */
export const answers = (readJson('server-answers.json') as { queries: Query[] }).queries;

export function openFixture(conversation: string): EventLog {
  return openLog(join(FIXTURES, 'conversations', conversation));
}
