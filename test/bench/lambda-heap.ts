/** Megabytes of heap a reader or writer gets: Node's own share in a Lambda function of 512 MB. */
export const LAMBDA_HEAP = 256;
