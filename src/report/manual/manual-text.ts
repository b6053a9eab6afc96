/** A section of the manual page that does not come from the help of a command. */
interface Section {
  readonly title: string;
  readonly paragraphs?: readonly string[];
  readonly terms?: readonly (readonly [term: string, about: string])[];
}

export const DESCRIPTION: readonly string[] = [
  'convoscope inspects the conversations that OpenHands agents store on disk. Each is a folder of JSON files, one per event. It shows what happened, finds and counts events, follows a running agent, checks that the stored files can be read, and exports a conversation as a page.',
  'It never writes into a conversation. Text from events cannot control the terminal. Results go to standard output, everything else to standard error. Events that cannot be read are always reported.',
];

export const SECTIONS_AFTER_OPTIONS: readonly Section[] = [
  {
    title: 'CONVERSATIONS',
    paragraphs: [
      'A conversation is given as a path (its folder, its events folder, or any folder of event files), as an id (the name of its folder), or as at least the first four characters of an id. Ids are looked up under the roots. Without an operand, or with @latest, convoscope uses the current folder if it is a conversation, else the one whose newest event is the latest. A note on standard error names it.',
      'The roots are the folders given with --root, else the current folder if it holds conversations, and the folders listed under FILES that exist.',
    ],
  },
  {
    title: 'EXIT STATUS',
    terms: [
      [
        '0',
        'Done. For search: something was found. Also if the reader of a pipe, or the pager, stopped early.',
      ],
      [
        '1',
        'search found nothing, verify found errors, diff found a difference, or tail --until-done ended in failure.',
      ],
      ['2', 'Wrong usage, or the work could not be done.'],
      ['3', 'Done, but events that could not be read are missing from the answer.'],
      ['70', 'An internal error: a fault of convoscope itself.'],
      ['129, 130, 143', 'Ended by SIGHUP, SIGINT or SIGTERM.'],
    ],
  },
  {
    title: 'ENVIRONMENT',
    terms: [
      [
        'OPENHANDS_CONVERSATIONS_DIR, OPENHANDS_PERSISTENCE_DIR',
        'Where the OpenHands CLI stores conversations: the folder itself, or the folder that contains its conversations folder.',
      ],
      ['OH_CONVERSATIONS_PATH', 'Where the agent-server stores conversations.'],
      [
        'OH_CANVAS_SAFE_STATE_DIR',
        'Where Agent Canvas stores conversations, in conversations and dev_conversations.',
      ],
      ['OPENHANDS_CONVERSATIONS_ROOT', "Where the SDK's viewer looks for conversations."],
      ['HOME', 'The folder that contains the roots that begin with ~.'],
      [
        'CONVOSCOPE_CACHE_DIR',
        "Where indices are kept between runs. Default: the platform's cache folder.",
      ],
      [
        'CONVOSCOPE_PAGER, PAGER',
        'The shell command that shows output longer than the screen. Default: less. Empty or cat: no pager. On a dumb terminal, PAGER is ignored.',
      ],
      ['LESS', 'Set to FRX for the pager, unless it is set.'],
      [
        'FORCE_COLOR, NO_COLOR, TERM',
        'Whether to colour the output, without --color. A dumb terminal gets no colours.',
      ],
      [
        'FORCE_HYPERLINK',
        '1 or 0: whether the terminal supports links to files, if convoscope cannot detect it.',
      ],
      ['CONVOSCOPE_DEBUG', 'Adds a stack trace to internal errors.'],
      [
        'CONVOSCOPE_KERNEL',
        'Set to off, every event is parsed in JavaScript, which is slower and finds the same.',
      ],
    ],
  },
  {
    title: 'FILES',
    terms: [
      ['~/.openhands/conversations', 'Conversations of the OpenHands CLI.'],
      ['./workspace/conversations', 'Conversations of the agent-server.'],
      [
        '~/.openhands/agent-canvas',
        'Conversations of Agent Canvas, in conversations and dev_conversations.',
      ],
      ['./.conversations', 'Conversations of the SDK.'],
      [
        '~/.cache/convoscope',
        'Indices of conversations, kept between runs. On macOS and Windows, they are in the cache folder of the platform.',
      ],
    ],
  },
];
