/** The values of an event's `source`. Source: openhands-sdk event/types.py, SourceType. */
export const SOURCES: readonly string[] = ['agent', 'user', 'environment', 'hook'];
