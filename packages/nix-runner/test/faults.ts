/** A test that holds a fault: its file, relative to the repository, and its title. */
type Held = readonly [file: string, title: string];

/** What can go wrong, and what has to come of it. */
export interface Fault {
  fault: string;
  held: readonly Held[];
}

const room = "packages/nix-runner";
const src = (file: string, title: string): Held => [`${room}/src/${file}.test.ts`, title];
const cause = (file: string, title: string): Held => src(`failures/causes/${file}`, title);
const contract = (file: string, title: string): Held => [`${room}/test/${file}.contract.test.ts`, title];

/** The faults that this package is to withstand, by number; faults.test.ts holds that each test is there. */
export const faults: Readonly<Record<number, Fault>> = {
  1: {
    fault: "nix is not installed or not on PATH",
    held: [
      src("detect-nix", "no nix: the places that were tried are named"),
      src("nix/locate", "every place that was looked at is named"),
    ],
  },
  2: {
    fault: "nix is too old, is Lix or Determinate, or is newer than anything known",
    held: [
      src("detect-nix", "a nix before 2.18 is too old"),
      src("nix/version", "whose nix it is, and which: %j"),
      src("detect-nix", "a nix that does not tell its system is good enough"),
    ],
  },
  3: {
    fault: "nix-command or flakes are disabled by policy",
    held: [cause("feature-disabled", "a feature that is switched off, %s")],
  },
  4: {
    fault: "the flake's path is missing, it has no flake.nix, its name is unknown",
    held: [
      cause("flake-not-found", "a directory without flake.nix, %s"),
      cause("flake-not-found", "a directory that is not there, %s"),
      cause("flake-not-found", "a name that no registry knows"),
      contract("build", "no flake at all"),
    ],
  },
  5: {
    fault: "the attribute is missing",
    held: [contract("build", "an attribute that is not there, with what it might be")],
  },
  6: {
    fault: "evaluation throws, fails on a type or an assertion, or cannot be parsed",
    held: [
      contract("build", "a flake that throws, with the place in the user's own file"),
      contract("build", "a flake that cannot be parsed, with the place"),
      cause("evaluation", "an assertion, a syntax error, %s"),
      cause("evaluation", "a type error, with its place in the user's file, %s"),
    ],
  },
  7: {
    fault: "the flake uses a file that git does not track",
    held: [
      cause("untracked-file", "nix says that git does not track the file"),
      contract(
        "build",
        "a flake in git: its revision, the changes to it, and the files that git does not know",
      ),
    ],
  },
  8: {
    fault: "the tree is dirty",
    held: [
      contract(
        "build",
        "a flake in git: its revision, the changes to it, and the files that git does not know",
      ),
      src("events/build-state", "warnings are told once, whatever their level"),
    ],
  },
  9: {
    fault: "the lock file would change",
    held: [contract("build", "a flake whose lock file is missing an input is refused, and stays as it is")],
  },
  10: {
    fault: "the repository belongs to another user",
    held: [cause("git-ownership", "a repository of another user")],
  },
  11: {
    fault: "another system or a missing feature, in all three wordings",
    held: [
      cause("no-builder", "another system, %s"),
      cause("no-builder", "another system, as 2.30 to 2.33 say it, on a Mac"),
      cause("no-builder", "a feature that this machine does not have"),
      cause("no-builder", "kvm, as 2.34 says it"),
    ],
  },
  12: {
    fault: "a builder fails; its log is there once, daemon or not",
    held: [
      contract("build", "a builder that fails is named with its last words"),
      src(
        "failures/classify",
        "the tail of the failing log is there once, whether nix repeats it (through the daemon) or not",
      ),
    ],
  },
  13: {
    fault: "a dependency fails, and nix only says that one did",
    held: [
      contract("build", "a dependency that fails is named, not only what needed it"),
      src("failures/classify", "a failing dependency is named, and who needed it, %s"),
    ],
  },
  14: {
    fault: "several fail under --keep-going",
    held: [cause("builder-failed", "when nix goes on after a failure, all that failed are listed")],
  },
  15: {
    fault: "a builder is killed for want of memory",
    held: [cause("builder-failed", "a builder that was killed hints at memory, as said %s")],
  },
  16: {
    fault: "the output is not made, or the attribute is no derivation",
    held: [
      contract("build", "%s is %s"),
      cause("output-missing", "a builder that made nothing, %s"),
      cause("not-a-derivation", "a string, %s"),
    ],
  },
  17: { fault: "a hash differs", held: [cause("hash-mismatch", "both hashes are told, %s")] },
  18: {
    fault: "a builder is silent, or takes, too long",
    held: [
      contract("build", "a builder that is silent for too long is ended and named"),
      contract("build", "a build that takes too long is ended with its builders"),
      cause(
        "timed-out",
        "a silent builder where nix does not say which limit it was: the caller's own limit tells",
      ),
    ],
  },
  19: {
    fault: "no space on the disk of the store, or inside the image",
    held: [
      cause("disk-full", "nix itself has no space left"),
      cause("builder-disk-full", "the builder's last words are about space on this machine"),
      cause("image-too-small", "what nixpkgs' image builder says"),
    ],
  },
  20: {
    fault:
      "the cache is down, cuts transfers or is not trusted, there is no network; a fallback is a success",
    held: [
      cause("network", "no network, %s"),
      cause("substitute", "a cache that fails"),
      cause("substitute", "a transfer that breaks off"),
      cause("unsigned-substitute", "a cache whose key is not trusted, when nothing may be built"),
      src("events/messages", "a download that fails and is tried again is told"),
      src("events/build-state", "errors on the way to a success are warnings"),
    ],
  },
  21: {
    fault: "the daemon is absent, forbidden, or dies during the build",
    held: [
      cause("daemon", "no daemon at its socket, %s"),
      cause("daemon", "a daemon that is forbidden to the user"),
      cause("daemon", "a daemon that dies during the build may leave a builder"),
    ],
  },
  22: {
    fault: "nix ignores settings of a user whom it does not trust",
    held: [src("events/build-state", "warnings are told once, whatever their level")],
  },
  23: {
    fault: "Ctrl-C once and again, SIGTERM, SIGHUP; a nix that will not end",
    held: [
      ["apps/cli/test/interrupt-build.contract.test.ts", "%s ends nix and its builder cleanly, with %i"],
      [
        "apps/cli/test/interrupt-build.contract.test.ts",
        "a second Ctrl-C leaves at once, even when nix hangs, and nix is told to end",
      ],
      contract("build", "aborting ends nix and its builders, and leaves no root"),
      contract("interrupt", "a nix that hangs is killed in the end, and what it leaves is named"),
      contract(
        "interrupt",
        "a nix that is killed leaves the builder's child running, and the error names it",
      ),
      contract("interrupt", "a nix that is asked to end by someone else has no builder left to name"),
    ],
  },
  24: {
    fault: "our process is killed with SIGKILL",
    held: [
      contract(
        "killed",
        "after kill -9 nix goes on; the next build waits for it, has its result, and removes the root that was left",
      ),
    ],
  },
  25: {
    fault: "another build of the same derivation runs",
    held: [
      src("events/build-state", "waiting for another build is told"),
      contract("killed", "the time in which another build is waited for does not count, unless it is to"),
    ],
  },
  26: {
    fault: "a pid above 2^21, with which ids exceed JSON numbers",
    held: [
      src("nix/internal-json", "ids of a process with a high number stay apart"),
      [
        `${room}/test/large-download.test.ts`,
        "a download of 3 GB is followed in little memory, with ids that no JSON number holds",
      ],
    ],
  },
  27: {
    fault: "noise, half records, CRLF, NUL, bytes that are no text, characters cut in two",
    held: [
      contract(
        "odd-nix",
        "noise between the records of nix, NUL bytes and bytes that are no text do no harm",
      ),
      src("nix/internal-json", "anything else is plain text: %j"),
      src("nix/internal-json", "the prefix of a service manager is passed over"),
      ["internal/process/test/run-process.test.ts", "a character that arrives in two parts is one character"],
    ],
  },
  28: {
    fault: "200,000 log lines, a line of 3 MB, 400,000 records of a download",
    held: [
      src("events/build-state", "two hundred thousand lines and a flood of messages are kept within bounds"),
      src("events/sanitise", "a line of three megabytes is cut"),
      [
        `${room}/test/large-download.test.ts`,
        "a download of 3 GB is followed in little memory, with ids that no JSON number holds",
      ],
    ],
  },
  29: {
    fault: "a log with escape sequences, or that claims to be nix",
    held: [
      src("events/sanitise", "%j is shown as %j"),
      src("failures/classify", "an error that a builder writes is not taken for nix's"),
      src("failures/classify", "talk about something that was not built is a builder's forgery"),
      contract("build", "a builder that writes much, in colours, and claims errors still succeeds"),
    ],
  },
  30: {
    fault: "records out of order, twice, never, or of a kind that nobody knows",
    held: [
      src("events/build-state", "records that do not fit are passed over"),
      src("events/build-state", "activities that a nix which went away left open are closed"),
      src("nix/internal-json", "numbers and payloads that nobody documents are passed on"),
    ],
  },
  31: {
    fault: "counters go down, or do not add up at the end",
    held: [src("events/build-state", "counters that go down are clamped, and a success ends even")],
  },
  32: {
    fault: "an answer although the link failed; success without an answer",
    held: [
      cause("out-link", "nix has told its result and then fails over the link"),
      contract("odd-nix", "a link that cannot be made is told apart from a build that failed"),
      contract("odd-nix", "a nix that ends well and answers %s"),
    ],
  },
  33: {
    fault: "garbage is collected between the build and the copy",
    held: [
      contract("build", "an output is kept from the garbage collector until its root is released"),
      contract("build", "an output that is collected before it is used is built once more"),
      contract("build", "an output that is collected again and again is an error"),
    ],
  },
  34: {
    fault: "another run turns the link elsewhere",
    held: [contract("odd-nix", "the result is what nix answers, not where the link leads")],
  },
  35: {
    fault: "no image, several, one that leads outside, one that is compressed",
    held: [
      src("find-image", "no image, no output, no such file"),
      src("find-image", "several images are all named"),
      src("find-image", "nothing outside of the output is taken, by link or by name"),
      src("find-image", "a compressed image, called %s"),
    ],
  },
  36: {
    fault: "a large file beside a flake that is copied whole",
    held: [contract("build", "a large file that nix would copy along is warned of beforehand")],
  },
  37: {
    fault: "an installable that is an option, or holds what a shell would read",
    held: [
      src("nix/installable", "%j cannot"),
      src("build-options", "bad input starts nothing and writes nothing"),
      contract("build", "shell characters in an installable are no shell characters"),
    ],
  },
  38: {
    fault: "a flake brings settings along",
    held: [src("events/build-state", "settings that a flake brings along and nix ignores are told")],
  },
  39: {
    fault: "a wrong clock, no home, a home of another user, a cache or a state folder that is read-only",
    held: [
      cause("network", "a certificate that is not trusted"),
      src("state/state-directory", "without a home there is no place for them"),
      cause("cache-unusable", "a home of another user is warned of"),
      cause("cache-unusable", "a home or a cache that is not the user's, %s"),
      contract("history", "a history that cannot be written is no failure"),
      src("release-root", "a place where nothing can be made is named"),
    ],
  },
};
