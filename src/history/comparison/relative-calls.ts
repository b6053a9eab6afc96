import { EACH_EVENT, type EventSource } from '../../domain/scan.ts';
import { answerContent, callFingerprint, type TextChange } from '../call-fingerprint.ts';
import type { Call } from '../calls.ts';
import { inputOf } from '../sections/call-details.ts';

/**
 * The same calls, with fingerprints of what they are after a change of their texts. So calls of two conversations are
 * equal if they differ only in what the change replaces.
 *
 * @param calls the calls of one conversation
 * @throws ConversationGone
 */
export async function relativeCalls(
  source: EventSource,
  calls: readonly Call[],
  change: TextChange,
): Promise<Call[]> {
  const made = new Map<number, string | undefined>();
  const answers = new Map<number, string | undefined>();
  const wanted = calls.flatMap((call) => [
    inputOf(call).position,
    ...(call.answer ? [call.answer.position] : []),
  ]);
  const positions = [...new Set(wanted)].sort((one, other) => one - other);
  await source.scan(positions, EACH_EVENT, {
    entry(_, event, position) {
      if (!event) return undefined;
      made.set(position, callFingerprint(event, change));
      answers.set(position, answerContent(event, change)?.fingerprint);
      return undefined;
    },
    fault: () => undefined, // the reading of the conversation has reported it
  });
  return calls.map((call) => {
    const { subject, answer } = call;
    const fingerprint = made.get(inputOf(call).position) ?? subject.fields.fingerprint;
    return {
      ...call,
      subject: { ...subject, fields: { ...subject.fields, fingerprint } },
      answer: answer && {
        ...answer,
        fields: {
          ...answer.fields,
          answerFingerprint: answers.get(answer.position) ?? answer.fields.answerFingerprint,
        },
      },
    };
  });
}
