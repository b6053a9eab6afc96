import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Debian's; or wherever another one is. */
const CHROMIUM = process.env.CONVOSCOPE_CHROMIUM ?? '/usr/bin/chromium';
export const hasBrowser = existsSync(CHROMIUM);

/** Ends what waits in vain. No test depends on how fast the machine is. */
const LIMIT_MS = 150_000;

let browser: Promise<Browser> | undefined;

/** Ends the browser, if one was started. For `afterAll` of each test file that opens a page. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

export interface Opened {
  readonly page: Page;
  /** Everything that was asked of the network or the disk. */
  readonly requests: readonly string[];
  /** What went to the console, errors and refusals of the content policy among it. */
  readonly said: readonly string[];
}

/** Opens a file in a browser of its own kind, as if by a double click. */
export async function openFile(path: string, options: BrowserContextOptions = {}): Promise<Opened> {
  browser ??= chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const context = await (await browser).newContext(options);
  context.setDefaultTimeout(LIMIT_MS);
  const page = await context.newPage();
  const requests: string[] = [];
  const said: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  page.on('dialog', (dialog) => {
    said.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(`file://${path}`);
  return { page, requests, said };
}
