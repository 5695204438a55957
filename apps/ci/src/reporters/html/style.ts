/** The page's style: one column, the browser's own font, light and dark by what the reader prefers, cards when narrow. */
export const style = `
:root{--text:#1c2128;--dim:#59636e;--back:#fff;--soft:#f3f5f7;--line:#d5dae0;--pass:#1a7f37;--fail:#c62828;--error:#b34700;--skip:#6e5a00;--phase:#2f6db3;--unit:#7fa9d6;--step:#6b7c93;--shell:#8e44ad}
@media (prefers-color-scheme:dark){:root{--text:#e4e8ee;--dim:#9aa5b1;--back:#14181d;--soft:#1e242b;--line:#343c46;--pass:#4cc26b;--fail:#ff7b72;--error:#ffab5e;--skip:#dcc14f;--phase:#5b9be0;--unit:#3f6fa3;--step:#7d8fa6;--shell:#c58be0}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:72rem;padding:1rem;background:var(--back);color:var(--text);font:16px/1.45 system-ui,sans-serif;overflow-wrap:anywhere}
header{border-left:.4rem solid var(--step);padding-left:.8rem}
header.pass{border-color:var(--pass)}header.fail{border-color:var(--fail)}header.error{border-color:var(--error)}
h1,h2{margin:.2rem 0;line-height:1.2;overflow-wrap:anywhere}h3{margin:1.4rem 0 .4rem}
p{margin:.3rem 0;overflow-wrap:anywhere}
small,.time{color:var(--dim)}
.badge{display:inline-block;border:1px solid currentColor;border-radius:.3rem;padding:0 .4rem;font-size:.85rem;font-weight:600;vertical-align:middle}
.badge.pass,header.pass .badge{color:var(--pass)}.badge.fail,header.fail .badge,.badge.flaky{color:var(--fail)}.badge.error,header.error .badge{color:var(--error)}.badge.skip{color:var(--skip)}
.note{background:var(--soft);border-left:.25rem solid var(--skip);padding:.4rem .7rem}.note.error{border-color:var(--error)}
table{border-collapse:collapse;width:100%;margin-top:1rem}
th{text-align:left;color:var(--dim);font-weight:600;white-space:nowrap}
th,td{padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
td.time{white-space:nowrap;text-align:right}
code,pre{font:13px/1.45 ui-monospace,monospace}
pre{margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere;background:var(--soft);padding:.5rem;max-height:24rem;overflow-y:auto}
pre.evidence{background:none;padding:0;max-height:none}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.15rem 1rem;margin:0}dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
.bars{list-style:none;margin:0;padding:0}
.bars li{display:grid;grid-template-columns:minmax(6rem,16rem) minmax(0,1fr) 4.5rem;gap:.6rem;align-items:center;font-size:.85rem}
.bars .name{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.bars .time{text-align:right;white-space:nowrap}
.track{position:relative;height:1.1rem;background:var(--soft)}
.track b{position:absolute;top:.15rem;bottom:.15rem;min-width:2px;background:var(--step)}
.track b.phase{background:var(--phase)}.track b.unit{background:var(--unit)}.track b.shell{background:var(--shell)}
.track i{position:absolute;top:0;bottom:0;border-left:1px solid var(--shell)}
@media (max-width:40rem){
thead{display:none}table,tbody{display:block}
tr{display:grid;grid-template-columns:minmax(0,1fr) auto;border-bottom:1px solid var(--line);padding:.5rem 0}
td{border:0;padding:.1rem 0}td:nth-child(2),td:nth-child(4){grid-column:1/-1}td:nth-child(2){order:2}td:nth-child(4){order:3}
.bars li{grid-template-columns:minmax(0,1fr) auto;gap:0 .6rem;margin:.3rem 0}.bars .track{grid-column:1/-1;order:3}
}
`.trim();
