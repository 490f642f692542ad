<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>Sluice: the engine is not running</source>
        <translation>Sluice：引擎未运行</translation>
    </message>
    <message>
        <source>Sluice: the engine is restarting</source>
        <translation>Sluice：引擎正在重启</translation>
    </message>
    <message>
        <source>Sluice: the engine is starting</source>
        <translation>Sluice：引擎正在启动</translation>
    </message>
    <message>
        <source>Sluice: {what}</source>
        <translation>Sluice：{what}</translation>
    </message>
    <message>
        <source>out {when}</source>
        <translation>{when}用完</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>runs out {when}</source>
        <translation>{when}用完</translation>
    </message>
    <message>
        <source>{left} of {limit} left</source>
        <translation>剩 {left} / {limit}</translation>
    </message>
    <message>
        <source>{meter} {used}</source>
        <translation>{meter} {used}</translation>
    </message>
    <message numerus="yes">
        <source>{n} held</source>
        <translation>
            <numerusform>{n} 个等候</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} in flight</source>
        <translation>
            <numerusform>{n} 个进行中</numerusform>
        </translation>
    </message>
    <message>
        <source>{percent} left</source>
        <translation>剩 {percent}</translation>
    </message>
    <message>
        <source>{percent} used</source>
        <translation>已用 {percent}</translation>
    </message>
</context>
</TS>
