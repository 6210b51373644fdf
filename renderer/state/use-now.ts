import { useEffect, useState } from 'react';

/** Often enough for what is said in minutes. */
const TICK_MS = 15_000;

/** The time, for what is left of something; the component is drawn again as it goes on. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(new Date());
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now;
}
