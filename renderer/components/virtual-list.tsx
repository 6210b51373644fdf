import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';

interface VirtualListProps<Item> {
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly children: (item: Item) => ReactNode;
  /** What a row is high before it was measured, in pixels. */
  readonly estimatePx: number;
  readonly label?: string;
}

/** Fewer rows than this are all drawn: that is quicker, and finding in the page finds them. */
const ALL_DRAWN_MAX = 60;
/** Rows drawn above and below what is seen, so that fast scrolling shows no gap. */
const OVERSCAN_ROWS = 8;

/** A list of any length that draws only what can be seen; it scrolls with the screen it stands in. */
export function VirtualList<Item>(props: VirtualListProps<Item>) {
  return props.items.length <= ALL_DRAWN_MAX ? <WholeList {...props} /> : <SeenList {...props} />;
}

function WholeList<Item>({ items, keyOf, children, label }: VirtualListProps<Item>) {
  return (
    <ul className="list list--closed" aria-label={label}>
      {items.map((item) => (
        <li key={keyOf(item)}>{children(item)}</li>
      ))}
    </ul>
  );
}

function SeenList<Item>({ items, keyOf, children, estimatePx, label }: VirtualListProps<Item>) {
  const list = useRef<HTMLUListElement>(null);
  const [offsetPx, setOffsetPx] = useState(0);
  const scroller = (): HTMLElement | null => list.current?.closest('main') ?? null;

  useLayoutEffect(() => {
    const main = list.current?.closest('main');
    if (list.current === null || main === null || main === undefined) return;
    setOffsetPx(list.current.getBoundingClientRect().top - main.getBoundingClientRect().top + main.scrollTop);
  }, []);

  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: scroller,
    estimateSize: () => estimatePx,
    overscan: OVERSCAN_ROWS,
    scrollMargin: offsetPx,
  });
  return (
    <ul className="list list--virtual" ref={list} aria-label={label} style={{ blockSize: `${rows.getTotalSize()}px` }}>
      {rows.getVirtualItems().map(({ index, start }) => {
        const item = items[index];
        if (item === undefined) return null;
        return (
          <li
            key={keyOf(item)}
            ref={rows.measureElement}
            data-index={index}
            aria-posinset={index + 1}
            aria-setsize={items.length}
            style={{ transform: `translateY(${start - offsetPx}px)` }}
          >
            {children(item)}
          </li>
        );
      })}
    </ul>
  );
}
