import type { FieldsPlan } from '../options/fields-options.ts';
import type { Session } from '../session.ts';
import { UsageError } from '../usage-error.ts';
import type { FieldKnowledge, ReadItems } from './field-knowledge.ts';

interface Items {
  readonly read: ReadItems;
  readonly knowledge: () => Promise<FieldKnowledge>;
  /** More items can come, and have fields that these lack. */
  readonly isEndless?: boolean;
}

/**
 * Prints items, or lists their fields if the plan says so. Before anything is printed, `--fields` is checked.
 *
 * @param print prints the items, and calls `see` with the JSON of each
 * @throws UsageError for a field that no item has, and that none is known to have
 */
export async function printItems(
  session: Pick<Session, 'terminal'>,
  { fields, listsFields }: FieldsPlan,
  { read, knowledge, isEndless = false }: Items,
  print: (see: (json: string) => void) => Promise<void>,
): Promise<void> {
  if (!listsFields && fields === undefined) return print(() => {});
  const { listFields, SeenFields, unknownFieldProblem } = await import('./asked-fields.ts');
  if (fields === undefined) return listFields(session, read);
  const known = await knowledge();
  const problem = await unknownFieldProblem(fields, known, read);
  if (problem !== undefined && !isEndless) throw new UsageError(problem);
  if (problem !== undefined) session.terminal.warn(problem);
  const seen = new SeenFields(fields);
  await print((json) => seen.see(json));
  if (problem === undefined) seen.note(session, known.item);
}
