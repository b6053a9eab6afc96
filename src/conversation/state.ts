import { join } from 'node:path';
import type { ZodType } from 'zod';
import { readFileNow } from './file.ts';
import type { Folder } from './folder.ts';

/** owner_lease.json of the agent-server; times in Unix seconds. */
export interface Lease {
  readonly owner_instance_id: string;
  readonly expires_at: number;
}

/** The lease on a conversation; undefined where there is none that can be read. */
export async function readLease(folder: Folder): Promise<Lease | undefined> {
  const { z } = await import('zod');
  const schema = z.looseObject({ owner_instance_id: z.string(), expires_at: z.number() });
  return readChecked(join(folder.path, 'owner_lease.json'), schema);
}

/**
 * `execution_status` of base_state.json (`agent_status` in 2025). Undefined without a state, and while
 * it is being rewritten in place.
 */
export async function readStatus(folder: Folder): Promise<string | undefined> {
  const { z } = await import('zod');
  const status = z.string().nullish();
  const schema = z.looseObject({ execution_status: status, agent_status: status });
  const state = readChecked(join(folder.path, 'base_state.json'), schema);
  return state?.execution_status ?? state?.agent_status ?? undefined;
}

function readChecked<T>(path: string, schema: ZodType<T>): T | undefined {
  const read = readFileNow(path);
  if (!('bytes' in read)) return undefined; // not there, or not for us: there is no state to tell
  let value: unknown;
  try {
    value = JSON.parse(read.bytes.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // half-written: the next write tells
    throw error;
  }
  return schema.safeParse(value).data;
}
