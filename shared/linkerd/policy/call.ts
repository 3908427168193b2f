/** `http` is HTTP/1, `http2` HTTP/2 in clear text, `tls` the application's own TLS, `tcp` anything else. */
export type CallProtocol = 'http' | 'http2' | 'grpc' | 'tcp' | 'tls';

/** Who calls. Facts that are left out are unknown, and a verdict that depends on them says so. */
export type Client = {
  readonly namespace?: string;
  readonly name?: string;
  readonly address?: string;
  /** Whether a proxy of this mesh sends for it. With an identity it is. */
  readonly meshed?: boolean;
  /** The DNS name or SPIFFE URI of its certificate. */
  readonly identity?: string;
  /** `config.linkerd.io/skip-outbound-ports` and `skip-subnets` of its pod. */
  readonly skipOutboundPorts?: string;
  readonly skipSubnets?: string;
};

/** A workload by its name, or whatever has an address. `kind` settles which of several of a name is meant. */
export type Destination =
  | { readonly namespace: string; readonly name: string; readonly kind?: string }
  | { readonly address: string };

export type Call = {
  readonly client: Client;
  readonly server: Destination;
  /** The port of the workload, not of a Service in front of it. */
  readonly port: number;
  readonly protocol: CallProtocol;
  /** A server that greets first (MySQL, SMTP): nothing can be detected of what the client sends. */
  readonly serverSpeaksFirst?: boolean;
  readonly method?: string;
  /** As sent, with its query. For gRPC `/service/method`. */
  readonly path?: string;
  /** The Host header or :authority; for `tls` the server name asked for. */
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** The Service it goes through, if any. */
  readonly service?: { readonly namespace: string; readonly name: string; readonly port: number };
  /** How often this client calls, for rate limits. */
  readonly requestsPerSecond?: number;
};

export const isHttp = (protocol: CallProtocol): boolean => protocol !== 'tcp' && protocol !== 'tls';
