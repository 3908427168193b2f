import { httpHandler } from '../../shared/middleware/http-handler.ts';
import { gateRelease } from './gate-release.ts';

export const handler = httpHandler({ service: 'gate-release', open: async () => undefined, work: gateRelease });
