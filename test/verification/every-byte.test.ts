import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { parseEventFileName } from '../../src/domain/event-file-name.ts';
import type { Slot } from '../../src/domain/slot.ts';
import { conversationAt } from '../../src/storage/conversation-folder.ts';
import { decodeEvent } from '../../src/storage/decode-event.ts';
import { seal, sealedFiles } from '../../src/storage/seal.ts';
import { changesSince } from '../../src/verification/seal-changes.ts';
import { makeRuleConfig, verify } from '../../src/verification/verify.ts';
import { temporaryFolder } from '../helpers/conversation.ts';
import { fixtures, openFixture } from '../helpers/fixtures.ts';
import { ruleContextOf } from '../helpers/rule-context.ts';
import { isExhaustive, sample } from '../helpers/sweep.ts';

/** Ten events of ten kinds or so, from real conversations. */
function sampleEvents(): { slot: Slot; bytes: Buffer }[] {
  const names = [
    'plain',
    'rejection',
    'agent-error',
    'conversation-error',
    'condensation',
    'pauses',
    'hooks',
    'tree',
    'other-kinds',
    'text',
  ];
  return names.map((name) => {
    const { conversation, path } = fixtures.find((fixture) => fixture.name === `1.58.2/${name}`)!;
    const { slots } = openFixture(conversation);
    const sizes = [...slots].map((slot) => ({
      slot,
      bytes: readFileSync(join(path, 'events', slot.name)),
    }));
    const wanted: Record<string, string> = {
      rejection: 'UserReject',
      'agent-error': 'AgentError',
      'conversation-error': 'ConversationError',
      condensation: '"Condensation"',
      hooks: 'HookExecution',
      tree: 'ObservationEvent',
      pauses: 'PauseEvent',
    };
    const fit = sizes.filter(
      ({ bytes }) => bytes.length < 1200 && bytes.includes(wanted[name] ?? '"kind":"'),
    );
    return fit[Math.floor(fit.length / 2)]!;
  });
}

const ALL = makeRuleConfig({
  severity: new Map(),
  ignore: [
    'missing-state',
    'unmatched-action',
    'orphan-observation',
    'missing-parent',
    'index-gap',
  ],
  only: [],
});

/** Codes that verify finds in one event alone; what needs its neighbours is left out. */
async function codesOf(slot: Slot, bytes: Buffer): Promise<string[]> {
  const context = await ruleContextOf([slot], () => decodeEvent(slot, bytes));
  return verify(context, ALL, ({ name }) => name).map(({ code }) => code);
}

test('ten events, cut at every byte, and with every byte flipped, are reported as damaged', async () => {
  const root = join(temporaryFolder(), 'sealed');
  mkdirSync(join(root, 'events'), { recursive: true });
  const counts = { cuts: 0, cutsReported: 0, flips: 0, flipsReported: 0, flipsSealed: 0 };
  const events = sampleEvents();
  expect(events).toHaveLength(10);
  for (const { slot, bytes } of events) {
    // At the first place, so that it hangs on nothing.
    const first = { ...slot, index: 0 };
    const healthy = new Set(await codesOf(first, bytes));
    const isNew = async (changed: Buffer) =>
      (await codesOf(first, changed)).some((code) => !healthy.has(code));
    for (const end of sample([...bytes.keys()], 50)) {
      counts.cuts++;
      if (await isNew(bytes.subarray(0, end))) counts.cutsReported++;
    }
    const file = join(root, 'events', slot.name);
    writeFileSync(file, bytes);
    const folder = conversationAt(root)!;
    const manifest = seal(folder, 0);
    for (const at of sample([...bytes.keys()], 50)) {
      counts.flips++;
      const flipped = Buffer.from(bytes);
      flipped[at]! ^= 1 << (at % 8);
      if (await isNew(flipped)) counts.flipsReported++;
      else {
        writeFileSync(file, flipped);
        const { modified } = changesSince(manifest.files, sealedFiles(folder));
        if (modified.includes(`events/${basename(file)}`)) counts.flipsSealed++;
      }
    }
    writeFileSync(file, bytes);
    expect(parseEventFileName(slot.name)).toBeDefined();
  }
  expect(counts.cuts).toBeGreaterThan(isExhaustive ? 3000 : 400);
  expect(counts.cutsReported).toBe(counts.cuts);
  expect(counts.flipsReported + counts.flipsSealed).toBe(counts.flips);
  expect(counts.flipsReported).toBeGreaterThan(isExhaustive ? 1000 : 100);
});
