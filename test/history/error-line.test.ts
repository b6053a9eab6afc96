import { describe, expect, test } from 'vitest';
import { errorLineOf } from '../../src/history/error-line.ts';

const CASES: Record<string, { output: string[]; line: string }> = {
  'a Python exception, though output follows': {
    output: ['Traceback (most recent call last):', '  …', 'ValueError: no', 'Cleaned up: /tmp/x'],
    line: 'ValueError: no',
  },
  'an exception of a module': {
    output: ['subprocess.CalledProcessError: exit 1', 'done'],
    line: 'subprocess.CalledProcessError: exit 1',
  },
  'an error of pip before its hints': {
    output: ['error: subprocess-exited-with-error', '', 'note: This error …', 'hint: See above.'],
    line: 'error: subprocess-exited-with-error',
  },
  'an assertion of pytest': {
    output: ['>   assert 1 == 2', 'E   assert 1 == 2', '', 'test_a.py:3: in test'],
    line: 'assert 1 == 2',
  },
  'a failed test': {
    output: ['E   assert 0', 'FAILED test_a.py::test_b - assert 0', '=== 1 failed in 0.1s ==='],
    line: 'FAILED test_a.py::test_b - assert 0',
  },
  'an error of a compiler': {
    output: ["a.c:3:1: error: expected ';'", '    3 | }', '      | ^'],
    line: "a.c:3:1: error: expected ';'",
  },
  'a command that does not exist': {
    output: ['bash: foo: command not found', 'next'],
    line: 'bash: foo: command not found',
  },
  'the last of several errors': { output: ['error: a', 'error: b', 'end'], line: 'error: b' },
  'the last line, where none looks like an error': {
    output: ['one', 'two', '', '  '],
    line: 'two',
  },
  'the last line that is no hint': { output: ['it broke', 'hint: try again'], line: 'it broke' },
  'a hint, where there is nothing else': { output: ['hint: try again'], line: 'hint: try again' },
  nothing: { output: ['', ' '], line: '' },
};

describe('the line of an output that says what failed', () => {
  for (const [name, { output, line }] of Object.entries(CASES)) {
    test(name, () => expect(errorLineOf(output.join('\n'))).toBe(line));
  }

  test('is found in hostile output', () => {
    const parts = ['a', 'a.', 'A', '$.', 'Error', ': ', 'x: ', 'make', 'E   ', '[', 'error['];
    for (const part of parts) {
      const output = `${part.repeat(200_000)}\nerror: found\n${part.repeat(200_000)}`;
      expect(errorLineOf(output).length, part).toBeLessThanOrEqual(1000);
    }
  });
});
