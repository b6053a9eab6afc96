import { testScreens } from '../helpers/screens.ts';

testScreens('ls', [
  ['ls', '.'],
  ['ls'],
  ['ls', '2025-09-benchmarks'],
  ['ls', '2025-10-openagentsafety', '--sort', 'errors'],
  ['ls', 'cli'],
  ['ls', 'sdk', '--tree'],
  ['ls', '2026-10-excerpts'],
  ['ls', '.', '--status', 'finished'],
  ['ls', 'sdk', '--status', 'running,paused'],
]);
