<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message numerus="yes">
        <source>Re-run {n} failed</source>
        <translation>
            <numerusform>Re-run {n} failed</numerusform>
            <numerusform>Re-run {n} failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Start {n} rows</source>
        <translation>
            <numerusform>Start {n} row</numerusform>
            <numerusform>Start {n} rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and {n} more</source>
        <translation>
            <numerusform>and {n} more</numerusform>
            <numerusform>and {n} more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>free, {n} rows</source>
        <translation>
            <numerusform>free, {n} row</numerusform>
            <numerusform>free, {n} rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} rows and their answers are forgotten.</source>
        <translation>
            <numerusform>{n} row and its answer are forgotten.</numerusform>
            <numerusform>{n} rows and their answers are forgotten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} rows will not be answered; answers that came are kept.</source>
        <translation>
            <numerusform>{n} row will not be answered; answers that came are kept.</numerusform>
            <numerusform>{n} rows will not be answered; answers that came are kept.</numerusform>
        </translation>
    </message>
</context>
</TS>
