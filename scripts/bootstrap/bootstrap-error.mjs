/** A fault of the machine or of the call, told in one sentence; 78 means that the machine lacks something. */
export class BootstrapError extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 78) {
    super(message);
    this.name = 'BootstrapError';
    this.exitCode = exitCode;
  }
}
