<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message numerus="yes">
        <source>{n} held</source>
        <translation>
            <numerusform>{n} held</numerusform>
            <numerusform>{n} held</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} in flight</source>
        <translation>
            <numerusform>{n} in flight</numerusform>
            <numerusform>{n} in flight</numerusform>
        </translation>
    </message>
</context>
</TS>
