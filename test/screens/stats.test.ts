import { SHOWN, testScreens } from '../helpers/screens.ts';

testScreens('stats', [
  ...SHOWN.map((conversation) => ['stats', conversation]),
  ['stats', SHOWN[0], '--sort', 'cost'],
]);
