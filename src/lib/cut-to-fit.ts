/** The longest beginning of every list with which the whole is not larger than `maxBytes`, and a notice where something was cut. */
export const cutToFit = (data: unknown, rest: Record<string, unknown>, maxBytes: number): Record<string, unknown> => {
  const whole = { data: shortened(data, Number.POSITIVE_INFINITY), ...rest };
  if (sizeOf(whole) <= maxBytes) return whole;
  const cutAt = (items: number) => {
    const cut: string[] = [];
    const shown = shortened(data, items, '', cut);
    const named = [...new Set(cut)].slice(0, NAMED_LISTS).join(', ');
    return {
      notice: `Cut to ${maxBytes} bytes: lists show their first ${items} items (${named}). Ask for less, or narrow it by arguments.`,
      data: shown,
      ...rest,
    };
  };
  let fits = 0;
  for (let low = 0, high = longestList(data); low <= high; ) {
    const middle = (low + high) >> 1;
    if (sizeOf(cutAt(middle)) <= maxBytes) [fits, low] = [middle, middle + 1];
    else high = middle - 1;
  }
  const cut = cutAt(fits);
  if (sizeOf(cut) <= maxBytes) return cut;
  return {
    notice: `Left out: the answer is larger than ${maxBytes} bytes even with empty lists. Ask for fewer fields.`,
    ...rest,
  };
};

const NAMED_LISTS = 10;

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Without members that are null, which say as little as members that are missing, and with at most so many items of every list. */
const shortened = (value: unknown, items: number, path = '', cut: string[] = []): unknown => {
  if (Array.isArray(value)) {
    if (value.length > items) cut.push(path);
    return value.slice(0, items).map((item) => shortened(item, items, path, cut));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, shortened(member, items, path ? `${path}.${name}` : name, cut)]),
  );
};

const longestList = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  const within = Math.max(0, ...Object.values(value).map(longestList));
  return Array.isArray(value) ? Math.max(value.length, within) : within;
};
