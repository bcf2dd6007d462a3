// Tests load pages as users do: with the bundles of the sources as they stand.
import { bundleWeb } from './web.mjs';

export default () => bundleWeb(process.cwd());
