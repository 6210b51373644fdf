import { encode } from 'uqr';

interface QrPictureProps {
  readonly text: string;
  /** What it is a picture of. */
  readonly label: string;
}

/** A text to be read by a camera. It is dark on light in both themes: not every reader knows the other way round. */
export function QrPicture({ text, label }: QrPictureProps) {
  const { data, size } = encode(text, { border: QUIET_MODULES });
  const dots = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path d={dots.join('')} />
    </svg>
  );
}

/** The light frame that ISO/IEC 18004 asks for. */
const QUIET_MODULES = 4;
