import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { SynthrlError, systemErrorCode } from './errors.ts';
import { isAlive, ownIdentity, type ProcessIdentity } from './process-identity.ts';
import { writeError } from './write-file.ts';

const heartbeatMs = 10_000;
/** Another host's lock counts as dead when its file was not touched for this long. */
const silentMs = 120_000;
/** A living process names itself in the file that it made within this time. */
const namingMs = 1000;

/** Holds a run for one process. Saves work only: journals stay right without it. */
export interface RunLock {
  release(): void;
}

/**
 * Takes the lock of a run. A dead owner's lock on this host is taken over at once; another host's once its heartbeat stopped.
 *
 * @param path - the lock file
 * @throws {SynthrlError} `RUN_LOCKED` naming the owner
 */
export function acquireRunLock(path: string): RunLock {
  if (!tryCreate(path)) takeOver(path);
  const timer = setInterval(() => touch(path), heartbeatMs);
  timer.unref();
  return {
    release() {
      clearInterval(timer);
      // Another process may have taken it over, e.g. while this one was suspended.
      if (isDeepStrictEqual(readOwner(path), ownIdentity())) rmSync(path, { force: true });
    },
  };
}

/** Who holds a run, as its lock file says. */
export interface RunHolder {
  /** 0 and empty where the file does not name its owner. */
  readonly pid: number;
  readonly host: string;
  /** False for a process of this host that is gone, and for another host's whose heartbeat stopped. */
  readonly alive: boolean;
}

/** Looks at the lock of a run without taking it; undefined where nobody holds it. */
export function readRunHolder(path: string): RunHolder | undefined {
  const owner = readOwner(path);
  const age = ageMs(path);
  if (owner !== undefined) return { pid: owner.pid, host: owner.host, alive: !isDead(owner, path) };
  return age === Number.POSITIVE_INFINITY ? undefined : { pid: 0, host: '', alive: age <= namingMs };
}

function tryCreate(path: string): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const descriptor = openSync(path, 'wx');
    try {
      writeSync(descriptor, `${JSON.stringify(ownIdentity())}\n`);
    } finally {
      closeSync(descriptor);
    }
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw writeError(error, path);
  }
}

/** A second file guards the exchange, so that of two processes that find a dead owner only one replaces it. */
function takeOver(path: string): void {
  const owner = awaitOwner(path);
  if (owner !== undefined && !isDead(owner, path)) throw locked(path, owner);
  const guard = `${path}.takeover`;
  if (isStale(guard)) rmSync(guard, { force: true });
  if (!tryCreate(guard)) throw locked(path, owner);
  try {
    const current = awaitOwner(path);
    if (current !== undefined && !isDead(current, path)) throw locked(path, current);
    rmSync(path, { force: true });
    if (!tryCreate(path)) throw locked(path, readOwner(path));
  } finally {
    rmSync(guard, { force: true });
  }
}

function isDead(owner: ProcessIdentity, path: string): boolean {
  return owner.host === hostname() ? !isAlive(owner) : ageMs(path) > silentMs;
}

function isStale(guard: string): boolean {
  const owner = readOwner(guard);
  return owner === undefined ? ageMs(guard) > heartbeatMs : isDead(owner, guard);
}

/** The owner named in a lock file, where need be once a process that has just made the file has written it. */
function awaitOwner(path: string): ProcessIdentity | undefined {
  for (;;) {
    const owner = readOwner(path);
    const age = ageMs(path);
    // An age below 0 comes from another machine's clock.
    if (owner !== undefined || age > namingMs || age < 0) return owner;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
}

/** The owner named in a lock file; undefined where the file is gone or was torn while it was written. */
function readOwner(path: string): ProcessIdentity | undefined {
  try {
    const owner = JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity;
    return typeof owner.pid === 'number' && typeof owner.host === 'string' ? owner : undefined;
  } catch {
    return undefined;
  }
}

function ageMs(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // The folder was deleted under us; the next write of the run itself says so.
  }
}

function locked(path: string, owner: ProcessIdentity | undefined): SynthrlError {
  const who = owner ? `process ${owner.pid} on ${owner.host}` : 'another process';
  return new SynthrlError('RUN_LOCKED', `The run is being worked on by ${who}.`, {
    hint: `Wait for it or stop it. If you are sure that it is gone, delete ${path}.`,
  });
}
