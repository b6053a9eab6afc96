/*
 * The page's own script. The build bundles this folder into one script. It creates elements and texts, never
 * markup: the page's content policy forbids that.
 */
import { elementById } from './elements.ts';
import { EventList } from './event-list.ts';
import { Filter } from './filter.ts';
import { jumpIn, setUpJumpButtons } from './jumps.ts';
import { setUpKeys } from './keys.ts';
import { setUpKindMenu } from './kinds.ts';
import { followLinks, removeDeadLinks } from './links.ts';
import { ReadingPosition } from './reading-position.ts';
import { showCount } from './status.ts';
import { applyStoredTheme, setUpThemeButton } from './theme.ts';
import { setUpTimeline } from './timeline.ts';

applyStoredTheme();

addEventListener('DOMContentLoaded', () => {
  const events = new EventList();
  const reading = new ReadingPosition(events);
  const filter = new Filter(events, reading);
  const jump = jumpIn(events, reading);
  removeDeadLinks(events);
  setUpTimeline(events);
  setUpJumpButtons(jump);
  setUpKindMenu();
  setUpKeys(events, filter, reading, jump);
  setUpThemeButton();
  elementById('tools', HTMLElement).hidden = false;
  showCount(events);
  followLinks(events, filter, reading);
});
