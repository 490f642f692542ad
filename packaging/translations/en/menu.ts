<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message numerus="yes">
        <source>Disconnect {n} tools…</source>
        <translation>
            <numerusform>Disconnect {n} tool…</numerusform>
            <numerusform>Disconnect {n} tools…</numerusform>
        </translation>
    </message>
</context>
</TS>
