import { text as base } from './page-style/base.css?text';
import { text as charts } from './page-style/charts.css?text';
import { text as event } from './page-style/event.css?text';
import { text as footer } from './page-style/footer.css?text';
import { text as forcedColors } from './page-style/forced-colors.css?text';
import { text as header } from './page-style/header.css?text';
import { text as help } from './page-style/help.css?text';
import { text as motion } from './page-style/motion.css?text';
import { text as narrowScreen } from './page-style/narrow-screen.css?text';
import { text as overview } from './page-style/overview.css?text';
import { text as print } from './page-style/print.css?text';
import { text as section } from './page-style/section.css?text';
import { text as table } from './page-style/table.css?text';
import { text as theme } from './page-style/theme.css?text';
import { text as toolbar } from './page-style/toolbar.css?text';

/** The page's one stylesheet. The order matters: of two equally specific rules, the later one wins. */
export const style = [
  theme,
  base,
  header,
  overview,
  charts,
  table,
  toolbar,
  event,
  section,
  help,
  footer,
  narrowScreen,
  motion,
  print,
  forcedColors,
].join('\n');
