/**
 * The `family` property of nodes and relationships. It changes when a fact is closed, so that one index on it finds what
 * is live without meeting what is past.
 */
export const liveMarker = (cluster: string, family: string): string => `${cluster}/${family}`;

export const pastMarker = (cluster: string, family: string): string => `past:${cluster}/${family}`;

/** The family a marker of this cluster names. */
export const familyOf = (cluster: string, marker: string): string =>
  marker.replace(/^past:/, '').slice(cluster.length + 1);
