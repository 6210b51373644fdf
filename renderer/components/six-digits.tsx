/** Six digits large enough to be read from the other device, three and three. `label`: read in their place. */
export function SixDigits({ digits, label }: { readonly digits: string; readonly label: string }) {
  return (
    <p className="digits" role="img" aria-label={label}>
      {Array.from(digits, (digit, index) => (
        <span key={index} aria-hidden="true">
          {digit}
        </span>
      ))}
    </p>
  );
}
