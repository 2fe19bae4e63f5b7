import type { DemoAnswer } from '../http.ts';

/** What gathers before anything is passed on. */
const BUFFER_BYTES = 4_096;

/** Of an answer without an end even the head waits until the buffer is full. */
export function throughBufferingProxy(answer: DemoAnswer): DemoAnswer {
  const { stream } = answer;
  if (stream === undefined) return answer;
  return {
    ...answer,
    stream(response) {
      let gathered = '';
      stream({
        flushHeaders() {},
        once: response.once.bind(response),
        write(text) {
          gathered += text;
          if (Buffer.byteLength(gathered) < BUFFER_BYTES) return;
          response.write(gathered);
          gathered = '';
        },
      });
    },
  };
}
