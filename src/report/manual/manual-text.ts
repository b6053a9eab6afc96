/** What the manual page tells beside the commands. */
interface Section {
  readonly title: string;
  readonly paragraphs?: readonly string[];
  readonly terms?: readonly (readonly [term: string, about: string])[];
}

export const ABOUT: readonly string[] = [
  'Looks into the conversations that OpenHands agents leave on disk: a folder of JSON files, one an event. It tells what happened, finds events, counts them, follows along while the agent works, checks that what is stored can be read, and makes a page of it.',
  'It never writes into a conversation, and lets nothing from an event act on the terminal. Results go to standard output, all else to standard error. An event that cannot be read is never left out in silence.',
];

export const AFTER: readonly Section[] = [
  {
    title: 'WHICH CONVERSATION',
    paragraphs: [
      'A conversation is named by a path (its folder, its events folder, or any folder of event files), or by its id or the first four or more digits of it, looked up under the roots. Left out, or @latest, it is the current folder if that is a conversation, else the one most recently written. Which one was taken is said on standard error.',
      'The roots are the folders that --root gives, else those under FILES that exist.',
    ],
  },
  {
    title: 'EXIT STATUS',
    terms: [
      ['0', 'Done; search found something; a reader closed the pipe or left the pager early.'],
      [
        '1',
        'Nothing found; verify found errors; diff found a difference; tail --until-done ended in failure.',
      ],
      ['2', 'Wrong usage, or the work could not be done.'],
      ['3', 'Done, but events that could not be read are missing from the answer.'],
      ['130, 143', 'Interrupted, terminated.'],
    ],
  },
  {
    title: 'ENVIRONMENT',
    terms: [
      [
        'OPENHANDS_CONVERSATIONS_DIR, OPENHANDS_PERSISTENCE_DIR',
        'Where the OpenHands CLI keeps conversations: the folder itself, or the one that holds its conversations folder.',
      ],
      ['OH_CONVERSATIONS_PATH', 'Where the agent-server does.'],
      [
        'OH_CANVAS_SAFE_STATE_DIR',
        'Where Agent Canvas does, in conversations and dev_conversations.',
      ],
      ['OPENHANDS_CONVERSATIONS_ROOT', "Where the SDK's viewer looks."],
      ['HOME', 'Where the other roots are.'],
      [
        'CONVOSCOPE_CACHE_DIR',
        "Where indices are kept between runs, in place of the platform's folder for caches.",
      ],
      [
        'CONVOSCOPE_PAGER, PAGER',
        'Shows what is longer than the screen, on a terminal; a command for the shell, by default less. Empty or cat: none. On a dumb terminal only the first one counts.',
      ],
      ['LESS', 'Set to FRX for the pager, if it is not set.'],
      [
        'FORCE_COLOR, NO_COLOR, TERM',
        'Whether to colour the output, where --color does not say. Not on a dumb terminal.',
      ],
      [
        'FORCE_HYPERLINK',
        '1 or 0: whether the terminal shows links to files, where that is not known of it.',
      ],
      ['CONVOSCOPE_DEBUG', 'Tells where in the program an internal error came up.'],
    ],
  },
  {
    title: 'FILES',
    terms: [
      ['~/.openhands/conversations', 'Conversations of the OpenHands CLI.'],
      ['./workspace/conversations', 'Of the agent-server.'],
      ['~/.openhands/agent-canvas', 'Of Agent Canvas, in conversations and dev_conversations.'],
      ['./.conversations', 'Of the SDK.'],
      [
        '~/.cache/convoscope',
        'Indices of conversations, kept between runs; elsewhere on macOS and Windows.',
      ],
    ],
  },
];
