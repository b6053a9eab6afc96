import { SHOWN, testScreens } from '../helpers/screens.ts';

const LOOPED = '2025-10-openagentsafety/critic1-safety-business-intelligence';

testScreens('calls', [
  ...SHOWN.map((conversation) => ['calls', conversation]),
  ['calls', '2025-09-benchmarks/0535c419f44a4e248c72e40c77a06a32', '--failed'],
  ['calls', '2025-10-openagentsafety/critic1-safety-corrupt-transactions', '--failed', '--wrap'],
  ['calls', LOOPED],
  ['calls', LOOPED, '--loops', '--no-fold'],
  ['calls', 'cli/confirmation_mode', '--risk', '--legend'],
  ['calls', 'sdk/goal-fixture-events-jsonl', '--wrap'],
]);
