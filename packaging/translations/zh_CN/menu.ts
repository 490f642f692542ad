<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>Activity…</source>
        <translation>活动…</translation>
    </message>
    <message>
        <source>Batch…</source>
        <translation>批处理…</translation>
    </message>
    <message>
        <source>Connect a tool…</source>
        <translation>连接工具…</translation>
    </message>
    <message>
        <source>Copy base URL</source>
        <translation>复制基础 URL</translation>
    </message>
    <message numerus="yes">
        <source>Disconnect {n} tools…</source>
        <translation>
            <numerusform>断开 {n} 个工具…</numerusform>
        </translation>
    </message>
    <message>
        <source>Open Sluice</source>
        <translation>打开 Sluice</translation>
    </message>
    <message>
        <source>Pause all requests</source>
        <translation>暂停所有请求</translation>
    </message>
    <message>
        <source>Quit Sluice</source>
        <translation>退出 Sluice</translation>
    </message>
    <message>
        <source>Resume requests</source>
        <translation>继续请求</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>登录时启动</translation>
    </message>
    <message>
        <source>Start engine</source>
        <translation>启动引擎</translation>
    </message>
</context>
</TS>
