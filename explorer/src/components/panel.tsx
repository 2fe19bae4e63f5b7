import { type ReactNode, useId } from 'react';

export interface PanelProps {
  readonly title: string;
  /** A few words beside the title. */
  readonly note?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** One part of a page under its own heading. */
export const Panel = ({ title, note, className = '', children }: PanelProps) => {
  const heading = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={heading}>
      <header>
        <h3 id={heading}>{title}</h3>
        {note && <p className="note">{note}</p>}
      </header>
      {children}
    </section>
  );
};
