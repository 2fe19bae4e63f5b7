const numbers = new WeakMap<object, number>();
let last = 0;

/** Numbers objects without holding them: what was named by the number may be kept for longer than they are. */
export const numberOf = (known: object): number => {
  const number = numbers.get(known) ?? ++last;
  numbers.set(known, number);
  return number;
};
