export type Ending = 'port-taken' | 'data-in-use' | 'machine' | 'data-unusable';

/**
 * Why a part of the stack ended by itself while starting on data of an earlier run, read from its log. What is neither
 * a port, a lock nor the machine's own limits is put down to the data: they are set aside, never deleted.
 */
export function diagnoseEnding(log: string): Ending {
  if (/address already in use|BindException|in use by another process/i.test(log)) return 'port-taken';
  if (/failed to acquire lock|process is already using/i.test(log)) return 'data-in-use';
  if (
    /OutOfMemoryError|could not reserve enough space|no space left on device|UnsupportedClassVersion|ClassNotFound|could not create the java virtual machine|cannot execute|could not be started/i.test(
      log,
    )
  ) {
    return 'machine';
  }
  return 'data-unusable';
}
