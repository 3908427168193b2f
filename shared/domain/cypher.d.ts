declare module '*.cypher' {
  const text: string;
  export default text;
}
