// Loaded before the real script: when the bootstrap above it is killed outright, the script gets a SIGTERM and can
// stop what it started.
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

const parent = process.ppid;
if (isMainThread) {
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  timer.unref();
}
