import { type ReactNode, useEffect } from 'react';

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
  return (
    <main id="content" tabIndex={-1} className={isWide ? 'wide' : undefined}>
      <div className="page-head">
        <h1>{title}</h1>
        {actions && <div className="actions">{actions}</div>}
      </div>
      {children}
    </main>
  );
};
