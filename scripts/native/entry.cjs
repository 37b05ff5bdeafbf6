// What the product loads of the native backend; `npm run native:install` copies it next to the packages.
'use strict';
const util = require('node:util');

// Read once by the C library when it starts. One thread and one kind of kernels: the bits of a score must not depend on
// how work was split. Without oneDNN a row's bits change with the batch it stands in.
process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
process.env.TF_NUM_INTRAOP_THREADS = '1';
process.env.TF_NUM_INTEROP_THREADS = '1';
process.env.TF_ENABLE_ONEDNN_OPTS = '1';

// Deprecated, and gone in Node 23; the package still calls them.
util.isArray = Array.isArray;
util.isNullOrUndefined = (value) => value === null || value === undefined;

module.exports = require('@tensorflow/tfjs-node');
