// Starts the fault server of link-check's own test, and tells which links the tests ask for, without running their
// assertions: the library under test is replaced by one that only remembers. Ends when its standard input does.
//
//   node faults.cjs FOLDER-OF-LINK-CHECK
'use strict';

const path = require('path');
const { createRequire } = require('module');

const test = path.resolve(process.argv[2], 'test', 'link-check.test.js');
const library = createRequire(test).resolve('../');
const asked = [];
let current = '';

require.cache[library] = {
    id: library, filename: library, loaded: true,
    exports: (link, options) => asked.push({ test: current, link, options: typeof options === 'object' ? Object.keys(options) : [] }),
};

const setUp = [];
const tests = [];
global.describe = (name, body) => body.call({ timeout() {} });
global.before = (body) => setUp.push(body);
global.after = () => {};
global.it = (name, body) => tests.push([name, body]);
require(test);

Promise.all(setUp.map((body) => new Promise((done) => body(done)))).then(() => {
    for (const [name, body] of tests) {
        current = name;
        body(() => {});
    }
    process.stdout.write(JSON.stringify(asked) + '\n');
});

process.stdin.on('end', () => process.exit(0));
process.stdin.resume();
