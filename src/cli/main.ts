/** The command `vertebral-cds`: which subcommand does what. Each loads its own code alone, so that all start fast. */
import { Command, CommanderError, Option } from 'commander';
import type { ArtifactsOptions } from './artifacts-command.js';
import type { AssessOptions, CommandResult } from './assess-command.js';
import type { ExportOptions, VerifyOptions } from './audit-command.js';
import type { CohortOptions } from './cohort-command.js';
import type { DiffOptions } from './diff-knowledge-command.js';
import type { ExampleOptions } from './example-command.js';
import type { ReplayOptions } from './replay-command.js';
import type { CompareOptions } from './comparison-command.js';
import type { FeedbackPeriodOptions, FeedbackReportOptions } from './feedback-command.js';
import type { PurgeOptions } from './purge-command.js';
import type { ReadReportOptions } from './read-report-command.js';
import { readProduct } from '../operations/product.js';

/** Synthetic patient shown when none is named: a fresh, painful fracture of L3 in an outpatient. */
const DEFAULT_EXAMPLE = 't6-l3-wedge-40-percent';

/** Exit code of a command line that can't be understood (sysexits EX_USAGE). */
const USAGE_ERROR = 64;

function finish({ exitCode, stdout, stderr }: CommandResult): void {
  if (stdout !== undefined) process.stdout.write(`${stdout}\n`);
  if (stderr !== undefined) process.stderr.write(`${stderr}\n`);
  process.exitCode = exitCode;
}

/** Exit code of a command whose reader has gone, as of one that SIGPIPE ends. */
const READER_GONE = 141;

/** A reader that has seen enough, such as `head`, ends the command without a word. */
function endWithTheReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(READER_GONE);
  });
}

const program = new Command('vertebral-cds')
  .description('Clinical decision support for vertebral fractures (CDS Hooks).')
  .version(readProduct().version)
  .exitOverride()
  .hook('preAction', (_, command) => {
    // The service outlives the reader of its log.
    if (command.name() !== 'serve') endWithTheReader();
  })
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
  .action(async () => {
    const { checkCommand } = await import('./check-command.js');
    finish(await checkCommand(process.env));
  });

program
  .command('assess')
  .description("Assess one patient's record: a FHIR Bundle, NDJSON of resources, or a CDS Hooks request.")
  .argument('<file>', 'file to read; - reads standard input')
  .option('--json', 'print the Assessment as JSON instead of a table')
  .option('--findings', 'print what was found as the coded FHIR resources that the published CQL reads')
  .option('--as-of <date>', 'judge the record as of this date (default: now)')
  .option('--config <file>', 'site configuration')
  .option('--patient <id>', 'which patient, when the file holds several')
  .action(async (file: string, options: AssessOptions) => {
    const { assessCommand } = await import('./assess-command.js');
    finish(assessCommand(file, options, Date.now()));
  });

program
  .command('replay')
  .description('Make a kept decision again, by the knowledge that made it and by that of today, row by row.')
  .argument('<record>', 'file with one kept decision, or the id of one in the database')
  .option('--json', 'print JSON instead of lines for people')
  .action(async (record: string, options: ReplayOptions) => {
    const { replayCommand } = await import('./replay-command.js');
    finish(await replayCommand(record, options, process.env));
  });

program
  .command('diff-knowledge')
  .description('Tell who would get another outcome by another version of the knowledge, and by which row.')
  .argument('<file...>', 'kept decisions (NDJSON), or records of patients as for assess')
  .requiredOption('--from <version>', 'a version of this release, such as 1.0.0, or a file with a draft')
  .requiredOption('--to <version>', 'the version it is compared with')
  .option('--json', 'print JSON instead of lines for people')
  .option('--as-of <date>', 'judge whole records as of this date (default: now)')
  .option('--config <file>', 'site configuration')
  .action(async (files: string[], options: DiffOptions) => {
    const { diffKnowledgeCommand } = await import('./diff-knowledge-command.js');
    finish(diffKnowledgeCommand(files, options, Date.now()));
  });

program
  .command('decisions')
  .description('Print the kept decisions, one a line, without anything that tells who they are about.')
  .action(async () => {
    const { decisionsCommand } = await import('./decisions-command.js');
    finish(await decisionsCommand(process.env, (line) => process.stdout.write(`${line}\n`)));
  });

program
  .command('read-report')
  .description(
    'Read the text of a radiology report: fractures by vertebra, with the words each finding comes from.',
  )
  .argument('<file>', 'file to read; - reads standard input')
  .option('--json', 'print JSON instead of lines for people')
  .option('--ndjson', 'read and write a report a line: {"id": …, "text": …}')
  .action(async (file: string, options: ReadReportOptions) => {
    const { readReportCommand } = await import('./read-report-command.js');
    finish(readReportCommand(file, options));
  });

program
  .command('example')
  .description('Print a hook request about a synthetic patient, its dates made fresh for today.')
  .argument('[patient]', 'which synthetic patient', DEFAULT_EXAMPLE)
  .option('--hook <hook>', 'patient-view, order-select or order-sign', 'order-select')
  .option('--order <text>', 'the draft order, in words', 'Lumbar brace')
  .option('--list', 'list the synthetic patients')
  .action(async (patient: string, options: ExampleOptions) => {
    const { exampleCommand } = await import('./example-command.js');
    finish(exampleCommand(patient, options, new Date().toISOString().slice(0, 10)));
  });

