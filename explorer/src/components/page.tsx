import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router';

export interface PageProps {
  readonly title: ReactNode;
  /** Of the browser's tab. */
  readonly tab: string;
  /** Beside the title, e.g. links to other views. */
  readonly actions?: ReactNode;
  /** As wide as the window: for what has no lines to read. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

/** What every view has: a title, here and in the browser's tab, and its content. */
export const Page = ({ title, tab, actions, isWide = false, children }: PageProps) => {
  useEffect(() => {
    document.title = `${tab} · Inventory`;
  }, [tab]);
  const main = useRef<HTMLElement>(null);
  useArrival(main);
  return (
    <main ref={main} id="content" tabIndex={-1} className={isWide ? 'wide' : undefined}>
      <div className="page-head">
        <h1>{title}</h1>
        {actions && <div className="actions">{actions}</div>}
      </div>
      {children}
    </main>
  );
};

/** A link within the page does what loading a page does: the new content is at its top, and read next. Going back stays where one was. */
const useArrival = (main: RefObject<HTMLElement | null>): void => {
  const { pathname } = useLocation();
  const way = useNavigationType();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each path is a page; other parts of the address are not.
  useEffect(() => {
    if (way === 'POP') return;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
};
