import { endWithStreams } from './command-line/process-end.ts';
import { reportUncaught, runProgram } from './program.ts';

const { stdout, stderr, env, argv } = process;
const streams = { stdout, stderr, env };

endWithStreams(streams);
process.on('uncaughtException', (error) => process.exit(reportUncaught(error, streams)));

// No top-level await: the bundle is CommonJS, which Node starts faster than modules.
runProgram(argv.slice(2), streams).then((exitCode) => {
  process.exitCode = exitCode;
});
