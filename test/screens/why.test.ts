import { SHOWN, testScreens } from '../helpers/screens.ts';

testScreens(
  'why',
  [
    ...SHOWN,
    '2025-10-openagentsafety/critic1-safety-business-intelligence',
    '2025-10-openagentsafety/critic1-safety-clockout',
    '2025-09-benchmarks/16caf190d1a9431fb2ea0f5d21d95d71',
    'sdk/goal-fixture-events-jsonl',
    'sdk/test_file_store',
  ].map((conversation) => ['why', conversation]),
);
