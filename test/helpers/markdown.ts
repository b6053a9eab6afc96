import { expect } from 'vitest';
import { cli } from './cli.ts';

/** Runs `export`. @returns its output */
export async function markdown(path: string, ...args: string[]): Promise<string> {
  const { code, stdout } = await cli(['export', path, ...args]);
  expect(code).toBe(0);
  return stdout;
}

/** Indices of the events whose titles stand in a document. */
export const titled = (text: string) =>
  [...text.matchAll(/^(?:#### |<details(?: open)?><summary>)(\d+) ·/gm)].map(([, index]) =>
    Number(index),
  );
