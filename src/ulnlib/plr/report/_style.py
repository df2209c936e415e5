"""How the page of a report looks: one style sheet, for screens, telephones and paper.

Contrasts are at least 4.5 to 1 in light and dark. On paper everything is dark on white.
"""

from __future__ import annotations

__all__ = ["STYLE"]

_LIGHT = """\
--paper:#fff;--ink:#1c2126;--quiet:#59626c;--line:#d5dae0;--wash:#f4f6f8;
--link:#1f5f99;--warn:#8a5300;"""
_DARK = """\
--paper:#15181b;--ink:#e7eaed;--quiet:#a4adb6;--line:#3a424a;--wash:#1e2327;
--link:#85bdf0;--warn:#e9b054;"""

STYLE = f"""\
:root{{color-scheme:light dark;{_LIGHT}}}
@media (prefers-color-scheme:dark){{:root{{{_DARK}}}}}
*{{box-sizing:border-box}}
body{{margin:0;background:var(--paper);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,
"Noto Sans",sans-serif;overflow-wrap:anywhere}}
main{{max-width:72rem;margin:0 auto;padding:1.5rem 1rem 3rem}}
h1{{font-size:1.7rem;line-height:1.2;margin:0 0 .25rem}}
h2{{font-size:1.25rem;margin:2rem 0 .5rem}}
p,ul,ol,dl{{margin:.5rem 0}}
ul,ol{{padding-left:1.6rem}}
li{{margin:.25rem 0}}
a{{color:var(--link)}}
.quiet,small,footer{{color:var(--quiet)}}
small,footer{{font-size:.875rem}}
dl{{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:1rem 0}}
dt{{color:var(--quiet)}}
dd{{margin:0;font-weight:600}}
.closed{{margin:1.25rem 0;padding:.75rem 1rem;background:var(--wash);
border-left:.4rem solid var(--warn)}}
table{{width:100%;border-collapse:collapse;margin:.75rem 0}}
caption{{text-align:left;color:var(--quiet);padding-bottom:.5rem}}
th,td{{padding:.45rem .5rem;text-align:left;vertical-align:top;font-weight:400;
border-bottom:1px solid var(--line)}}
thead th{{font-size:.875rem;font-weight:600;color:var(--quiet);
border-bottom:2px solid var(--line);white-space:nowrap}}
tr>th:first-child,tr>td:first-child{{padding-left:0}}
.year th{{font-weight:700;padding-top:1.1rem}}
.title{{width:40%;font-weight:600}}
.title small{{display:block;font-weight:400;line-height:1.4}}
.mark{{color:var(--warn);font-weight:600}}
.date{{white-space:nowrap}}
.date,.credit{{font-variant-numeric:tabular-nums}}
.credit{{text-align:right}}
.level{{min-width:6.2em}}
.grade{{min-width:7em}}
sup{{line-height:0}}
sup a{{padding:0 .2em}}
footer{{margin-top:2.5rem;padding-top:.25rem;border-top:1px solid var(--line)}}
@media screen and (max-width:46rem){{
main{{padding:1rem .75rem 2rem}}
h1{{font-size:1.35rem}}
thead{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}
tbody,tr{{display:block}}
tr{{padding:.4rem 0;border-bottom:1px solid var(--line)}}
th,td{{border:0}}
tbody th,td{{display:inline-block;width:auto;min-width:0;text-align:left;
padding:.05rem .9rem .05rem 0;vertical-align:baseline}}
tbody .title,.year th{{display:block;width:auto}}
tbody .level,tbody .grade{{min-width:0}}
tbody .year th{{padding:.6rem 0 0}}
td.blank{{display:none}}
td::before{{color:var(--quiet);font-size:.875rem}}
td.grade::before{{content:"Grade "}}
td.credit::before{{content:"Credit "}}
td.source::before{{content:"Source "}}
td.start_date::before{{content:"Start "}}
td.end_date::before{{content:"End "}}
td.award_date::before{{content:"Award "}}
}}
@page{{size:A4;margin:16mm 14mm}}
@media print{{
:root{{color-scheme:light;{_LIGHT}}}
body{{font-size:9pt;line-height:1.35}}
main{{max-width:none;padding:0}}
h1{{font-size:17pt}}
h2{{font-size:12.5pt;margin-top:1.2rem}}
th,td{{padding:.25rem .3rem}}
.level{{min-width:5.6em}}
.grade{{min-width:6.6em}}
small,footer,thead th{{font-size:8pt}}
.year th{{padding-top:.7rem;break-after:avoid}}
h2,caption{{break-after:avoid}}
tr,li{{break-inside:avoid}}
a{{color:inherit;text-decoration:none}}
}}
"""
