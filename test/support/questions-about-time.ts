const FIRST = 23;
const LAST = 27;

/** Of a file in `docs/questions`. */
export const isAboutTime = (name: string): boolean => {
  const number = Number.parseInt(name, 10);
  return number >= FIRST && number <= LAST;
};
