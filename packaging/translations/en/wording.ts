<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message numerus="yes">
        <source>{n} days</source>
        <translation>
            <numerusform>{n} day</numerusform>
            <numerusform>{n} days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} hours</source>
        <translation>
            <numerusform>{n} hour</numerusform>
            <numerusform>{n} hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} lines added</source>
        <translation>
            <numerusform>{n} line added</numerusform>
            <numerusform>{n} lines added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} removed</source>
        <translation>
            <numerusform>{n} removed</numerusform>
            <numerusform>{n} removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} tools point here and get no answer</source>
        <translation>
            <numerusform>{n} tool points here and gets no answer</numerusform>
            <numerusform>{n} tools point here and get no answer</numerusform>
        </translation>
    </message>
</context>
</TS>
