import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, type TestContext } from "vitest";
import { createMemoryRemote, type MemoryRemote } from "../../electron/outbox/memory-remote.ts";
import { createOutbox, type Outbox } from "../../electron/outbox/outbox.ts";
import type { Remote } from "../../electron/core/remote.ts";

const NOW = new Date("2026-04-06T09:00:00Z");
const FULL = "This disk is full, so Stint could not write it down; nothing was sent.";

/** A real disk of 128 kB. Only an administrator of a Linux computer may make one. */
function smallDisk(): { readonly folder: string; readonly why: string } {
  const folder = mkdtempSync(join(tmpdir(), "stint-small-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=128k", "tmpfs", folder], { stdio: "pipe" });
    return { folder, why: "" };
  } catch {
    return { folder, why: "a small disk can only be mounted by an administrator of a Linux computer" };
  }
}

describe("a real disk that is small", () => {
  let disk: ReturnType<typeof smallDisk>;
  let remote: MemoryRemote;
  let count = 0;
  beforeAll(() => { disk = smallDisk(); });
  afterAll(() => {
    if (disk.why === "") execFileSync("umount", [disk.folder]);
    rmSync(disk.folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    remote = createMemoryRemote({ now: () => NOW });
    count += 1;
  });

  const filler = (): string => join(disk.folder, "filler");
  /** Leaves about `free` bytes. */
  const fill = (free: number): void => {
    rmSync(filler(), { force: true });
    const { bavail, bsize } = statfsSync(disk.folder);
    writeFileSync(filler(), Buffer.alloc(Math.max(0, bavail * bsize - free)));
  };
  const open = (through: Remote = remote): Outbox => {
    let ids = 0;
    return createOutbox({ folder: join(disk.folder, `account-${count}`), remote: through, clock: { now: () => NOW, today: () => "2026-04-06" }, newId: () => `id-${count}-${(ids += 1)}`, sleep: () => Promise.resolve() });
  };
  const batch = (notes: string) => ({ sentence: notes, operations: [{ op: "add" as const, date: "2026-04-06" as const, hours: 1, project: 1, task: 11, notes }], before: [] });
  const needsDisk = (context: TestContext): void => { if (disk.why !== "") context.skip(disk.why); };

  for (const free of [0, 4_096, 8_192, 12_288]) it(`with ${free} bytes left sends nothing that it could not write down, and goes on once there is room`, async (context) => {
    needsDisk(context);
    const outbox = open();
    fill(free);
    const long = "a long note ".repeat(1_500);
    const refused = await outbox.commit(batch(long));
    expect(refused).toEqual({ kind: "failed", message: FULL });
    expect(remote.requests()).toBe(0);
    rmSync(filler(), { force: true });
    expect(await open().history(5)).toEqual([]);
    expect(await outbox.commit(batch("short"))).toMatchObject({ kind: "saved" });
    expect(remote.all().map(({ notes }) => notes)).toEqual(["short"]);
  });

  it("that fills up while Harvest answers tells the truth, and the next program books nothing twice", async (context) => {
    needsDisk(context);
    const filling: Remote = {
      ...remote,
      create: async (draft, mark) => {
        const made = await remote.create(draft, mark);
        fill(0);
        return made;
      },
    };
    expect(await open(filling).commit(batch("once"))).toMatchObject({ kind: "saved" });
    rmSync(filler(), { force: true });
    const next = open();
    expect(await next.flush()).toMatchObject({ waiting: 0 });
    expect(remote.all()).toHaveLength(1);
    expect(await next.history(5)).toMatchObject([{ state: "saved" }]);
  });

  it("that may only be read shows the history, refuses in one sentence and sends nothing", async (context) => {
    needsDisk(context);
    await open().commit(batch("before"));
    execFileSync("mount", ["-o", "remount,ro", disk.folder]);
    try {
      const requests = remote.requests();
      expect(await open().history(5)).toMatchObject([{ sentence: "before", state: "saved" }]);
      expect(await open().commit(batch("after"))).toEqual({ kind: "failed", message: "Stint may not write in its own folder, so nothing was sent." });
      expect(await open().undo()).toMatchObject({ kind: "failed" });
      expect(remote.requests()).toBe(requests);
    } finally {
      execFileSync("mount", ["-o", "remount,rw", disk.folder]);
    }
  });
});
