// The first command on a fresh clone: runs with nothing installed, gets the Node and the packages the project needs,
// then runs the real script under them. Kept in syntax that an old Node can read, so that it gets a clear answer.
//   node scripts/bootstrap.mjs FILE.ts [args…]     runs a file of the checkout
//   node scripts/bootstrap.mjs --bin NAME [args…]  runs a tool out of node_modules/.bin
if (Number(process.versions.node.split('.')[0]) < 18) {
  console.error('Node ' + process.version + ' is too old: install Node 18 or newer and start again.');
  process.exitCode = 78;
} else {
  import('./bootstrap/main.mjs').then((bootstrap) => bootstrap.main(process.argv.slice(2)));
}
