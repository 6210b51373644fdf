/* global process */
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('test', {
  echo: (...values) => ipcRenderer.invoke('echo', ...values),
  whoAmI: () => ipcRenderer.invoke('who-am-i'),
  fail: () => ipcRenderer.invoke('fail'),
  unknown: () => ipcRenderer.invoke('unknown'),
  twice: (number) => number * 2,
  onNews: (listener) => {
    const heard = (_event, news) => listener(news);
    ipcRenderer.on('news', heard);
    return () => ipcRenderer.off('news', heard);
  },
  offered: { processNames: Object.keys(process) },
  refused: (() => {
    try {
      return String(ipcRenderer.sendSync);
    } catch (error) {
      return error.message;
    }
  })(),
});
