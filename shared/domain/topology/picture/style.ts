const LIGHT = `
  --paper: #ffffff; --ink: #1f2328; --quiet: #59636e; --group: #f6f8fa; --border: #d1d9e0; --box: #ffffff;
  --mtls: #1a7f37; --plaintext: #9a6700; --denied: #d1242f; --holder: #8250df;`;
const DARK = `
  --paper: #0d1117; --ink: #e6edf3; --quiet: #9198a1; --group: #151b23; --border: #3d444d; --box: #212830;
  --mtls: #3fb950; --plaintext: #d29922; --denied: #f85149; --holder: #ab7df8;`;

/** The colours in both lights, and what they colour. Used inside the SVG, and by the page around it. */
export const STYLE = `
svg, body {${LIGHT}
}
@media (prefers-color-scheme: dark) { svg, body {${DARK}
} }
.paper { fill: var(--paper); }
text { fill: var(--ink); font-family: ui-sans-serif, system-ui, "Segoe UI", Helvetica, Arial, sans-serif; font-size: 12px; }
.heading { font-size: 18px; font-weight: 600; }
.subheading { fill: var(--quiet); font-size: 13px; }
.group rect { fill: var(--group); stroke: var(--border); }
.group text { fill: var(--quiet); font-weight: 600; letter-spacing: .02em; }
.node rect { fill: var(--box); stroke: var(--quiet); stroke-width: 1.2; }
.node.unmeshed rect { stroke-dasharray: 4 3; }
.node.holder rect { stroke: var(--holder); stroke-width: 2; }
.name, .caption, .label text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; text-anchor: middle; }
.name { font-size: 13px; font-weight: 600; }
.caption { fill: var(--quiet); font-size: 10px; }
.label rect { fill: var(--group); fill-opacity: .92; }
.label text { font-size: 10.5px; fill: var(--quiet); }
.label.denied text, .label.partly-denied text { fill: var(--denied); }
.label.plaintext text { fill: var(--plaintext); }
.link { fill: none; stroke-width: 1.6; }
.link:hover { stroke-width: 4; }
.link.mtls { stroke: var(--mtls); } marker.mtls { fill: var(--mtls); }
.link.plaintext { stroke: var(--plaintext); stroke-dasharray: 6 4; } marker.plaintext { fill: var(--plaintext); }
.link.denied { stroke: var(--denied); } marker.denied { fill: var(--denied); }
.link.partly-denied { stroke: var(--denied); stroke-dasharray: 10 3 2 3; } marker.partly-denied { fill: var(--denied); }
`;
