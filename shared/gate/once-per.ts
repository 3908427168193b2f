export { oncePer } from '../domain/once-per.ts';
