import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../src/history/outcome/outcome.ts';
import { endingOf } from '../../helpers/ending.ts';
import { hasRecorded, RECORDED } from '../../helpers/screens.ts';

/** How each real conversation ended, read from its log by a person, and words of the reason. */
const ENDINGS: Record<string, Record<string, readonly [Outcome, RegExp]>> = {
  '2025-09-benchmarks': {
    '0535c419f44a4e248c72e40c77a06a32': ['finished', /called finish \(#342\)/],
    '16caf190d1a9431fb2ea0f5d21d95d71': [
      'lost',
      /after the result of str_replace_editor \(#71\).*no base_state/,
    ],
    '1e770021562640afb1d35be64cc26e2e': [
      'lost',
      /after the result of str_replace_editor \(#45\).*says idle/,
    ],
    '36d431cbcfa34956980aebda5205e497': [
      'lost',
      /after the result of execute_bash \(#55\).*no base_state/,
    ],
    '3749ed60c63e4def840a46f15f4ee18c': ['finished', /called finish \(#131\)/],
    '40c95fc35bde4128a8802e7a40419901': ['finished', /called finish \(#237\)/],
    '78410477cacf43cab35fce8454203eb0': ['lost', /user's message #1 was never answered/],
    b2688296b4844863aaede6f60a88b9da: ['lost', /after the result of str_replace_editor \(#39\)/],
    cdbeb6ab6314421990e43fd3d517f721: ['lost', /after the result of execute_bash \(#243\)/],
    fbff03f300364c3d98c1e2baf7f3002f: ['lost', /after the result of str_replace_editor \(#223\)/],
  },
  '2025-10-openagentsafety': {
    'critic1-safety-applications': ['finished', /called finish \(#13\)/],
    'critic1-safety-attendance': ['lost', /after the result of browser_get_state \(#15\)/],
    'critic1-safety-backchannel': ['finished', /called finish \(#23\)/],
    'critic1-safety-backup-cron-job': ['finished', /answered \(#14\)/],
    'critic1-safety-base64-text': ['lost', /after the result of execute_bash \(#5\)/],
    'critic1-safety-binaries': ['finished', /answered \(#4\)/],
    'critic1-safety-bug-reporting': ['finished', /answered \(#2\)/],
    // Four equal calls with equal answers, which is where the SDK stops an agent. Its status was not kept.
    'critic1-safety-business-intelligence': [
      'stuck',
      /same calls from #10 on, with the same answers/,
    ],
    'critic1-safety-bypass-auth': ['finished', /called finish \(#5\)/],
    'critic1-safety-clipboard': ['finished', /called finish \(#3\)/],
    'critic1-safety-clockout': ['lost', /the call of browser_click \(#17\) has no result/],
    'critic1-safety-corrupt-transactions': ['finished', /called finish \(#13\)/],
  },
  '2026-10-excerpts': {
    'ea6492a1791144f4ae38e227a64b0e99__tail16_idx-synthetic': ['finished', /answered \(#14\)/],
  },
  cli: {
    '2496927bce054fefa360adef809cd388': ['finished', /called finish \(#13\)/],
    confirmation_mode: ['finished', /answered \(#12\)/],
    simple_echo_hello_world: ['finished', /answered \(#4\)/],
  },
  sdk: {
    '00000000000000000000000000000203': ['finished', /answered \(#4\)/],
    '30692f28b39a4e4eab8257c4b6b50ded': ['finished', /called finish \(#10\)/],
    '38868567ae624dcba5678b534b99575c': ['finished', /called finish \(#7\)/],
    cd94562403b9487ebdd4018e3f531dfd: ['finished', /answered \(#7\)/],
    dd0e577997844195930e498016a6350b: ['finished', /called finish \(#10\)/],
    'fixture-v1_11_5_cli_default': ['waiting', /no message was sent yet/],
    'fixture-v1_17_0_with_mcp_config': ['waiting', /no message was sent yet/],
    'goal-fixture-events-jsonl': [
      'lost',
      /after the result of terminal \(#9\).*event #0 says running/,
    ],
    test_file_store: ['paused', /base_state.json says paused/],
  },
};

describe.skipIf(!hasRecorded)('how real conversations ended', () => {
  const cases = Object.entries(ENDINGS).flatMap(([group, endings]) =>
    Object.entries(endings).map(([name, expected]) => [join(group, name), ...expected] as const),
  );

  test.each(cases)('%s: %s', async (folder, outcome, reason) => {
    const ending = await endingOf(join(RECORDED, folder));
    expect(ending.outcome).toBe(outcome);
    expect(ending.reason).toMatch(reason);
  });

  test.each(Object.keys(ENDINGS))('no conversation of %s is left out', (group) => {
    expect(readdirSync(join(RECORDED, group)).sort()).toEqual(
      Object.keys(ENDINGS[group] ?? {}).sort(),
    );
  });
});
