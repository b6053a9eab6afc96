import { SHOWN, testScreens } from '../helpers/screens.ts';

/** One for each conversation, which it is found in. */
const QUERIES = [
  ['error'],
  ['pytest'],
  ['file'],
  ['-e', 'files?\\b'],
  ['import', '-t', 'pytest', '-C', '1'],
  ['error', '--max-columns', '70'],
  ['http', '--full'],
];

testScreens('search', [
  ...SHOWN.map((conversation, at) => ['search', conversation, ...(QUERIES[at] as string[])]),
  ['search', SHOWN[1], 'error', '-o', 'table', '--limit', '8'],
  ['search', SHOWN[1], '-w', 'action.new_str~import', '--limit', '5'],
  ['search', SHOWN[5], '--body', 'file'],
]);
