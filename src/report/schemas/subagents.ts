import { z } from 'zod';

const subagent = z.object({
  id: z.string(),
  path: z.string().describe('Absolute path'),
  parent: z.string().describe('Id of the conversation that directly contains it'),
  depth: z.int().describe('1 for a subagent of this conversation, 2 for a subagent of that one'),
  events: z.int().nullable().describe('null if it can’t be opened'),
  cost: z
    .number()
    .nullable()
    .describe(
      'In US dollars, as its base_state.json records it, with what that copied from its own subagents. null if it is not known',
    ),
  status: z.string().nullable().describe('execution_status in its base_state.json'),
  problem: z
    .string()
    .nullable()
    .describe('Why it can’t be opened, or why its base_state.json can’t be read'),
});

/** Fields of every document about a conversation that has subagents. */
export const subagentFields = {
  with_subagents: z
    .literal(true)
    .optional()
    .describe('With --subagents: the answer includes the subagents’ conversations'),
  subagents: z
    .array(subagent)
    .optional()
    .describe('Conversations stored inside this one, at any depth. Left out if there are none'),
  subagent_totals: z
    .object({
      subagents: z.int(),
      unreadable: z.int().describe('How many of them can’t be opened'),
      events: z.int(),
      cost: z
        .number()
        .nullable()
        .describe('In US dollars, each subagent counted once. null if no cost is known'),
      cost_is_at_least: z.boolean().describe('The cost of some of them is not known'),
      cost_counted: z
        .number()
        .describe('The part of it that the cost of this conversation includes already'),
    })
    .optional()
    .describe('What the subagents add up to. Left out if there are none'),
};
