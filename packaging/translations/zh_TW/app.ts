<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>Quit Sluice</source>
        <translation>結束 Sluice</translation>
    </message>
    <message>
        <source>Quitting waits up to 30 s for them, then breaks them off.</source>
        <translation>結束時最多等候 30 秒，之後會中斷它們。</translation>
    </message>
    <message numerus="yes">
        <source>{n} requests are in flight.</source>
        <translation>
            <numerusform>有 {n} 個請求正在進行。</numerusform>
        </translation>
    </message>
</context>
</TS>
