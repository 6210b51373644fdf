/** Who may call whom (the architecture's layers), as data that CI checks. */
export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'shared-is-pure',
      comment: 'shared imports nothing of ours outside itself and no Node, DOM or Electron',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(main|e2e|bench|renderer|service)/' },
    },
    {
      name: 'shared-has-no-node',
      severity: 'error',
      from: { path: '^shared/', pathNot: '[.]test[.]ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'agent-knows-no-face',
      comment: 'the agent serves the window, the command line and the tests; it imports none of them',
      severity: 'error',
      from: { path: '^main/agent/' },
      to: { path: '^(main/(cli|shell)|e2e|bench|renderer)/' },
    },
    {
      name: 'no-electron-in-agent',
      severity: 'error',
      from: { path: '^main/(agent|cli)/' },
      to: { path: '(^|node_modules/)electron/' },
    },
    {
      name: 'product-does-not-import-tests',
      severity: 'error',
      from: { path: '^(shared|main)/' },
      to: { path: '^(e2e|bench)/' },
    },
    {
      name: 'x509-in-one-module',
      comment: 'certificates are made and read in one module; everything else sees bytes and plain values',
      severity: 'error',
      from: { pathNot: '^main/agent/certificates/' },
      to: { path: 'node_modules/(@peculiar/|node-forge/)' },
    },
    {
      name: 'keytar-in-one-module',
      severity: 'error',
      from: { pathNot: '^(main/agent/keychain|e2e/keychain)/' },
      to: { path: 'node_modules/keytar/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
