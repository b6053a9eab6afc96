import { KnownSecrets } from '../../../src/redaction/known/known-secrets.ts';
import { makeRedactor } from '../../../src/redaction/redactor.ts';
import type { Sample } from './samples.ts';

export interface Recall {
  readonly family: string;
  readonly samples: number;
  /** The names of samples of which something was left. */
  readonly missed: readonly string[];
}

/** How many secrets of each family are replaced. */
export function measureRecall(corpus: readonly Sample[]): Recall[] {
  const families = new Map<string, Sample[]>();
  for (const sample of corpus) {
    families.set(sample.family, [...(families.get(sample.family) ?? []), sample]);
  }
  return [...families].map(([family, samples]) => ({
    family,
    samples: samples.length,
    missed: samples.filter((sample) => !isReplaced(sample)).map(({ name }) => name),
  }));
}

/** Whether nothing of a sample's secrets is left, in the event as it is stored and as people read it. */
function isReplaced({ texts, secrets }: Sample): boolean {
  const known = new KnownSecrets();
  const scout = makeRedactor({ known });
  const events = texts.map((text) => ({ observation: { content: [{ text }] } }));
  for (const event of events) scout.event(event);
  const redactor = makeRedactor({ known });
  return events.every((event) => {
    const shown = redactor.event(event).observation.content[0]?.text ?? '';
    const stored = JSON.parse(redactor.json(JSON.stringify(event))).observation.content[0].text;
    return secrets.every((secret) => !shown.includes(secret) && !stored.includes(secret));
  });
}
