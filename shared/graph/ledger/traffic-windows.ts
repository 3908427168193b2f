import type { Window } from '../../domain/window.ts';
import type { Graph } from '../connection.ts';
import query from './traffic-windows.cypher';

/** The windows of a cluster's traffic that were written and end after an instant, and the oldest and newest of all. */
export const readTrafficWindows = (graph: Graph, cluster: string, after: number): Promise<Window[]> =>
  graph.read<Window>(query, { cluster, after });
