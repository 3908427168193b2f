import { answeringEnvironment, readAnsweringEnvironment } from '../../shared/domain/api/answering-environment.ts';

/** What answer-query is told by its environment. */
export const environment = answeringEnvironment;

export const readConfig = () => readAnsweringEnvironment(process.env);
