<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message numerus="yes">
        <source>{n} new requests</source>
        <translation>
            <numerusform>{n} new request</numerusform>
            <numerusform>{n} new requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} requests</source>
        <translation>
            <numerusform>{n} request</numerusform>
            <numerusform>{n} requests</numerusform>
        </translation>
    </message>
</context>
</TS>
