import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { problemsOf } from '../api/problems.ts';
import { assetPath } from '../components/asset-link.tsx';
import { countedText } from '../text/amounts.ts';
import { HitText } from './hit-text.tsx';
import './search.css';
import { useSearch } from './use-search.ts';

/** Of each type. */
const FIRST = 5;

/** Searches as you type: a combobox with a list of what was found. `/` leads to it from anywhere. */
export const SearchBox = () => {
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const found = useSearch(text, { first: FIRST, readsLists: false });
  const { hits } = found;
  useFocusBySlash(input);

  const open = (path: string): void => {
    setIsOpen(false);
    setText('');
    setActive(-1);
    input.current?.blur();
    void navigate(path);
  };
  const choose = (): void => {
    const hit = hits[active];
    if (hit) open(assetPath(hit.id));
    else if (text.trim() !== '') open(`/search?${new URLSearchParams({ q: text.trim() })}`);
  };
  const move = (by: number): void => {
    setIsOpen(true);
    // One place more than there are hits: none of them, which is the text itself.
    setActive((at) => ((at + 1 + by + hits.length + 1) % (hits.length + 1)) - 1);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const actions: Readonly<Record<string, () => void>> = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: choose,
      Escape: () => (isOpen ? setIsOpen(false) : setText('')),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  const isShown = isOpen && text.trim() !== '';
  return (
    <search className="search-box">
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label="Search any name or identifier"
        aria-autocomplete="list"
        aria-expanded={isShown}
        aria-controls={list}
        aria-activedescendant={isShown && hits[active] ? `${list}-${active}` : undefined}
        placeholder="Search any name or identifier"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setActive(-1);
          setIsOpen(true);
        }}
        onFocus={() => setIsOpen(true)}
        onBlur={() => setIsOpen(false)}
        onKeyDown={onKeyDown}
      />
      <span className="key" aria-hidden="true">
        /
      </span>
      <div className="search-results" hidden={!isShown}>
        <div id={list} role="listbox" tabIndex={-1} aria-label="Found">
          {hits.map((hit, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, which keeps the focus.
            <div
              key={hit.id}
              id={`${list}-${i}`}
              className="hit"
              role="option"
              tabIndex={-1}
              aria-selected={i === active}
              // Before the input loses the focus, which closes the list.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => open(assetPath(hit.id))}
            >
              <HitText hit={hit} />
            </div>
          ))}
        </div>
        <p role="status" className="quiet">
          {statusOf(found)}
        </p>
      </div>
    </search>
  );
};

const statusOf = ({ hits, total, isBusy, leavesOut, errors }: ReturnType<typeof useSearch>): string => {
  if (isBusy) return 'Searching …';
  const problems = [...new Set(errors.flatMap((error) => problemsOf(error)).map(({ message }) => message))];
  const found = hits.length === 0 ? 'Nothing found.' : '';
  const more = total > hits.length ? `${countedText(total, 'record')} in all: Enter shows more.` : '';
  const left = leavesOut ? 'The index has not read the names of resources yet: Enter reads their lists.' : '';
  return [found, more, left, ...problems].join(' ') || countedText(hits.length, 'record');
};

const useFocusBySlash = (input: { readonly current: HTMLInputElement | null }): void => {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, select, textarea') !== null;
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [input]);
};
