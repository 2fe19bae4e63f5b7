const ROOT = '/explore';
const PATH = /^\/explore\/at\/([^/]+)(.*)$/s;

interface Place {
  readonly pathname: string;
  readonly search: string;
}

/** @returns null for what is no time. */
const isoOf = (text: string): string | null => {
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
};

/** The address of the same view at another moment; null: now. */
export const addressAt = (time: string | null, { pathname, search }: Place = location): string => {
  const view = PATH.exec(pathname)?.[2] ?? pathname.slice(ROOT.length);
  return `${time === null ? ROOT : `${ROOT}/at/${time}`}${view}${search}`;
};

/** `?at=` in an address that somebody wrote is taken for what the pages themselves write: every link then stays at the moment. */
const takeMoment = (): string | null => {
  const { pathname, search, hash } = location;
  const query = new URLSearchParams(search);
  const given = query.get('at');
  if (given === null) return isoOf(decodeURIComponent(PATH.exec(pathname)?.[1] ?? ''));
  query.delete('at');
  const time = isoOf(given);
  const rest = query.size > 0 ? `?${query}` : '';
  history.replaceState(null, '', `${addressAt(time, { pathname, search: rest })}${hash}`);
  return time;
};

/** The moment of the past that the pages show; null: now. Another one loads them again. */
export const MOMENT: string | null = takeMoment();

/** What addresses of views begin with. */
export const BASE: string = MOMENT === null ? ROOT : `${ROOT}/at/${PATH.exec(location.pathname)?.[1] ?? ''}`;
