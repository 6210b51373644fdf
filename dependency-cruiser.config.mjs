/**
 * Who may call whom (the architecture's layers), as data that `npm test` checks. That each rule fires is proved by
 * e2e/layers/dependency-rules.test.ts, which breaks every one of them.
 */
/** Tests stand beside the code; what several of them share is in a folder `testing`. */
const TEST = '[.]test[.]ts$|/testing/';

/** What is delivered. */
const PRODUCT = '^(shared|main|renderer|service)/';

/** The libraries of suite 1. */
const SUITE_1 = 'node_modules/(@noble/(curves|hashes)|@hpke/[^/]+|@scure/bip39|cborg)/';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    rule(
      'no-circular',
      'what needs each other is one thing; a type that goes round is harmless',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule('no-unresolvable', 'an import that leads nowhere', {}, { couldNotResolve: true, pathNot: '^electron$' }),

    rule(
      'shared-is-the-core',
      'shared imports nothing of ours outside itself',
      { path: '^shared/' },
      { path: '^(main|e2e|bench|renderer|service)/' },
    ),
    rule(
      'shared-has-no-node',
      'shared runs on every engine',
      { path: '^shared/', pathNot: TEST },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'shared-has-platform-free-libraries',
      'a library that shared may use is named here',
      { path: '^shared/', pathNot: TEST },
      { path: 'node_modules/', pathNot: `node_modules/valibot/|${SUITE_1}` },
    ),
    rule(
      'suite-1-in-one-module',
      'the mesh’s cryptography and encoding are called in one module; everything else sees bytes, ids and verdicts',
      { pathNot: '^shared/sealing/' },
      { path: SUITE_1 },
    ),
    rule(
      'verifying-by-the-public-door',
      'what the service shares with devices takes nothing of suite 1 that needs a secret',
      { path: '^(service|shared/(mesh-api|identity))/', pathNot: `${TEST}|^shared/identity/making/` },
      { path: '^shared/sealing/', pathNot: '^shared/sealing/public[.]ts$' },
    ),
    rule(
      'service-can-not-open',
      'the service has no code that seals or opens, by no way round',
      { path: '^service/', pathNot: TEST },
      { path: '^shared/sealing/(index|entry-seal|hpke|epoch|cpace|recovery-secret)[.]ts$', reachable: true },
    ),

    rule(
      'service-comes-in-by-one-door',
      'the agent runs a mesh service in one module, by what the service exports; everywhere else it is a stranger’s',
      { path: '^(main|renderer)/', pathNot: `${TEST}|^main/agent/mesh/embedded[.]ts$` },
      { path: '^service/' },
    ),
    rule(
      'files-are-only-files',
      'reading and writing of files knows nothing of what is in them',
      { path: '^main/files/' },
      { path: '^main/(agent|cli|shell)/' },
    ),
    rule(
      'agent-knows-no-face',
      'the agent serves the window, the command line and the tests; it imports none of them',
      { path: '^main/agent/' },
      { path: '^(main/(cli|shell)|renderer)/' },
    ),
    rule(
      'no-electron-in-agent',
      'the agent and the command line run on Node alone',
      { path: '^main/(agent|cli)/' },
      { path: '(^|node_modules/)electron(/|$)' },
    ),
    rule(
      'faces-use-the-front-door',
      'a face is a client of the agent and sees nothing behind its contract',
      { path: '^main/(cli|shell)/', pathNot: TEST },
      { path: '^main/agent/', pathNot: '^main/agent/(index|client)[.]ts$' },
    ),
    rule(
      'page-knows-the-contract-only',
      'the page runs in a sandbox: it sees the shell through the contract and has nothing of Node',
      { path: '^renderer/', pathNot: '^renderer/vite[.]config[.]mjs$' },
      { path: '^(main|service)/|node_modules/(electron|valibot)/' },
    ),
    rule(
      'page-has-no-node',
      'what the page imports must run in a browser',
      { path: '^renderer/', pathNot: `${TEST}|^renderer/vite[.]config[.]mjs$` },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'product-does-not-import-tests',
      'what is delivered stands without its tests',
      { path: PRODUCT },
      { path: '^(e2e|bench)/' },
    ),
    rule(
      'test-support-stays-in-tests',
      'what only tests need is no part of the product',
      { path: PRODUCT, pathNot: TEST },
      { path: '/testing/' },
    ),
    rule(
      'product-runs-on-its-own-dependencies',
      'a package of the development tools, or one that no manifest names, would be missing on the person’s machine',
      {
        path: PRODUCT,
        pathNot: `${TEST}|^renderer/vite[.]config[.]mjs$`,
      },
      // Electron is what the packed app runs on.
      {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/electron/',
      },
    ),
    rule(
      'tests-know-no-benchmark',
      'benchmarks use the harness, not the other way round',
      { path: '^e2e/' },
      { path: '^bench/' },
    ),

    rule(
      'clients-by-their-contract',
      'only where the agent is put together is a mail client called by its name; the form of its keys is part of what discovery tells',
      { path: '^main/agent/', pathNot: '^main/agent/(mail-clients/|open-agent[.]ts$)' },
      { path: '^main/agent/mail-clients/[^/]+/', pathNot: '^main/agent/mail-clients/thunderbird/db-key[.]ts$' },
    ),
    rule(
      'clients-do-what-they-are-told',
      'an adapter knows profiles and targets; what is remembered and wanted, it is told',
      { path: '^main/agent/mail-clients/', pathNot: TEST },
      { path: '^main/agent/(home|keychain|people|mailboxes)/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'certificates-stand-alone',
      'certificates are made of keys, addresses and times alone',
      { path: '^main/agent/certificates/', pathNot: TEST },
      { path: '^main/agent/(home|keychain|people|mailboxes|mail-clients)/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'x509-in-one-module',
      'certificates are made and read in one module; everything else sees bytes and plain values. The attacks of the tests must build what that module refuses to',
      { pathNot: '^(main/agent/certificates/|e2e/harness/hostile-|e2e/contract/certificates/)' },
      { path: 'node_modules/(@peculiar|asn1js|pkijs|node-forge)/' },
    ),
    rule(
      'keytar-in-one-module',
      'one door to the keychain of the operating system',
      { pathNot: '^(main/agent/keychain|e2e/keychain)/' },
      { path: 'node_modules/(keytar|@github/keytar)/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
