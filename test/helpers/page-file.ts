import { join } from 'node:path';
import { expect } from 'vitest';
import { cli } from './cli.ts';
import { temporaryFolder } from './conversation.ts';

/** Exports a conversation as a page. @returns path of the file */
export async function pageOf(path: string, ...options: string[]): Promise<string> {
  const file = join(temporaryFolder(), 'page.html');
  const args = ['export', path, '--format', 'html', '--out', file, '--tz', 'UTC', ...options];
  const { code, stdout } = await cli(args);
  expect([code, stdout]).toEqual([0, '']);
  return file;
}
