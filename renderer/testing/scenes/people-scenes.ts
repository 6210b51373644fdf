import type { AppView } from '@endymail/shared/ipc';
import type { PersonView } from '@endymail/shared/mail';
import { err, failure, ok, type Failure } from '@endymail/shared/result';
import { CLUB, MIRA, POTS } from './mailboxes.ts';
import { MANY_PEOPLE, NEW_PERSON, PEOPLE, PUBLIC_PART } from './people.ts';
import type { Scene } from './scene.ts';
import { person, profileId, rows, view } from './values.ts';

const protectedView = (people: readonly PersonView[], changed: Partial<AppView> = {}): AppView =>
  view({
    mailboxes: rows([
      { ...MIRA, state: people.length === 0 ? 'ready' : 'protected' },
      { ...POTS, state: people.length === 0 ? 'ready' : 'protected' },
      CLUB,
    ]),
    people,
    ...changed,
  });

/** People, and a file that names `offered`. Who is added or removed is so at once. */
function among(people: readonly PersonView[], offered: PersonView = NEW_PERSON): Scene {
  return {
    view: protectedView(people),
    route: { screen: 'people' },
    handlers: ({ view: now, change }) => ({
      choosePublicPart: async () => Promise.resolve(ok({ text: PUBLIC_PART, person: offered })),
      readPublicPart: async () => Promise.resolve(ok(offered)),
      addPerson: async () => {
        change(protectedView([...now().people.filter(({ address }) => address !== offered.address), offered]));
        return Promise.resolve(ok({ waiting: [], left: [] }));
      },
      removePerson: async ([address]) => {
        change({ people: now().people.filter((known) => known.address !== address) });
        return Promise.resolve(ok({ waiting: [], left: [] }));
      },
    }),
  };
}

/** A file that the agent refuses. */
const refusing = (why: Failure): Scene => ({
  ...among(PEOPLE),
  handlers: () => ({
    choosePublicPart: async () => Promise.resolve(err(why)),
    readPublicPart: async () => Promise.resolve(err(why)),
  }),
});

const LONG = person(`${'very-long-name-of-a-mailbox'.repeat(2)}@${'subdomain.'.repeat(8)}example.org`, {
  name: 'A person whose name is longer than any column that a window of this size could give it, and goes on',
});

/** Nobody, some, more than anybody has; and each way in which a file can be refused. */
export const PEOPLE_SCENES = {
  people: among(PEOPLE),
  'people-none': among([]),
  'people-many': among(MANY_PEOPLE),
  'people-long': among([LONG, ...PEOPLE]),
  'people-known': among(PEOPLE, person('ines.okafor@fjordpost.example')),
  'people-off': { ...among(PEOPLE), view: view({ mailboxes: rows([MIRA]), people: PEOPLE }) },
  'people-key-changed': refusing(failure('peer-key-changed')),
  'people-limit': refusing(failure('peer-limit')),
  'people-hostile': refusing(failure('certificate-profile', undefined, 'basicConstraints: CA:TRUE in a leaf')),
  'people-own': refusing(failure('peer-is-own')),
  'people-invalid': refusing(failure('public-part-invalid', undefined, 'It is not JSON.')),
  'people-waiting': {
    ...among(PEOPLE),
    handlers: () => ({
      choosePublicPart: async () => Promise.resolve(ok({ text: PUBLIC_PART, person: NEW_PERSON })),
      addPerson: async () =>
        Promise.resolve(
          ok({
            waiting: [
              {
                profileId: profileId(1),
                profileName: 'default-esr',
                product: 'Thunderbird',
                failure: failure('client-running'),
              },
            ],
            left: [],
          }),
        ),
    }),
  },
} satisfies Record<string, Scene>;
