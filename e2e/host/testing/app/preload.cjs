/* global process */
const { contextBridge, ipcRenderer } = require('electron');

const reasonOf = (work) => {
  try {
    work();
    return 'nothing was refused';
  } catch (error) {
    return error.message;
  }
};

contextBridge.exposeInMainWorld('test', {
  echo: (...values) => ipcRenderer.invoke('echo', ...values),
  whoAmI: () => ipcRenderer.invoke('who-am-i'),
  fail: () => ipcRenderer.invoke('fail'),
  notCloneable: () => ipcRenderer.invoke('not-cloneable'),
  unknown: () => ipcRenderer.invoke('unknown'),
  /** Values, functions and promises of both worlds go through it. */
  callBack: (listener) => listener({ list: [1, 'two'], twice: (number) => number * 2 }),
  later: (value) => Promise.resolve(value),
  throws: () => {
    throw new RangeError('too far');
  },
  onNews: (listener) => {
    const heard = (_event, news) => listener(news);
    ipcRenderer.on('news', heard);
    return () => ipcRenderer.off('news', heard);
  },
  processNames: Object.keys(process),
  refusals: [
    reasonOf(() => ipcRenderer.sendSync('echo')),
    reasonOf(() => require('electron').webFrame),
    reasonOf(() => require('node:fs')),
    reasonOf(() => process.env),
  ],
});
