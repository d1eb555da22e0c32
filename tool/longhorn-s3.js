#!/usr/bin/env node
"use strict";
// The sources run as they are: types are the business of `npm run check`, not of every start.
require("ts-node").register({ transpileOnly: true, cwd: __dirname });
require("./main.ts");
