const PREFIXES = 'i|vol|snap|eipalloc|eni|nat|sg|vpc|subnet|ami|vpce';
const ID = new RegExp(`^(?:${PREFIXES})-[0-9a-f]{8,17}$`, 'i');
const INSTANCE_ID = /^i-[0-9a-f]{8,17}$/i;

/** Lower case, or null. Such ids are unique within a region, in practice everywhere. */
export const parseAwsId = (text: string): string | null => (ID.test(text) ? text.toLowerCase() : null);

const parseInstanceId = (text: string): string | null => (INSTANCE_ID.test(text) ? text.toLowerCase() : null);

/** Every instance id that stands as a whole label in a host name. */
export const instanceIdsIn = (name: string): readonly string[] =>
  name.includes('i-') || name.includes('I-') ? name.split('.').flatMap((label) => parseInstanceId(label) ?? []) : [];
