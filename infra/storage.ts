import { Duration } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { type Deployment, removalOf } from './deployment.ts';

/** Answers too large for the gateway lie here for as long as their link lives. */
export const RESULTS_PREFIX = 'results/';
/** What the readers saw, and all that is needed to rebuild the graph. */
export const OBSERVATIONS_PREFIX = 'observations/';

/** Which windows nobody can tell of any more. */
export const UNTOLD_PREFIX = 'untold/';

/** The bucket of observations: encrypted, versioned, never public, and kept when the stack goes unless told otherwise. */
export class Storage extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id);
    const expiration = Duration.millis(deployment.configuration.retention.days);
    this.bucket = new Bucket(this, 'observations', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.KMS,
      encryptionKey: deployment.key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy: removalOf(deployment),
      lifecycleRules: [
        { id: 'uploads-that-broke-off', abortIncompleteMultipartUploadAfter: Duration.days(1) },
        {
          id: 'answers',
          prefix: RESULTS_PREFIX,
          expiration: Duration.days(1),
          noncurrentVersionExpiration: Duration.days(1),
        },
        { id: 'overwritten', noncurrentVersionExpiration: Duration.days(30) },
        ...[OBSERVATIONS_PREFIX, UNTOLD_PREFIX].map((prefix) => ({
          id: `old-${prefix.slice(0, -1)}`,
          prefix,
          expiration,
        })),
      ],
    });
  }
}
