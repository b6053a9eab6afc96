import { testScreens } from '../helpers/screens.ts';

const BENCHMARKS = '2025-09-benchmarks';
const SAFETY = '2025-10-openagentsafety/critic1-safety';

testScreens('diff', [
  [
    'diff',
    `${BENCHMARKS}/0535c419f44a4e248c72e40c77a06a32`,
    `${BENCHMARKS}/3749ed60c63e4def840a46f15f4ee18c`,
  ],
  [
    'diff',
    `${BENCHMARKS}/40c95fc35bde4128a8802e7a40419901`,
    `${BENCHMARKS}/cdbeb6ab6314421990e43fd3d517f721`,
    '--stat',
  ],
  [
    'diff',
    `${BENCHMARKS}/1e770021562640afb1d35be64cc26e2e`,
    `${BENCHMARKS}/b2688296b4844863aaede6f60a88b9da`,
  ],
  ['diff', `${SAFETY}-applications`, `${SAFETY}-backchannel`],
  ['diff', 'sdk/30692f28b39a4e4eab8257c4b6b50ded', 'sdk/dd0e577997844195930e498016a6350b'],
  ['diff', 'cli/2496927bce054fefa360adef809cd388', 'cli/confirmation_mode'],
]);
