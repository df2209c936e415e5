"""How the page of an evaluation looks: one style sheet and four small drawings.

Colours are never alone: a word stands beside each. Contrasts are at least 4.5 to 1 in
light and dark. On paper everything is dark on white, whatever the screen is.
"""

from __future__ import annotations

__all__ = ["DRAWINGS", "STYLE"]

_LIGHT = """\
--paper:#fff;--ink:#1c2126;--quiet:#59626c;--line:#d5dae0;--wash:#f4f6f8;
--good:#17693f;--good-wash:#e5f4ec;--warn:#8a5300;--warn-wash:#fdf1dc;
--bad:#a1242b;--bad-wash:#fce9e9;--link:#1f5f99;--mark:#1c2126;"""
_DARK = """\
--paper:#15181b;--ink:#e7eaed;--quiet:#a4adb6;--line:#3a424a;--wash:#1e2327;
--good:#62c893;--good-wash:#16301f;--warn:#e9b054;--warn-wash:#33270f;
--bad:#ff9a94;--bad-wash:#3a1a1b;--link:#85bdf0;--mark:#e7eaed;"""

STYLE = f"""\
:root{{color-scheme:light dark;{_LIGHT}}}
@media (prefers-color-scheme:dark){{:root{{{_DARK}}}}}
*{{box-sizing:border-box}}
body{{margin:0;background:var(--paper);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,
"Noto Sans",sans-serif;overflow-wrap:anywhere}}
main{{max-width:54rem;margin:0 auto;padding:1.5rem 1rem 3rem}}
h1{{font-size:1.7rem;line-height:1.2;margin:0 0 .25rem}}
h2{{font-size:1.25rem;margin:2.25rem 0 .75rem;padding-bottom:.25rem;
border-bottom:2px solid var(--line)}}
h3,h4,h5,h6{{font-size:1rem;margin:0}}
p,ul{{margin:.5rem 0}}
ul{{padding-left:1.3rem}}
li{{margin:.25rem 0}}
.quiet,small{{color:var(--quiet)}}
small{{font-size:.875rem}}
.icon{{width:1.15em;height:1.15em;vertical-align:-.2em;flex:none}}
.verdict{{margin:1.25rem 0 0;padding:1rem 1.25rem;border-radius:.5rem;
border:1px solid var(--line);border-left:.5rem solid var(--warn);
background:var(--warn-wash)}}
.verdict strong{{display:block;font-size:1.4rem;line-height:1.3;color:var(--warn)}}
.verdict p{{margin:.25rem 0 .75rem}}
.met{{border-left-color:var(--good);background:var(--good-wash)}}
.met strong,.complete .state{{color:var(--good)}}
.stuck{{border-left-color:var(--bad);background:var(--bad-wash)}}
.stuck strong{{color:var(--bad)}}
.needs>li{{font-size:1.1rem;font-weight:600}}
.needs ul{{font-size:1rem;font-weight:400}}
.bar{{display:block;width:100%;height:.85rem;border:1px solid var(--quiet)}}
.bar .track{{fill:var(--paper)}}
.bar .full{{fill:var(--good)}}
.bar .least{{stroke:var(--mark);stroke-width:3}}
.bar *{{vector-effect:non-scaling-stroke}}
#hatch{{stroke:var(--good)}}
table{{width:100%;border-collapse:collapse;margin:.5rem 0}}
caption{{text-align:left}}
th,td{{padding:.4rem .5rem;text-align:left;vertical-align:top;
border-bottom:1px solid var(--line)}}
th{{font-weight:600}}
thead th{{font-size:.875rem;color:var(--quiet)}}
td.number,th.number{{text-align:right;white-space:nowrap}}
.amounts th[scope=row]{{width:38%;padding-left:calc(.5rem + var(--depth,0)*.9rem)}}
.amounts td:last-child{{width:34%;padding-top:.7rem}}
.units{{table-layout:fixed}}
.units th:first-child{{width:9.5rem}}
.units th:nth-child(3),.units th:nth-child(4){{width:5rem}}
.group{{margin:1.25rem 0 0 calc(var(--depth)*1.1rem);padding-left:.8rem;
border-left:.25rem solid var(--line)}}
.complete{{border-left-color:var(--good)}}
.needed,.begun{{border-left-color:var(--warn)}}
.needed .state,.begun .state{{color:var(--warn)}}
.group header{{display:flex;flex-wrap:wrap;gap:.1rem .75rem;align-items:baseline}}
.state{{font-weight:600;white-space:nowrap}}
.group p{{margin:.15rem 0}}
details{{margin:.4rem 0}}
summary{{cursor:pointer;color:var(--link)}}
.counts .word{{color:var(--good)}}
.refused .word{{color:var(--warn)}}
.word{{font-weight:600;font-size:.9rem}}
.tag{{display:inline-block;border:1px dashed var(--quiet);border-radius:.25rem;
padding:0 .35rem;font-size:.8rem;white-space:nowrap}}
.findings li{{margin:.6rem 0}}
footer{{margin-top:2.5rem;border-top:1px solid var(--line);font-size:.875rem;
color:var(--quiet)}}
@media (max-width:34rem){{
main{{padding:1rem .75rem 2rem}}
h1{{font-size:1.35rem}}
th,td{{padding:.35rem .3rem}}
.group{{margin-left:calc(min(var(--depth),3)*.35rem);padding-left:.5rem}}
.units thead,.amounts thead{{position:absolute;left:-200vw}}
.units tr,.amounts tr{{display:block;border-bottom:1px solid var(--line);
padding:.3rem 0 .3rem calc(var(--depth,0)*.5rem)}}
.units tr{{padding-left:0}}
.amounts th[scope=row]{{padding-left:0}}
.amounts td:empty{{display:none!important}}
.units td,.units th,.amounts td,.amounts th{{display:inline-block;border:0;
width:auto!important;padding:.05rem .6rem .05rem 0}}
.units .name,.amounts th,.amounts td:last-child{{display:block}}
td.number::after{{content:attr(data-noun)}}
}}
@page{{size:A4;margin:16mm 15mm}}
@media print{{
:root{{color-scheme:light;{_LIGHT}}}
body{{font-size:10.5pt;line-height:1.35}}
main{{max-width:none;padding:0}}
h1{{font-size:17pt}}
h2{{font-size:13pt;margin-top:1.4rem}}
.verdict{{background:none}}
h2,h3,h4,h5,h6,header,caption,summary,thead{{break-after:avoid}}
tr,li,.verdict,summary,footer{{break-inside:avoid}}
summary{{color:var(--ink);list-style:none}}
}}
"""

_CIRCLE = '<circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor"'
_STROKE = 'fill="none" stroke-width="2" stroke-linecap="round"'
DRAWINGS = (
    '<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>'
    '<symbol id="tick" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7.5" '
    f'fill="currentColor"/><path d="M4.5 8.4l2.4 2.4 4.6-5.2" {_STROKE} '
    'style="stroke:var(--paper)"/></symbol>'
    f'<symbol id="dash" viewBox="0 0 16 16">{_CIRCLE} stroke-width="1.5"/>'
    f'<path d="M5 8h6" {_STROKE} stroke="currentColor"/></symbol>'
    f'<symbol id="half" viewBox="0 0 16 16">{_CIRCLE} stroke-width="1.5"/>'
    '<path d="M8 1.5a6.5 6.5 0 0 0 0 13z" fill="currentColor"/></symbol>'
    f'<symbol id="open" viewBox="0 0 16 16">{_CIRCLE} stroke-width="1.5" '
    'stroke-dasharray="2.2 2"/></symbol>'
    '<pattern id="hatch" width="4" height="10" patternUnits="userSpaceOnUse">'
    '<path d="M2 0v10" stroke-width="2"/></pattern>'
    "</defs></svg>"
)
