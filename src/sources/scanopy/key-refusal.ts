import { z } from 'zod';
import type { FailedAnswer } from '../transport/http/read-answer.ts';
import type { KeyRefusal } from '../transport/key-refused-error.ts';

const coded = z.object({ code: z.enum(['entity_disabled', 'entity_expired']) });

/** A disabled or expired key is 403, as an object that the key must not see is: only the code tells them apart. */
export const keyRefusal = ({ status, body }: FailedAnswer): KeyRefusal | null => {
  const read = coded.safeParse(body);
  if (status !== 403 || !read.success) return null;
  return read.data.code === 'entity_disabled' ? 'disabled' : 'expired';
};
