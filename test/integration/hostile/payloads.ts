/** What people write who want a name to be more than a name: in Cypher, HTML, Markdown, Mermaid, terminals, sheets, JSON. */
export const PAYLOADS: readonly string[] = [
  ...["'}) DETACH DELETE n //", '"}) CREATE (:Pwned) //', '`) MERGE (:Pwned) WITH 1 AS x MATCH (`', "' OR 1=1 //"],
  ...[
    '$cluster',
    '} CALL { CREATE (:Pwned) } RETURN 1 //',
    '\\u0027 SET n:Pwned //',
    "'; MATCH (n) DETACH DELETE n; '",
  ],
  ...[
    '<script>alert(1)<\\script>',
    '"><img src=x onerror=alert(1)>',
    '<!--',
    ']]>',
    '&lt;b&gt;',
    "' onmouseover='alert(1)",
  ],
  ...['[x](javascript:alert(1))', '| a | b |', '`code`', '# heading', '@everyone', '![x](http:x)', '```', '***'],
  ...['"]; click n0 "javascript:alert(1)"', 'end\n  n9[x]', '%%{init: {}}%%', '}; node [shape=box', '"] -> "['],
  ...[
    '\u001b[31mred',
    '\u001b]0;title\u0007',
    '\u202egnp.exe',
    '\r\nSet-Cookie: a=b',
    '\b\b\b\b',
    '\u2028',
    '\u009b2J',
  ],
  ...['=HYPERLINK("http:x")', '+1+1', '-1', '@SUM(A1)', '\t=1', '{"a":1}', '[]', 'null', '__proto__', 'constructor'],
  ...['../../etc/passwd', '%00', '{{ .Values.x }}', '#{x}', '$(x)', '😀'.repeat(50), 'x'.repeat(10_000)],
];
