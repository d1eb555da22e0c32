"use strict";
// Loaded into every process of Node.js of a run by NODE_OPTIONS, which does not take --cpu-prof.
const { Session } = require("node:inspector");
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");

const session = new Session();
session.connect();
session.post("Profiler.enable");
session.post("Profiler.start");
process.once("exit", () =>
  session.post("Profiler.stop", (error, { profile } = {}) => {
    if (!error) writeFileSync(join(process.env.NOTES, `${process.pid}.cpuprofile`), JSON.stringify(profile));
  }),
);
