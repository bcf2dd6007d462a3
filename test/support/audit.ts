/** An audit trail in an SQLite file, with a hand inside it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'libsql';
import { openDatabase, type Database } from '../../src/database/open-database.js';
import type { AuditEntry } from '../../src/operations/audit/audit-entry.js';
import { createAuditTrail, type AuditTrail } from '../../src/operations/audit/audit-trail.js';

export const product = { name: 'vertebral-cds', version: '1.2.3' };

export interface AuditFile {
  readonly path: string;
  /** Another connection each time, as another process would have. */
  readonly open: () => Promise<Database>;
  readonly trail: (database: Database, key?: string) => AuditTrail;
  /** Changes the file as somebody with write access could. */
  readonly tamper: (sql: string) => void;
  readonly close: () => Promise<void>;
}

export function auditFile(): AuditFile {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'));
  const path = join(folder, 'x.db');
  const opened: Database[] = [];
  return {
    path,
    open: async () => {
      const result = await openDatabase(`file:${path}`);
      if (!result.ok) throw new Error(result.problem);
      opened.push(result.database);
      return result.database;
    },
    trail: (database, key) => createAuditTrail({ database, product, key }),
    tamper: (sql) => {
      const database = new SqliteDatabase(path);
      database.exec(sql);
      database.close();
    },
    close: async () => {
      await Promise.all(opened.map((database) => database.close()));
      rmSync(folder, { recursive: true });
    },
  };
}

export function callEntry(at: Date, patientId = 'canary-patient'): AuditEntry {
  return {
    kind: 'hook-call',
    at,
    client: 'north',
    concerns: {
      hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
      patientId,
      userId: 'Practitioner/canary-user',
    },
    line: {
      requestId: '8a7cd5cb-a0f6-4ece-8cb9-ff4a2f43f401',
      traceId: '1'.repeat(32),
      route: 'call',
      status: 200,
      ms: 3.2,
      client: 'north',
      service: 'vertebral-fracture-order-sign',
      hook: 'order-sign',
      cards: 1,
      outcomes: ['kyphoplasty'],
      rules: ['T6'],
      prefetch: { present: 8, none: 1, timeout: 1 },
      otherPatients: 2,
    },
  };
}
