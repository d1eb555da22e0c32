import assert from "node:assert/strict";
import fc from "fast-check";
import {
  aptIsMissing,
  cacheIsNotWritable,
  explainFailedBuild,
  goIsMissing,
  goIsTooOld,
  noSpace,
  packageIsNotServed,
  unpackedDoesNotFit,
} from "../../../sandbox/toolchain/errors";

const explain = (output: string, signal?: string): string =>
  explainFailedBuild({ binary: "etcd", output, log: "/logs/etcd.log", signal });

const isOneSentence = (text: string): void => {
  assert.match(text, /^[A-Z][^\n]*\.$/);
  assert.doesNotMatch(text, /undefined|null|\[object/);
};

/** What `go` writes, and what has to stand in the sentence about it. */
const causes: readonly [what: string, output: string, sentence: RegExp][] = [
  [
    "a full disk, whatever else fails because of it",
    "go: writing stat cache: mkdir /c: no space left on device\ndial tcp: i/o timeout",
    /^The disk became full while etcd was built: free some space/,
  ],
  [
    "a module other than the pinned one",
    "verifying example.org/m@v1.0.0/go.mod: checksum mismatch\n\tdownloaded: h1:a=\n\tgo.sum:     h1:b=\n\nSECURITY ERROR",
    /^The module proxy served example\.org\/m@v1\.0\.0 with other content than etcd is pinned to .* not used: set GOPROXY/,
  ],
  [
    "a module without a checksum",
    "go: example.org/m@v1.0.0: missing go.sum entry for go.mod file; to add it:\n\tgo mod download example.org/m",
    /^The go\.sum of etcd has no checksum of .*: take the module's go\.mod and go\.sum as they are in the repository/,
  ],
  [
    "a package without a checksum",
    "main.go:3:8: missing go.sum entry for module providing package example.org/m/p (imported by x); to add:\n\tgo get x",
    /has no checksum of example\.org\/m\/p:/,
  ],
  [
    "a Go that is too old",
    "go: go.mod requires go >= 1.26.8 (running go 1.22.2; GOTOOLCHAIN=local)",
    /^Go 1\.22\.2 is too old for the sandbox's programs: install Go 1\.26\.8 or newer/,
  ],
  [
    "a proxy that answers no",
    "go: example.org/m@v1.0.0: reading https://proxy.example/m/@v/v1.0.0.zip: 403 Forbidden\n\tserver response: none",
    /^The module proxy does not serve example\.org\/m@v1\.0\.0, which etcd is built from \(answer 403\): set GOPROXY/,
  ],
  [
    "a proxy that does not know the module",
    "go: example.org/m@v1.0.0: reading https://proxy.example/m/@v/v1.0.0.mod: 404 Not Found",
    /\(answer 404\)/,
  ],
  [
    "no name service",
    "dial tcp: lookup proxy.example: no such host",
    /could not be reached while etcd was built: check/,
  ],
  ["no network", "proxyconnect tcp: connect: network is unreachable", /not needed once everything is built/],
  ["a switched-off proxy", "go: module lookup disabled by GOPROXY=off", /check the network connection or GOPROXY/],
  ["too little memory", "k8s.io/api: /go/pkg/tool/compile: signal: killed", /most likely because memory ran out: give/],
];

describe("why a build failed", () => {
  for (const [what, output, sentence] of causes) {
    it(`${what}`, () => {
      const text = explain(`go: downloading example.org/other v1.2.3\n${output}`);
      assert.match(text, sentence);
      isOneSentence(text);
    });
  }

  it("being killed from outside", () => assert.match(explain("", "SIGKILL"), /^The build of etcd was killed/));

  it("anything else: its last lines and the log", () => {
    const text = explain(
      "go: downloading a v1\n# example.org/m\n\n./main.go:3:1: syntax error\n./main.go:4:1: again\n",
    );
    assert.equal(
      text,
      'Building etcd failed with "# example.org/m / ./main.go:3:1: syntax error / ./main.go:4:1: again": ' +
        "the whole output is in /logs/etcd.log.",
    );
  });

  it("is one sentence whatever go writes", () => {
    const anyLine = fc.oneof(fc.string(), fc.constantFrom(...causes.flatMap(([, output]) => output.split("\n"))));
    fc.assert(
      fc.property(fc.array(anyLine), (lines) => {
        assert.doesNotMatch(explain(lines.join("\n")), /\n/);
      }),
    );
  });
});

describe("what the machine lacks is one sentence that says what to do", () => {
  for (const [text, words] of [
    [goIsMissing("1.26.8", "it is built with it"), /and it is built with it: install Go 1\.26\.8 or newer/],
    [goIsTooOld("1.22.2", "1.26.8"), /Go 1\.22\.2 is too old .* install Go 1\.26\.8/],
    [
      noSpace("/cache", 3.21, 17.9),
      /needs about 17\.9 GB in \/cache and 3\.2 GB are free: free some, or point GOCACHE/,
    ],
    [cacheIsNotWritable("/cache", "EROFS"), /cannot be written \(EROFS\): .* XDG_CACHE_HOME/],
    [aptIsMissing("nft", "nftables"), /no apt-get .*: install nftables and run/],
    [
      packageIsNotServed("nft", "nftables", "Reading…\nE: no", "/l"),
      /with "Reading… \/ E: no": .*"apt-get install nftables"/,
    ],
    [unpackedDoesNotFit("nft", "1.0.1 or newer", "nftables"), /install nft 1\.0\.1 or newer/],
  ] as const) {
    it(text.slice(0, 40), () => {
      assert.match(text, words);
      isOneSentence(text);
    });
  }
});
