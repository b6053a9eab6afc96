import { SHOWN, testScreens } from '../helpers/screens.ts';

testScreens('verify', [
  ...SHOWN.map((conversation) => ['verify', conversation]),
  ['verify', '.', '--jobs', '1'],
  ['verify', '.', '--summary', '--jobs', '1'],
]);
