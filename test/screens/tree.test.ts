import { SHOWN, testScreens } from '../helpers/screens.ts';

testScreens(
  'tree',
  SHOWN.map((conversation) => ['tree', conversation]),
);
