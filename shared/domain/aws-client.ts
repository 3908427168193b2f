/**
 * What every client of AWS's SDK is made with. Its own default waits for a connection as long as the system does: in a VPC
 * without a way to a service, longer than the function has, so that nobody would be told what is missing.
 */
export const AWS_CLIENT = { requestHandler: { connectionTimeout: 5_000 } };
