<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>Quit Sluice</source>
        <translation>退出 Sluice</translation>
    </message>
    <message>
        <source>Quitting waits up to 30 s for them, then breaks them off.</source>
        <translation>退出时最多等候 30 秒，之后会中断它们。</translation>
    </message>
    <message numerus="yes">
        <source>{n} requests are in flight.</source>
        <translation>
            <numerusform>有 {n} 个请求正在进行。</numerusform>
        </translation>
    </message>
</context>
</TS>
