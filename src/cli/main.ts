/** The command `vertebral-cds`: which subcommand does what. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { z } from 'zod';
import { assessCommand, type AssessOptions, type CommandResult } from './assess-command.js';
import {
  auditExportCommand,
  auditVerifyCommand,
  type ExportOptions,
  type VerifyOptions,
} from './audit-command.js';
import { checkCommand } from './check-command.js';
import { cohortCommand, type CohortOptions } from './cohort-command.js';
import { DEFAULT_EXAMPLE, exampleCommand, type ExampleOptions } from './example-command.js';
import { compareCommand, type CompareOptions } from './comparison-command.js';
import {
  feedbackCommentsCommand,
  feedbackExportCommand,
  type FeedbackPeriodOptions,
  feedbackReportCommand,
  type FeedbackReportOptions,
} from './feedback-command.js';
import { purgeCommand, type PurgeOptions } from './purge-command.js';
import { readReportCommand, type ReadReportOptions } from './read-report-command.js';
import { schemaCommand } from './schema-command.js';

const packageFile = new URL(
  import.meta.url.includes('/dist/') ? '../../../package.json' : '../../package.json',
  import.meta.url,
);
const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, 'utf8')));

/** Exit code of a command line that can't be understood (sysexits EX_USAGE). */
const USAGE_ERROR = 64;

function finish({ exitCode, stdout, stderr }: CommandResult): void {
  if (stdout !== undefined) process.stdout.write(`${stdout}\n`);
  if (stderr !== undefined) process.stderr.write(`${stderr}\n`);
  process.exitCode = exitCode;
}

const program = new Command('vertebral-cds')
  .description('Clinical decision support for vertebral fractures (CDS Hooks).')
  .version(version)
  .exitOverride()
  .showHelpAfterError('Run vertebral-cds --help for the commands.');

program
  .command('serve')
  .description(
    'Start the service; settings come from the environment (PORT, HOST, DATABASE_URL, CONFIG_FILE, ...).',
  )
  .action(async () => {
    const { serve } = await import('../main.js');
    await serve();
  });

program
  .command('check')
  .description(
    'Try the settings, the database, and the keys and FHIR servers of the clients; nothing is changed.',
  )
  .action(async () => finish(await checkCommand(process.env)));

program
  .command('assess')
  .description("Assess one patient's record: a FHIR Bundle, NDJSON of resources, or a CDS Hooks request.")
  .argument('<file>', 'file to read; - reads standard input')
  .option('--json', 'print the Assessment as JSON instead of a table')
  .option('--as-of <date>', 'judge the record as of this date (default: now)')
  .option('--config <file>', 'site configuration')
  .option('--patient <id>', 'which patient, when the file holds several')
  .action((file: string, options: AssessOptions) => {
    finish(assessCommand(file, options, Date.now()));
  });

program
  .command('read-report')
  .description(
    'Read the text of a radiology report: fractures by vertebra, with the words each finding comes from.',
  )
  .argument('<file>', 'file to read; - reads standard input')
  .option('--json', 'print JSON instead of lines for people')
  .option('--ndjson', 'read and write a report a line: {"id": …, "text": …}')
  .action((file: string, options: ReadReportOptions) => finish(readReportCommand(file, options)));

program
  .command('example')
  .description('Print a hook request about a synthetic patient, its dates made fresh for today.')
  .argument('[patient]', 'which synthetic patient', DEFAULT_EXAMPLE)
  .option('--hook <hook>', 'patient-view, order-select or order-sign', 'order-select')
  .option('--order <text>', 'the draft order, in words', 'Lumbar brace')
  .option('--list', 'list the synthetic patients')
  .action((patient: string, options: ExampleOptions) => {
    finish(exampleCommand(patient, options, new Date().toISOString().slice(0, 10)));
  });

program
  .command('cohort')
  .description('Assess a whole population: Bulk Data NDJSON in, an assessment a line out, and a summary.')
  .option('--input <paths...>', 'folders, NDJSON files (.gz) or a manifest; - reads a Bundle a line')
  .option('--output <file>', 'where the assessments go, one a line')
  .option('--workers <count>', 'processes', '1')
  .option('--as-of <date>', 'judge every record as of this date (default: now)')
  .option('--config <file>', 'site configuration')
  .addOption(new Option('--work <folder>').hideHelp())
  .addOption(new Option('--parts <numbers>').hideHelp())
  .action(async (options: CohortOptions) => finish(await cohortCommand(options, Date.now())));

const audit = program.command('audit').description('The audit trail of calls and feedback.');
audit
  .command('verify')
  .description('Prove that nothing in the trail was changed, removed, inserted or reordered.')
  .option('--expect <seq:hash>', 'a head noted earlier, which must still be part of the trail')
  .option('--keyed-from <seq>', 'the first keyed entry, where AUDIT_KEY was set later than the first start')
  .action(async (options: VerifyOptions) => finish(await auditVerifyCommand(options, process.env)));
audit
  .command('export')
  .description('Print the trail as FHIR AuditEvents, one a line.')
  .option('--from <date>', 'from this moment on')
  .option('--to <date>', 'before this moment')
  .option('--patient <id>', 'only what concerns this patient of --client')
  .option('--client <id>', 'id of the client, with its tenant (client/tenant) where it has several')
  .option('--output <file>', 'write to a file instead')
  .action(async (options: ExportOptions) => finish(await auditExportCommand(options, process.env)));

program
  .command('purge')
  .description('Delete what has been kept longer than retentionDays of the site configuration.')
  .option('--dry-run', 'only count')
  .option('--as-of <date>', 'as if it were this day')
  .action(async (options: PurgeOptions) => finish(await purgeCommand(options, process.env, Date.now())));

program
  .command('compare')
  .description('What was ordered or done after each kind of advice, shown or in shadow.')
  .option('--since <date>', 'cards from this day on (90 days before --until)')
  .option('--until <date>', 'cards before this day (today)')
  .option('--within-days <days>', 'days after a card in which an order or procedure counts', '90')
  .option('--json', 'as JSON')
  .action(async (options: CompareOptions) => finish(await compareCommand(options, process.env, Date.now())));

const feedback = program.command('feedback').description('What became of the cards that were shown.');
feedback
  .command('report')
  .description('The figures of the dashboard, for the last 30 days unless told.')
  .option('--since <date>', 'from this day on')
  .option('--until <date>', 'up to this day')
  .option('--ignored-after <hours>', 'hours without feedback after which a card counts as ignored', '24')
  .option('--all-cells', 'tell groups of fewer than five cards too')
  .option('--json', 'as JSON')
  .action(async (options: FeedbackReportOptions) =>
    finish(await feedbackReportCommand(options, process.env, Date.now())),
  );
feedback
  .command('export')
  .description('Every card with what became of it, one a line, without anything about a patient.')
  .option('--since <date>', 'from this day on')
  .option('--until <date>', 'up to this day')
  .action(async (options: FeedbackPeriodOptions) =>
    finish(await feedbackExportCommand(options, process.env, Date.now(), (text) => console.log(text))),
  );
feedback
  .command('comments')
  .description('The comments of users in the clear; they may name patients. Needs COMMENT_KEY.')
  .option('--since <date>', 'from this day on')
  .option('--until <date>', 'up to this day')
  .action(async (options: FeedbackPeriodOptions) =>
    finish(await feedbackCommentsCommand(options, process.env, Date.now())),
  );

program
  .command('configuration-schema')
  .description('Print the JSON Schema of the site configuration (CONFIG_FILE).')
  .action(() => finish(schemaCommand()));

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : USAGE_ERROR;
}
