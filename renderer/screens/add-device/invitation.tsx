import { ChevronRight, Copy, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { QrPicture } from '../../components/qr-picture.tsx';
import { useAction, type Action } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';
import { ADD_DEVICE, leftAnnounced, leftWords, secondsLeft } from '../../text/invitation.ts';

interface InvitationProps {
  readonly link: string;
  readonly expiresAt: string;
  /** Makes another one. */
  readonly renewal: Action;
}

/** The link and its picture, with what is left of its time; gone from the screen when it holds no more. */
export function Invitation({ link, expiresAt, renewal }: InvitationProps) {
  const client = useClient();
  const seconds = useSecondsLeft(expiresAt);
  const [isCopied, setCopied] = useState(false);
  const copy = useAction(
    () => client.copyInvitation(),
    () => {
      setCopied(true);
    },
  );
  if (seconds === 0) {
    return (
      <>
        <p className="section" role="status">
          {ADD_DEVICE.expired}
        </p>
        <div className="buttons after-list">
          <Button action={renewal}>{ADD_DEVICE.again}</Button>
        </div>
      </>
    );
  }
  return (
    <div className="invitation section">
      <QrPicture text={link} label={ADD_DEVICE.picture} />
      <div className="invitation__text">
        <p className="invitation__warn">
          <Icon of={TriangleAlert} small />
          <span>{ADD_DEVICE.warn}</span>
        </p>
        <p aria-hidden="true">{leftWords(seconds)}</p>
        <p className="visually-hidden" role="status">
          {leftAnnounced(seconds)}
        </p>
        <div className="buttons">
          <Button kind="primary" icon={<Icon of={Copy} small />} action={copy}>
            {ADD_DEVICE.copy}
          </Button>
        </div>
        <p className="muted" role="status">
          {isCopied ? ADD_DEVICE.copied : ''}
        </p>
        <ActionFailure action={copy} />
        <details className="details">
          <summary>
            <Icon of={ChevronRight} small />
            {ADD_DEVICE.show}
          </summary>
          <p className="invitation__link code">{link}</p>
        </details>
      </div>
    </div>
  );
}

const TICK_MS = 1000;

function useSecondsLeft(until: string): number {
  const [seconds, setSeconds] = useState(() => secondsLeft(until, new Date()));
  useEffect(() => {
    const timer = setInterval(() => {
      setSeconds(secondsLeft(until, new Date()));
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [until]);
  return seconds;
}
