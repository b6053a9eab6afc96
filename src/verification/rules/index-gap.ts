import type { Rule } from '../rule.ts';

export const indexGap: Rule = {
  code: 'index-gap',
  severity: 'error',
  consequence:
    'Everything after the first gap is invisible, and what is appended next can take an index that exists.',
  *check({ events }) {
    let next = 0;
    for (const [place, { slot }] of events.entries()) {
      if (slot.index > next) {
        const range = slot.index - next === 1 ? `${next}` : `${next} to ${slot.index - 1}`;
        const beyond = events.length - place;
        yield {
          slot,
          message: `no event ${range}; ${beyond} event${beyond === 1 ? ' lies' : 's lie'} beyond`,
        };
      }
      next = slot.index + 1;
    }
  },
};
