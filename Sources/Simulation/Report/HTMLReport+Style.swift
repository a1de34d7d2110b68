extension HTMLReport {
    /// The page's look: paper and oiled floor by day, embers by night.
    static let style = """
        :root {
          color-scheme: light dark;
          --wall: #f6efe1; --sheet: #fffbf2; --ink: #2a2019; --soft: #655646; --line: #ddcfb4;
          --ondol: #b8441c; --fifo: #2f6690; --asked: #e3b468; --good: #5f8f5a; --bad: #a02c2c; --turned: #d8c9ae;
          --t0: #6b4526; --t1: #b4753a; --t2: #e0ad62; --t3: #f1dba9;
          --r0: #2f6690; --r1: #5f8f5a; --r2: #8a5fa8; --r3: #8d7757; --r4: #d08b36; --r5: #b8441c; --r6: #3b332b;
          --r7: #c2708c; --f0: #2a2019; --f1: #2f6690; --f2: #8a5fa8;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --wall: #1d1814; --sheet: #28211b; --ink: #f2e7d6; --soft: #bfae98; --line: #453a2f;
            --ondol: #f08a4b; --fifo: #7db7e0; --asked: #94692f; --good: #6f9f68; --bad: #d96a5a; --turned: #5b4d3e;
            --t0: #f5dfb3; --t1: #dca75c; --t2: #a86f36; --t3: #6a472a;
            --r0: #7db7e0; --r1: #86b57e; --r2: #b693d4; --r3: #a8937a; --r4: #c98d45; --r5: #f08a4b; --r6: #d8cdbd;
            --r7: #e09ab2; --f0: #f2e7d6; --f1: #7db7e0; --f2: #c9a9e4;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        body {
          margin: 0 auto; padding: 1.6rem clamp(1rem, 3vw, 2.4rem) 3rem; max-width: 82rem; background: var(--wall);
          color: var(--ink); word-break: keep-all; overflow-wrap: anywhere;
          font: 1rem/1.55 Pretendard, "Apple SD Gothic Neo", "Noto Sans KR", "Noto Sans CJK KR", "Malgun Gothic",
            system-ui, sans-serif;
        }
        h1, h2, .verdict, .figures dd {
          font-family: "Noto Serif KR", "Noto Serif CJK KR", "Nanum Myeongjo", AppleMyungjo, Batang, "Iowan Old Style",
            Georgia, serif;
        }
        h1 { font-size: clamp(1.5rem, 4vw, 2.1rem); line-height: 1.25; margin: 0.2rem 0 0.3rem; }
        h2 { font-size: 1.15rem; line-height: 1.3; margin: 0 0 0.2rem; }
        p { margin: 0; }
        .mark { color: var(--ondol); font-weight: 700; letter-spacing: 0.02em; }
        .setting { color: var(--soft); }
        .verdict { font-size: 1.2rem; line-height: 1.5; margin: 1rem 0 1.4rem; padding-left: 0.9rem; border-left: 4px solid var(--ondol); }
        section { margin-top: 1.8rem; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 0 1.6rem; margin: 0.4rem 0 0; border-top: 1px solid var(--line); }
        .figures > div { padding: 0.8rem 0; border-bottom: 1px solid var(--line); }
        dt { color: var(--soft); font-size: 0.92rem; }
        .figures dd { margin: 0; display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.6rem; font-weight: 700; font-size: 1.4rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
        .figures dd.ondol { color: var(--ondol); }
        .figures dd.fifo { color: var(--fifo); font-size: 1.1rem; }
        .figures .of { font: 0.85rem/1.4 inherit; font-family: inherit; font-size: 0.85rem; font-weight: 500; color: var(--soft); }
        .figures dd.note { display: block; font: inherit; font-size: 0.82rem; line-height: 1.45; color: var(--soft); padding-top: 0.2rem; }
        .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 31rem), 1fr)); gap: 1.2rem; margin-top: 1.8rem; align-items: start; }
        figure { margin: 0; padding: 1rem 1.1rem 0.8rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 0.4rem; min-width: 0; }
        figure.wide { grid-column: 1 / -1; }
        .wide .runs { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 0.4rem 1.6rem; }
        figcaption p { color: var(--soft); font-size: 0.9rem; line-height: 1.5; }
        .legend { display: flex; flex-wrap: wrap; gap: 0.1rem 1.2rem; margin: 0.5rem 0 0.3rem; padding: 0; list-style: none; font-size: 0.88rem; }
        .key::before { content: ""; display: inline-block; width: 1.1rem; height: 0.7rem; margin-right: 0.4rem; vertical-align: -0.03em; background: var(--c); border-radius: 2px; }
        .key.line::before, .key.dashed::before, .key.dotted::before { height: 0; background: none; border-top: 2.5px solid var(--c); border-radius: 0; vertical-align: 0.27em; }
        .key.dashed::before { border-top-style: dashed; }
        .key.dotted::before { border-top-style: dotted; }
        .run { font-weight: 600; font-size: 0.9rem; margin-top: 0.4rem; }
        .axis { text-align: center; color: var(--soft); font-size: 0.82rem; }
        .plot { display: block; width: 100%; height: auto; font-size: 11.5px; fill: var(--soft); font-variant-numeric: tabular-nums; }
        .plot .grid { stroke: var(--line); stroke-width: 1; }
        .plot .mark { stroke: var(--soft); }
        .plot .end { text-anchor: end; }
        .plot .middle { text-anchor: middle; }
        .plot polyline { fill: none; stroke: var(--c); stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: round; }
        .plot .dashed { stroke-dasharray: 7 5; stroke-linecap: butt; }
        .plot .dotted { stroke-dasharray: 1.5 4.5; }
        .plot .area { fill: var(--c); stroke: none; }
        .plot .threshold { stroke: var(--soft); stroke-dasharray: 3 3; }
        .plot .begin { stroke: var(--soft); stroke-dasharray: 2 3; }
        .plot .note { font-size: 11px; paint-order: stroke; stroke: var(--sheet); stroke-width: 3px; fill: var(--soft); }
        .ondol { --c: var(--ondol); } .fifo { --c: var(--fifo); } .asked { --c: var(--asked); } .capacity { --c: var(--ink); }
        .good { --c: var(--good); } .bad { --c: var(--bad); } .turned { --c: var(--turned); }
        .tier0 { --c: var(--t0); } .tier1 { --c: var(--t1); } .tier2 { --c: var(--t2); } .tier3 { --c: var(--t3); }
        .reason0 { --c: var(--r0); } .reason1 { --c: var(--r1); } .reason2 { --c: var(--r2); } .reason3 { --c: var(--r3); }
        .reason4 { --c: var(--r4); } .reason5 { --c: var(--r5); } .reason6 { --c: var(--r6); } .reason7 { --c: var(--r7); }
        .foreseen0 { --c: var(--f0); } .foreseen1 { --c: var(--f1); } .foreseen2 { --c: var(--f2); }
        .scroller { overflow-x: auto; }
        table { width: 100%; border-collapse: collapse; font-size: 0.93rem; font-variant-numeric: tabular-nums; }
        th, td { padding: 0.4rem 1rem 0.4rem 0; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--line); overflow-wrap: normal; }
        thead th { color: var(--soft); font-weight: 500; font-size: 0.86rem; }
        tbody th { font-weight: 600; }
        .number { text-align: right; white-space: nowrap; }
        th:last-child, td:last-child { padding-right: 0; }
        footer { margin-top: 2.4rem; color: var(--soft); font-size: 0.88rem; }
        @media print { body { background: none; } figure { break-inside: avoid; } }
        """
}
