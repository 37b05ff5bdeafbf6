#!/usr/bin/env node
// The `tidewatch` command: the CLI through the bootstrap.
import process from 'node:process';

process.argv.splice(2, 0, 'cli/main.ts');
await import('./bootstrap.mjs');
