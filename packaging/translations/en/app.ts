<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message numerus="yes">
        <source>{n} requests are in flight.</source>
        <translation>
            <numerusform>{n} request is in flight.</numerusform>
            <numerusform>{n} requests are in flight.</numerusform>
        </translation>
    </message>
</context>
</TS>
