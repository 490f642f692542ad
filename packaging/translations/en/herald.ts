<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message numerus="yes">
        <source>Overloaded {n} times in a minute</source>
        <translation>
            <numerusform>Overloaded {n} time in a minute</numerusform>
            <numerusform>Overloaded {n} times in a minute</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Throttled {n} times in a minute</source>
        <translation>
            <numerusform>Throttled {n} time in a minute</numerusform>
            <numerusform>Throttled {n} times in a minute</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} held</source>
        <translation>
            <numerusform>{n} held</numerusform>
            <numerusform>{n} held</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} restarts failed.</source>
        <translation>
            <numerusform>{n} restart failed.</numerusform>
            <numerusform>{n} restarts failed.</numerusform>
        </translation>
    </message>
</context>
</TS>
