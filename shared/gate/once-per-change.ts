export { oncePer as oncePerChange } from './once-per.ts';
