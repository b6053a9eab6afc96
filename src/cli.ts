import { endWithStreams } from './command-line/streams/process-end.ts';
import { standardStream } from './command-line/streams/standard-stream.ts';
import { reportUncaught, runProgram } from './program.ts';

const streams = {
  stdout: standardStream(1, () => process.stdout),
  stderr: standardStream(2, () => process.stderr),
  env: process.env,
};

endWithStreams(streams);
process.on('uncaughtException', (error) => process.exit(reportUncaught(error, streams)));

// No top-level await: the bundle is CommonJS, which Node starts faster than modules.
runProgram(process.argv.slice(2), streams).then((exitCode) => {
  process.exitCode = exitCode;
});
