import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openApi } from '../../../shared/domain/api/openapi.ts';
import { OPERATIONS, type OperationId } from '../../../shared/domain/api/operations.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
(addFormats as unknown as (target: Ajv2020) => void)(ajv);
ajv.addSchema(openApi(), 'openapi');

const pointer = (text: string): string => text.replaceAll('~', '~0').replaceAll('/', '~1');

/** What is wrong with an answer by the API's published description of that operation, status and media type. */
export function faultsOf(id: OperationId, status: number, type: string, answer: unknown): string[] {
  const { path, method } = OPERATIONS[id];
  const where = [path, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema'].map(pointer);
  const validate = ajv.compile({ $ref: `openapi#/paths/${['', ...where].join('/').slice(1)}` });
  if (validate(answer)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
