/** What can go wrong with a store, and the tests that hold what then happens. */
export interface Fault {
  /** Number in the project's list of faults; those of the store begin with 40. */
  number: number;
  fault: string;
  /** What it ends in. */
  end: string;
  /** [file in test/ or in the repository, title of a test in it]. */
  tests: readonly (readonly [file: string, title: string])[];
}

/** The numbers that the table has to have. */
export const faultNumbers = { first: 40, last: 76 };

const crash = "crash.test.ts";
const crashOfVerbs = "crash-of-verbs.test.ts";
const diskFull = "disk-full.test.ts";
const refusals = "install-refusals.test.ts";
const install = "install.test.ts";
const volumes = "volumes.test.ts";
const verify = "verify.test.ts";
const inspect = "inspect.test.ts";
const references = "references.test.ts";
const locks = "locks.test.ts";
const prune = "prune.test.ts";
const use = "use.test.ts";
const repair = "repair.test.ts";

const killedInstall = "kill -9 at %s leaves nothing or a whole image, and the next install makes it good";

export const faults: readonly Fault[] = [
  {
    number: 40,
    fault: "kill -9 in the middle of the copy",
    end: "never listed; the next verb that writes sweeps the part",
    tests: [[crash, killedInstall]],
  },
  {
    number: 41,
    fault: "kill -9 after the link to its name, before the temporary name goes",
    end: "the temporary name is swept, the image stays",
    tests: [[crash, killedInstall]],
  },
  {
    number: 42,
    fault: "kill -9 after the image has its name, before its manifest",
    end: "taken back: it is known for ours by its temporary name; a user's file of such a name stays",
    tests: [
      [crash, killedInstall],
      [crash, "sweeping takes only what an install made"],
    ],
  },
  {
    number: 43,
    fault: "kill -9 after the manifest, before the latest link moves",
    end: "listed, not the latest; the next install of it moves the link",
    tests: [[crash, killedInstall]],
  },
  {
    number: 44,
    fault: "kill -9 in a removal between image and manifest",
    end: "the image is put back while its manifest is there, and gone for good afterwards",
    tests: [
      [crashOfVerbs, "kill -9 of a removal at %s leaves the whole image, or none of it"],
      [
        crashOfVerbs,
        "kill -9 of a prune at %s loses nothing that was to stay, and pruning again does the rest",
      ],
    ],
  },
  {
    number: 45,
    fault: "the power goes",
    end: "the image before or the new one is the latest, and whole",
    tests: [
      [
        "power-loss/power-loss.test.ts",
        "power that goes at any moment of %s leaves the image before or the new one, whole",
      ],
    ],
  },
  {
    number: 46,
    fault: "no space, no inodes, or no quota, beforehand or at any step",
    end: "DISK_FULL with the sizes; the store as it was; images can still be removed",
    tests: [
      [diskFull, "an image that does not fit is refused before the copy, with the sizes"],
      [diskFull, "a disk that is full %s leaves the store as it was, and free space makes the install good"],
      [
        diskFull,
        "on a disk that is full to the last byte and inode nothing is lost, and images can be removed",
      ],
      [diskFull, "a disk quota that is used up is told as a full disk"],
    ],
  },
  {
    number: 47,
    fault: "the store is on another volume than the image",
    end: "copied; all that is made lies on the store's own volume",
    tests: [
      [
        volumes,
        "a store on a volume of its own takes images from another one, prunes what can be removed, and stays whole when it becomes read-only",
      ],
    ],
  },
  {
    number: 48,
    fault: "no permission, or a read-only file system, for the directory or for one image",
    end: "DIRECTORY_NOT_WRITABLE with the path; prune goes on with the others and tells what stayed",
    tests: [
      [refusals, "a directory that cannot be written is named"],
      [
        volumes,
        "a store on a volume of its own takes images from another one, prunes what can be removed, and stays whole when it becomes read-only",
      ],
    ],
  },
  {
    number: 49,
    fault: "the disk fails while the image is read, or gives less than it should",
    end: "SOURCE_UNREADABLE or SOURCE_CHANGED; the copy is removed",
    tests: [
      [
        "read-errors.test.ts",
        "an error of the disk in the middle of the image is told, and nothing of the copy is left",
      ],
      [
        "read-errors.test.ts",
        "an image that ends before its size says so is noticed, and nothing of the copy is left",
      ],
    ],
  },
  {
    number: 50,
    fault: "the image is written to, cut, replaced or removed while it is copied",
    end: "SOURCE_CHANGED; the copy is removed",
    tests: [
      [refusals, "an image that is %s while it is copied is noticed"],
      [refusals, "an image that became shorter while it is copied is noticed"],
    ],
  },
  {
    number: 51,
    fault: "the source is a link, FIFO, socket, device, directory or empty",
    end: "SOURCE_NOT_A_FILE or NOT_AN_IMAGE, at once",
    tests: [
      [refusals, "what is no file is refused without waiting, and said to be what it is"],
      [refusals, "what is no image, or one that must not be trusted, is refused"],
    ],
  },
  {
    number: 52,
    fault: "the directory of images is a link, another user's, or open to everybody",
    end: "a link to one of ours is used by its real path; the others are DIRECTORY_UNSAFE",
    tests: [
      [
        volumes,
        "a directory of images that is a link to one of ours is used, and images have their real paths",
      ],
      [volumes, "a directory that everybody can write, but only remove their own from, is used"],
      [refusals, "a directory that everybody can write, or that is another user's, is not used"],
    ],
  },
  {
    number: 53,
    fault: "a link is planted where the store writes: work area, image, manifest",
    end: "not followed: refused, or another name is taken",
    tests: [
      [refusals, "a link planted where the store works is not followed"],
      [install, "a file of the user's with the name that we would take stays, and is not listed"],
    ],
  },
  {
    number: 54,
    fault: "a file or directory of the user's stands where the latest link belongs",
    end: "LATEST_NOT_A_LINK with advice; it stays",
    tests: [
      [refusals, "a %s of the user's in place of the latest link is left alone, with advice"],
      [use, "a directory of the user's in place of the latest link is left alone"],
      [repair, "a file or a directory of the user's in place of the latest link is told, and stays"],
    ],
  },
  {
    number: 55,
    fault: "the latest link dangles, is absolute, leads away or to another name's image",
    end: "reported by verify; put right by repair or the next install",
    tests: [
      [verify, "a latest link that %s is reported"],
      [repair, "%s is put right"],
      [install, "a latest link that dangles, is absolute or leads away is put right by the next install"],
    ],
  },
  {
    number: 56,
    fault: "two installs, an install and a prune, an install and a rollback at once",
    end: "they take turns; readers never find a gap",
    tests: [
      ["concurrency.test.ts", "installs by several processes at once take turns, whatever they install"],
      ["concurrency.test.ts", "readers never find a gap while the latest image changes"],
      [
        "concurrency.test.ts",
        "an install, a rollback and a prune at once take turns, and a reader finds the store whole at every moment",
      ],
    ],
  },
  {
    number: 57,
    fault:
      "the lock of a process that is gone, whose pid is used again, of before a restart, of another machine; a damaged one",
    end: "taken over, but for that of a living process or of another machine: LOCKED with the process",
    tests: [
      [locks, "a lock %s is taken over"],
      [
        locks,
        "the store of a living process is not touched by any verb, and the error says which process it is",
      ],
      [locks, "the lock of another machine is not taken over, and the error says what to do"],
      [crash, "a waiting install goes on when the one that it waits for is killed"],
    ],
  },
  {
    number: 58,
    fault: "several installs in one second, of the same and of different content",
    end: "the same is unchanged, another gets -2, -3, …; nothing is written over",
    tests: [
      [install, "the same image again changes nothing"],
      [install, "another image becomes the next generation, an older one again the one after that"],
    ],
  },
  {
    number: 59,
    fault: "the clock goes back, or is in 1970 or 2099",
    end: "generations are ordered by number; what comes from the future is young",
    tests: [
      [install, "generations are ordered by number also when the clock goes back"],
      [prune, "young images are kept, and so are those from the future of a wrong clock"],
    ],
  },
  {
    number: 60,
    fault: "a name with a slash, dots, a newline, other letters, upper case, too long",
    end: "BAD_NAME, and nothing is made",
    tests: [[refusals, "the name %j is refused, and nothing is made"]],
  },
  {
    number: 61,
    fault: "a name that ends in latest or like a date",
    end: "BAD_NAME",
    tests: [[refusals, "the name %j is refused, and nothing is made"]],
  },
  {
    number: 62,
    fault: "a manifest that is missing, cut off, huge, of a newer version, edited",
    end: "no image of the store, told by verify; a newer version is left alone, others are set aside by repair",
    tests: [
      [verify, "a manifest that is %s is named by verify, and missing in the list"],
      [repair, "a manifest of a newer version is told, and stays as it is"],
      [repair, "an image whose manifest was damaged is told after the repair, and comes back by adopting it"],
      [
        install,
        "a generation number is not used again, even when its image is gone or its manifest unreadable",
      ],
    ],
  },
  {
    number: 63,
    fault: "a stored image rots, or a VM wrote to it",
    end: "verify tells it, with the time of the writing; it is not used; the latest link stays",
    tests: [
      [verify, "one changed byte is found, with the time of the writing"],
      [use, "a generation that was damaged is not used, unless the caller does not want to know"],
      [
        repair,
        "a latest link to an image that was damaged stays: which one to use instead is for a person to say",
      ],
    ],
  },
  {
    number: 64,
    fault: "an instance, a template, another name or a program needs an image; an instance cannot be read",
    end: "kept with the reason; INSTANCE_UNREADABLE stops everything",
    tests: [
      [references, "an instance whose lima.yaml names an image %s needs it"],
      [references, "an instance whose disk is %s needs the image"],
      [references, "a template that names an image is a soft reference: %s"],
      [references, "another name of the file, in a directory of the user's, needs it"],
      [references, "a program that has an image open needs it"],
      [references, "nothing is planned when of an instance cannot be told what it needs: %s"],
    ],
  },
  {
    number: 65,
    fault: "an instance is made between plan and removal",
    end: "PLAN_OUTDATED, or the image is put back and told",
    tests: [
      [prune, "a plan no longer holds when %s, and then nothing is removed"],
      [prune, "an instance that is made while the images go keeps its own, and the others go all the same"],
      ["remove.test.ts", "an instance that is made while its image is being removed keeps it"],
    ],
  },
  {
    number: 66,
    fault: "pruning would take everything, the current image, or the one to go back to",
    end: "never the current one; at least one is kept; generations before the current one count as well",
    tests: [
      [
        prune,
        "the current generation is kept however old it is, and so are those that come before it in number",
      ],
      [prune, "of a name without a current generation nothing is removed"],
      [prune, "criteria that cannot be are refused: %j"],
    ],
  },
  {
    number: 67,
    fault: "rollback with one generation, or to one that is missing or damaged",
    end: "an error, and nothing changes",
    tests: [
      [use, "rollback goes back one generation at a time, by number, until there is none before"],
      [use, "rollback passes over a generation whose image is missing"],
      [use, "a generation that was damaged is not used, unless the caller does not want to know"],
    ],
  },
  {
    number: 68,
    fault: "a qcow2 image that leads elsewhere, is encrypted, damaged or lies",
    end: "UNSAFE_IMAGE with the field; at most 64 KiB are read",
    tests: [
      [inspect, "a header whose %s is bad is refused with the field"],
      [
        "fuzz/fuzz.test.ts",
        "no header makes the judge fail, and none is accepted that anything speaks against",
      ],
      ["fuzz/fuzz.test.ts", "no image makes it read more than its first 64 KiB and its last sector"],
      [
        "qemu-img.contract.test.ts",
        "what is accepted of many changed headers, qemu-img opens as what we say it is",
      ],
    ],
  },
  {
    number: 69,
    fault: "a file that is not what its name says: raw, ISO, zst, xz, VMDK",
    end: "known by its content; the name of the copy follows it",
    tests: [
      [inspect, "%s is named in the error, even with a partition table's signature"],
      [install, "a raw disk keeps its holes and gets the name of its format"],
    ],
  },
  {
    number: 70,
    fault: "an image that lost its end, or whose middle is zeros",
    end: "verify tells it by size and digest, where qemu-img sees nothing",
    tests: [
      [verify, "a missing byte is found, and a missing file"],
      [
        "qemu-img.contract.test.ts",
        "a stored image that lost its end is found by verify, where qemu-img converts it without complaint",
      ],
    ],
  },
  {
    number: 71,
    fault: "qemu-img is missing, hangs or lies",
    end: "no other program is run",
    tests: [["no-other-program.test.ts", "no other program is run: qemu-img may be missing, hang or lie"]],
  },
  {
    number: 72,
    fault: "the store was moved, is behind a link, on a network, read-only, or not there",
    end: "relative links go with it; a warning; an error; made with mode 0700",
    tests: [
      [verify, "a store that was moved is still whole"],
      [
        volumes,
        "a directory of images that is a link to one of ours is used, and images have their real paths",
      ],
      [volumes, "network file systems are known by their number, and local ones are none"],
      [
        install,
        "an image is stored under the names of the requirements, with manifest, digest and latest link",
      ],
    ],
  },
  {
    number: 73,
    fault: "a signal in the middle of copying, hashing, converting or pruning",
    end: "ABORTED; nothing half done is left",
    tests: [
      [refusals, "a signal ends the copy, and leaves neither file nor lock"],
      [use, "a signal ends the reading, and nothing changes"],
      ["raw-disk.test.ts", "a signal ends the writing of the raw disk, and nothing of it is left"],
      [prune, "a signal ends pruning between two images"],
    ],
  },
  {
    number: 74,
    fault: "clones share their blocks, so that removing one frees less than it takes",
    end: "what files take is told as such, and what is free afterwards is read from the file system",
    tests: [
      [prune, "pruning does exactly what the plan says, also when the plan was JSON in between"],
      [
        "clone.contract.test.ts",
        "an image on a file system that clones takes no space, and its removal frees none",
      ],
    ],
  },
  {
    number: 75,
    fault: "the same image under two names",
    end: "two images: removing one leaves the other",
    tests: [
      [
        "remove.test.ts",
        "an image that is installed under two names is two images: one goes, the other stays",
      ],
    ],
  },
  {
    number: 76,
    fault: "any umask; root in the store of a user",
    end: "mode 0644; DIRECTORY_UNSAFE with the advice to run as its owner",
    tests: [
      [install, "the umask does not change who may read an image"],
      [volumes, "root does not use the store of somebody else, and is told to run as its owner"],
    ],
  },
];
