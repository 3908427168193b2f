export { type PrometheusBinaries, prometheusBinaries } from '../scripts/install-prometheus.ts';
