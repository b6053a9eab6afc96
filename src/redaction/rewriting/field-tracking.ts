import type { Container, FieldLocation } from '../classification/event-fields.ts';

/** How much of a `name` or `key` member is kept. */
const MAX_NAME_MEMBER_CHARS = 200;

/** An object or a list of an event, while a traversal is inside it. */
export interface TrackedContainer extends Container {
  readonly nameMembers: { name?: string; key?: string };
  /** In a list, how many elements are before the current one. */
  elements: number;
  /** In a list, the string directly before the current element. */
  previousString: string | undefined;
}

/** A container that the traversal enters. @param key the key that the container is the value of */
export const enterContainer = (
  isList: boolean,
  key?: string,
  parent?: TrackedContainer,
): TrackedContainer => ({
  key,
  parent,
  isList,
  index: parent?.isList ? parent.elements : 0,
  nameMembers: {},
  elements: 0,
  previousString: undefined,
});

/** Records a string that the container contains, for classifying the strings beside it. */
export function recordString(
  container: TrackedContainer,
  key: string | undefined,
  value: string,
): void {
  if (container.isList) container.previousString = value;
  else if (key === 'name' || key === 'key') {
    container.nameMembers[key] = value.slice(0, MAX_NAME_MEMBER_CHARS);
  }
}

/** Where the string that the traversal has reached is. Take it before recording that string. */
export const locationIn = (
  container: TrackedContainer,
  key: string | undefined,
): FieldLocation => ({
  key,
  container,
  previousString: container.previousString,
  index: container.elements,
});
