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

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The address of the same view at another moment; null: now. */
export const addressAt = (time: string | null, { pathname, search }: Place = location): string => {
  const view = PATH.exec(pathname)?.[2] ?? pathname.slice(ROOT.length);
  return `${time === null ? ROOT : `${ROOT}/at/${time}`}${view}${search}`;
};

/** `?at=` in an address that somebody wrote is taken for what the pages themselves write: every link then stays at the moment. */
const takeMoment = (): { readonly time: string | null; readonly unreadable: string | null } => {
  const { pathname, search, hash } = location;
  const query = new URLSearchParams(search);
  const inQuery = query.get('at');
  const inPath = PATH.exec(pathname)?.[1];
  const given = inQuery ?? (inPath === undefined ? null : decoded(inPath));
  const time = given === null ? null : isoOf(given);
  if (inQuery !== null || (given !== null && time === null)) {
    query.delete('at');
    const rest = query.size > 0 ? `?${query}` : '';
    history.replaceState(null, '', `${addressAt(time, { pathname, search: rest })}${hash}`);
  }
  return { time, unreadable: time === null ? given : null };
};

const taken = takeMoment();

/** The moment of the past that the pages show; null: now. Another one loads them again. */
export const MOMENT: string | null = taken.time;

/** What the address has in the place of a moment, where that is no time: then the pages show now. */
export const UNREADABLE_MOMENT: string | null = taken.unreadable;

/** What addresses of views begin with. */
export const BASE: string = MOMENT === null ? ROOT : `${ROOT}/at/${PATH.exec(location.pathname)?.[1] ?? ''}`;
