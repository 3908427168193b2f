/** What `npm run build:action` writes, as text by path from the root of the project, which ends with a slash. */
export function actionFiles(root: string): Promise<Readonly<Record<string, string>>>;
