import { get, type IncomingMessage } from 'node:http';
import type { LiveState } from '../../../src/reports/live/live-state.ts';

/** A page that listens: its states one by one. */
export interface FollowedEvents {
  /** Every state that came. */
  readonly states: readonly LiveState[];
  /** The first state, of those that came and those to come, that satisfies a condition. */
  until(holds: (state: LiveState) => boolean): Promise<LiveState>;
  readonly ended: Promise<void>;
  end(): void;
}

export async function followEvents(url: string): Promise<FollowedEvents> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${url}live/events`, resolve).on('error', reject);
  });
  const states: LiveState[] = [];
  let rest = '';
  let wake = () => {};
  response.setEncoding('utf8').on('data', (text: string) => {
    const events = `${rest}${text}`.split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      if (event.startsWith('data: ')) states.push(JSON.parse(event.slice('data: '.length)));
    }
    wake();
  });
  const ended = new Promise<void>((resolve) => {
    response.on('close', resolve).on('error', () => resolve());
  });
  return {
    states,
    async until(holds) {
      for (let at = 0; ; at += 1) {
        while (at >= states.length) {
          await new Promise<void>((resolve, reject) => {
            wake = resolve;
            void ended.then(() => reject(new Error('the stream ended')));
          });
        }
        const state = states[at];
        if (state && holds(state)) return state;
      }
    },
    ended,
    end: () => void response.destroy(),
  };
}
