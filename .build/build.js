import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import bundles from '../rolldown.config.js';
import { writeDeclarations } from './declarations.js';

// Unlike rolldown's own command, this prints warnings and errors only, so that `npm ci` stays quiet.
rmSync(fileURLToPath(new URL('../dist', import.meta.url)), { recursive: true, force: true });
const declarations = writeDeclarations(); // meanwhile, as another process
for (const bundle of bundles) await build(bundle);
await declarations;
