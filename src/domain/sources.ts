/** Where an event can come from. Source: openhands-sdk event/types.py, SourceType. */
export const SOURCES: readonly string[] = ['agent', 'user', 'environment', 'hook'];
