/** Colours hold a contrast of 4.5 or more on their ground, in both schemes. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--raised:#f6f8fa;--line:#d0d7de;--text:#1f2328;--dim:#57606a;--link:#0550ae;--error:#b42318;--warning:#7a5200;--mark:#ffe9a8;--store:#e9f2ff;--queue:#fff3d6;--service:#e8f5e9;--remote:#f3eaff;--corrupts:#9f1239;--loses:#9a3412;--repeats:#6b21a8;--stalls:#854d0e;--fails:#374151}
@media(prefers-color-scheme:dark){:root{--ground:#0d1117;--raised:#161b22;--line:#3d444d;--text:#e6edf3;--dim:#9da7b1;--link:#79b8ff;--error:#ff8f85;--warning:#e3b341;--mark:#5a4a0a;--store:#12233d;--queue:#33270a;--service:#0f2a17;--remote:#271a3d;--corrupts:#fda4af;--loses:#fdba74;--repeats:#d8b4fe;--stalls:#fde047;--fails:#cbd5e1}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,sans-serif}
header,main{max-width:74rem;margin:0 auto;padding:1.5rem 1.5rem 0}
main{padding:0 1.5rem 4rem}
h1{font-size:1.7rem;line-height:1.25;margin:.2rem 0}
h2{font-size:1.2rem;margin:2.4rem 0 .6rem;padding-bottom:.3rem;border-bottom:1px solid var(--line)}
p{margin:.4rem 0}
a{color:var(--link);text-underline-offset:2px}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--ground);padding:.5rem}
.tool,.why,.dim,header p{color:var(--dim)}
nav{display:flex;gap:1.2rem;margin-top:.6rem}
code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.first{display:grid;gap:.9rem;padding-left:1.4rem;margin:0}
.first p{margin:.1rem 0;max-width:62rem}.first .why{max-width:none;overflow-wrap:anywhere}
.first .what{display:flex;flex-wrap:wrap;gap:.2rem .7rem;align-items:baseline}.first .more{margin-left:auto;font-size:.9rem}
.harms{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;margin:.7rem 0 0;padding:0}
.harm{display:inline-block;font-size:.8rem;font-weight:600;border:1px solid;border-radius:9px;padding:0 .55rem;white-space:nowrap}
a.harm{font-size:.95rem;padding:.1rem .7rem;text-decoration:none}a.harm:hover{text-decoration:underline}
.corrupts{color:var(--corrupts)}.loses{color:var(--loses)}.repeats{color:var(--repeats)}.stalls{color:var(--stalls)}.fails{color:var(--fails)}
.tables{display:flex;flex-wrap:wrap;gap:1rem 3rem;align-items:start}
table{border-collapse:collapse}
caption{text-align:left;font-weight:600;padding-bottom:.2rem}
thead th,thead td{display:none}details thead th{display:table-cell;font-weight:600}
th,td{text-align:left;font-weight:400;padding:.15rem .9rem .15rem 0;vertical-align:middle}
.number{text-align:right;font-variant-numeric:tabular-nums}
.bar rect{fill:var(--warning)}.bar .errors{fill:var(--error)}
.scroll{overflow:auto;max-height:90vh;border:1px solid var(--line);border-radius:6px;padding:.6rem}
.map{display:block;margin:0 auto;font:12px system-ui,sans-serif}
.map text{fill:var(--text)}.map .title{font-weight:600;font-size:13px}
.map rect{stroke:var(--line);stroke-width:1}
.map .service rect{fill:var(--service);stroke-width:2}.map .store rect{fill:var(--store)}.map .queue rect{fill:var(--queue)}.map .remote rect{fill:var(--remote)}
.map a{text-decoration:none}.map .node:hover rect,.map .node:focus-visible rect{stroke:var(--link);stroke-width:2}
.map path{fill:none;stroke:var(--dim);stroke-width:1.2;opacity:.75}.map marker path{fill:var(--dim);stroke:none}
.map .hot path{stroke:var(--error);stroke-width:1.6}
.map .found path{stroke:transparent;stroke-width:9}.map .found circle{fill:var(--error);stroke:var(--ground);stroke-width:1.5}.map .found text{fill:var(--ground);font-weight:600}
.map .found:hover path,.map .found:focus-visible path{stroke:var(--error);stroke-width:4;opacity:1}
.map.pointed .edge:not(.on){opacity:.12}
form{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;padding:.7rem .9rem;background:var(--raised);border:1px solid var(--line);border-radius:6px}
label{color:var(--dim);font-size:.9rem}
input,select,button{font:inherit;font-size:.9rem;color:var(--text);background:var(--ground);border:1px solid var(--line);border-radius:4px;padding:.2rem .45rem;max-width:17rem}
button{cursor:pointer}
#more{margin:1rem 0;padding:.4rem 1rem}
.finding{border:1px solid var(--line);border-left:4px solid var(--warning);border-radius:6px;margin:.6rem 0;content-visibility:auto;contain-intrinsic-size:auto 6rem}
.finding.error{border-left-color:var(--error)}
.finding.silenced{border-left-color:var(--line)}
.finding:target,.finding.target{outline:2px solid var(--link)}
summary{cursor:pointer;padding:.55rem .9rem}
summary .head{display:inline-flex;flex-wrap:wrap;gap:.1rem .7rem;align-items:baseline}
.severity{font-weight:600}.error .severity{color:var(--error)}.warning .severity{color:var(--warning)}
.tag{font-size:.8rem;color:var(--dim);border:1px solid var(--line);border-radius:9px;padding:0 .5rem}
summary .message{display:block;margin:.15rem 0 0;max-width:62rem}
.body{padding:0 .9rem .8rem;border-top:1px solid var(--line)}
pre{margin:.6rem 0;padding:.5rem .7rem;background:var(--raised);border-radius:4px;overflow:auto}
mark{background:var(--mark);color:inherit;border-bottom:2px solid var(--error)}
.steps{margin:.4rem 0;padding-left:1.6rem}
.steps li{margin:.25rem 0}
.steps code.line{display:block;color:var(--dim);overflow-wrap:anywhere}
.foot{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;color:var(--dim);font-size:.9rem;margin-top:.5rem}
@media print{nav,form,#more,.skip{display:none}.scroll{overflow:visible;max-height:none;border:0}.map{max-width:100%;height:auto}.finding{break-inside:avoid;content-visibility:visible}a{color:inherit}html{font-size:12px}body{font-size:11px}code,pre{font-size:10px}:root{--ground:#fff;--raised:#f6f8fa;--text:#000;--dim:#333;--line:#bbb;--error:#b42318;--warning:#7a5200;--corrupts:#9f1239;--loses:#9a3412;--repeats:#6b21a8;--stalls:#854d0e;--fails:#374151;--store:#e9f2ff;--queue:#fff3d6;--service:#e8f5e9;--remote:#f3eaff}}
`;
