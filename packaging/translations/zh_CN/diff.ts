<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>added, line {number}: {text}</source>
        <translation>新增，第 {number} 行：{text}</translation>
    </message>
    <message>
        <source>removed, line {number}: {text}</source>
        <translation>移除，第 {number} 行：{text}</translation>
    </message>
</context>
</TS>
