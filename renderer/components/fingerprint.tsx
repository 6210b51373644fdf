import { useId } from 'react';

interface FingerprintProps {
  readonly label: string;
  /** Groups of four characters, as the agent writes them. */
  readonly value: string;
}

/** A fingerprint large enough to be compared by telephone, group by group. */
export function Fingerprint({ label, value }: FingerprintProps) {
  const id = useId();
  const groups = value.split(/[\s-]+/).filter(Boolean);
  return (
    <figure className="fingerprint" aria-labelledby={id}>
      <figcaption id={id}>{label}</figcaption>
      <p>
        {groups.map((group, index) => (
          <span key={index}>{`${group} `}</span>
        ))}
      </p>
    </figure>
  );
}
