/** Style of a drill's page: light, dark and for print, from the width of a phone. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --card: #f6f6f8; --ink: #1b1b1f; --muted: #5f6068; --grid: #dedee3; --shade: #f7e1d7;
  --fault: #b3261e; --good: #1b6e3c; --bad: #b3261e;
  --measured: #0072b2; --predicted: #c25e00;
  --put: #0072b2; --get: #00805d; --list: #b87a00; --multipart: #b0558f;
  --corrupt: #e69f00; --unacknowledged: #8ec8ee; --isolated-lost: #e08e88;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #16171a; --card: #212328; --ink: #ececf0; --muted: #a9abb5; --grid: #3a3c44; --shade: #4a2c26;
    --fault: #ff8a80; --good: #6fd39a; --bad: #ff8a80;
    --measured: #56b4e9; --predicted: #f0a04b;
    --put: #56b4e9; --get: #35c79b; --list: #e6b23c; --multipart: #dd8fbd;
    --corrupt: #f0a04b; --unacknowledged: #b9def5; --isolated-lost: #b3564f;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 64rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
p { margin: .5rem 0; }
.verdict { border-left: .5rem solid var(--good); padding: .25rem 0 .25rem 1rem; }
.verdict.bad { border-color: var(--bad); }
.outcome { color: var(--good); font-weight: 700; }
.bad .outcome { color: var(--bad); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: .5rem; margin: 1rem 0; }
.tiles div { background: var(--card); border-radius: .5rem; padding: .5rem .75rem; margin: 0; display: block; }
.tiles dt { color: var(--muted); font-size: .85rem; max-width: none; }
.tiles dd { font-size: 1.4rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.tiles .bad dd { color: var(--bad); }
.scroll { overflow-x: auto; margin: .5rem 0 1rem; }
table { border-collapse: collapse; font-size: .9rem; min-width: min(100%, 26rem); }
caption { text-align: left; color: var(--muted); padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--grid);
  overflow-wrap: normal; }
tbody th { font-weight: 400; }
.long { min-width: 11rem; }
.number { white-space: nowrap; font-variant-numeric: tabular-nums; }
dl { margin: .5rem 0; }
dl > div { display: flex; flex-wrap: wrap; column-gap: 1rem; padding: .2rem 0; }
dt { color: var(--muted); flex: 0 0 12rem; }
dd { margin: 0; flex: 1 1 16rem; min-width: 0; }
figure { margin: 1rem 0; break-inside: avoid; }
figcaption { color: var(--muted); font-size: .9rem; }
svg { display: block; width: 100%; height: auto; }
.narrow { display: none; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin: .25rem 0; padding: 0; font-size: .9rem; }
.legend i { display: inline-block; width: .8em; height: .8em; margin-right: .4em; border-radius: 2px;
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
details { border-top: 1px solid var(--grid); padding: .5rem 0; }
summary { cursor: pointer; font-weight: 600; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; }
pre { background: var(--card); border-radius: .5rem; padding: .75rem; overflow-x: auto; }
@media screen and (max-width: 40rem) {
  .wide { display: none; }
  .narrow { display: block; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
  .scroll, pre { overflow: visible; }
  h2, h3, summary { break-after: avoid; }
  tr { break-inside: avoid; }
}
`;
