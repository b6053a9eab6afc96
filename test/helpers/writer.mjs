// Appends events the way the SDK does: the next index after what is there, a file created empty and
// then written in pieces, no rename. Run as a process of its own, so that a test can kill it.
// Arguments: events folder, events to write, pieces per event, pause between pieces in ms.
import { closeSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const [folder, count, pieces, pause] = process.argv.slice(2);
const idle = new Int32Array(new SharedArrayBuffer(4));
const rest = () => Number(pause) > 0 && Atomics.wait(idle, 0, 0, Number(pause));

const first = readdirSync(folder).filter((name) => name.startsWith('event-')).length;
for (let index = first; index < first + Number(count); index++) {
  const id = `${process.pid.toString(16).padStart(8, '0')}-${String(index).padStart(8, '0')}`;
  const event = {
    id,
    timestamp: new Date().toISOString().slice(0, -1),
    source: 'environment',
    key: 'n',
    value: 'ü'.repeat((index * 37) % 900),
    kind: 'ConversationStateUpdateEvent',
  };
  const bytes = Buffer.from(JSON.stringify(event));
  const fd = openSync(join(folder, `event-${String(index).padStart(5, '0')}-${id}.json`), 'w');
  rest();
  for (let piece = 0; piece < Number(pieces); piece++) {
    const from = Math.floor((bytes.length * piece) / Number(pieces));
    const to = Math.floor((bytes.length * (piece + 1)) / Number(pieces));
    writeSync(fd, bytes, from, to - from);
    if (piece + 1 < Number(pieces)) rest();
  }
  closeSync(fd);
  process.stdout.write(`${index} ${id} ${Date.now()}\n`);
}
