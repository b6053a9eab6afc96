import { readFileSync } from 'node:fs';
import { rolldown } from 'rolldown';

/** Imports a file as text: `import { text } from './header.css?text'`. */
export const textFiles = {
  name: 'text',
  load: {
    filter: { id: /\?text$/ },
    handler: (id) => ({
      code: `export const text = ${JSON.stringify(readFileSync(id.replace(/\?text$/, ''), 'utf8'))};`,
      moduleType: 'js',
    }),
  },
};

/**
 * Imports a module and all that it imports as the text of one script for a browser:
 * `import { text } from './main.ts?script'`. Names and lines stay readable, so that a reader of an exported page
 * can check what its script does.
 */
export const pageScript = {
  name: 'page-script',
  load: {
    filter: { id: /\?script$/ },
    async handler(id) {
      const bundle = await rolldown({ input: id.replace(/\?script$/, ''), platform: 'browser' });
      const { output } = await bundle.generate({ format: 'iife', comments: false });
      await bundle.close();
      const [{ code, moduleIds }] = output;
      // Either would end or suspend the script element that holds the text.
      if (/<\/script|<!--/i.test(code)) throw new Error(`${id} cannot be put into a page`);
      for (const file of moduleIds) this.addWatchFile(file);
      return { code: `export const text = ${JSON.stringify(code)};`, moduleType: 'js' };
    },
  },
};