program
  .command('cohort')
  .description('Assess a whole population: Bulk Data NDJSON in, an assessment a line out, and a summary.')
  .option('--input <paths...>', 'folders, NDJSON files (.gz) or a manifest; - reads a Bundle a line')
  .option('--output <file>', 'where the assessments go, one a line')
  .option('--parquet <file>', 'the same as Parquet, a fracture a row')
  .option('--workers <count>', 'processes', '1')
  .option('--as-of <date>', 'judge every record as of this date (default: now)')
  .option('--config <file>', 'site configuration')
  .addOption(new Option('--worker').hideHelp())
  .action(async (options: CohortOptions) => {
    const { cohortCommand } = await import('./cohort-command.js');
    finish(await cohortCommand(options, Date.now()));
  });

const audit = program.command('audit').description('The audit trail of calls and feedback.');
audit
  .command('verify')
  .description('Prove that nothing in the trail was changed, removed, inserted or reordered.')
  .option('--expect <seq:hash>', 'a head noted earlier, which must still be part of the trail')
  .option('--keyed-from <seq>', 'the first keyed entry, where AUDIT_KEY was set later than the first start')
  .action(async (options: VerifyOptions) => {
    const { auditVerifyCommand } = await import('./audit-command.js');
    finish(await auditVerifyCommand(options, process.env));
  });
audit
  .command('export')
  .description('Print the trail as FHIR AuditEvents, one a line.')
  .option('--from <date>', 'from this moment on')
  .option('--to <date>', 'before this moment')
  .option('--patient <id>', 'only what concerns this patient of --client')
  .option('--client <id>', 'id of the client, with its tenant (client/tenant) where it has several')
  .option('--output <file>', 'write to a file instead')
  .action(async (options: ExportOptions) => {
    const { auditExportCommand } = await import('./audit-command.js');
    finish(await auditExportCommand(options, process.env));
  });

program
  .command('purge')
  .description('Delete what has been kept longer than retentionDays of the site configuration.')
  .option('--dry-run', 'only count')
  .option('--as-of <date>', 'as if it were this day')
  .action(async (options: PurgeOptions) => {
    const { purgeCommand } = await import('./purge-command.js');
    finish(await purgeCommand(options, process.env, Date.now()));
  });

program
  .command('compare')
  .description('What was ordered or done after each kind of advice, shown or in shadow.')
  .option('--since <date>', 'cards from this day on (90 days before --until)')
  .option('--until <date>', 'cards before this day (today)')
  .option('--within-days <days>', 'days after a card in which an order or procedure counts', '90')
  .option('--json', 'as JSON')
  .action(async (options: CompareOptions) => {
    const { compareCommand } = await import('./comparison-command.js');
    finish(await compareCommand(options, process.env, Date.now()));
  });

const feedback = program.command('feedback').description('What became of the cards that were shown.');
feedback
  .command('report')
  .description('The figures of the dashboard, for the last 30 days unless told.')
  .option('--since <date>', 'from this day on')
  .option('--until <date>', 'up to this day')
  .option('--ignored-after <hours>', 'hours without feedback after which a card counts as ignored', '24')
  .option('--all-cells', 'tell groups of fewer than five cards too')
  .option('--json', 'as JSON')
  .action(async (options: FeedbackReportOptions) => {
    const { feedbackReportCommand } = await import('./feedback-command.js');
    finish(await feedbackReportCommand(options, process.env, Date.now()));
  });
feedback
  .command('export')
  .description('Every card with what became of it, one a line, without anything about a patient.')
  .option('--since <date>', 'from this day on')
  .option('--until <date>', 'up to this day')
  .action(async (options: FeedbackPeriodOptions) => {
    const { feedbackExportCommand } = await import('./feedback-command.js');
    finish(await feedbackExportCommand(options, process.env, Date.now(), (text) => console.log(text)));
  });
feedback
  .command('comments')
  .description('The comments of users in the clear; they may name patients. Needs COMMENT_KEY.')
  .option('--since <date>', 'from this day on')
  .option('--until <date>', 'up to this day')
  .action(async (options: FeedbackPeriodOptions) => {
    const { feedbackCommentsCommand } = await import('./feedback-command.js');
    finish(await feedbackCommentsCommand(options, process.env, Date.now()));
  });

program
  .command('artifacts')
  .description('Write the knowledge as one FHIR Bundle: value sets, code systems, libraries, plan.')
  .option('--out <file>', 'write to a file instead of standard output')
  .option('--type <type>', 'transaction (to load into a server) or collection', 'transaction')
  .action(async (options: ArtifactsOptions) => {
    const { artifactsCommand } = await import('./artifacts-command.js');
    finish(artifactsCommand(options));
  });

program
  .command('configuration-schema')
  .description('Print the JSON Schema of the site configuration (CONFIG_FILE).')
  .action(async () => {
    const { schemaCommand } = await import('./schema-command.js');
    finish(schemaCommand());
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : USAGE_ERROR;
}
