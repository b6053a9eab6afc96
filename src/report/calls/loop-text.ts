import type { Loop } from '../../history/loops.ts';

/** `loop 2: 3× of 2 calls, same answers`, `loop 3: 5×, same error`. */
export function formatLoop({ number, kind, times, period, sameAnswers }: Loop): string {
  const calls = period > 1 ? ` of ${period} calls` : '';
  const answers = kind === 'same-error' ? ', same error' : sameAnswers ? ', same answers' : '';
  return `loop ${number}: ${times}×${calls}${answers}`;
}
