<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>A token from Sluice, which sends its own key</source>
        <translation>Sluice 给的令牌，由 Sluice 使用自己的密钥</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Applied.</source>
        <translation>已应用。</translation>
    </message>
    <message>
        <source>Apply change</source>
        <translation>应用更改</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Connect – Sluice</source>
        <translation>连接 – Sluice</translation>
    </message>
    <message>
        <source>Disconnect tools</source>
        <translation>断开工具</translation>
    </message>
    <message>
        <source>Goes</source>
        <translation>次序</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Let it in</source>
        <translation>允许进入</translation>
    </message>
    <message>
        <source>Looking for settings files…</source>
        <translation>正在查找设置文件…</translation>
    </message>
    <message>
        <source>Repeats may come from the response cache</source>
        <translation>重复的请求可由回答缓存应答</translation>
    </message>
    <message>
        <source>Settings file</source>
        <translation>设置文件</translation>
    </message>
    <message>
        <source>Start engine</source>
        <translation>启动引擎</translation>
    </message>
    <message>
        <source>The engine is not running</source>
        <translation>引擎未运行</translation>
    </message>
    <message>
        <source>The file is saved byte for byte before the change. Undo puts it back; if you edit it meanwhile, Undo removes only these lines.</source>
        <translation>更改前会逐字节保存文件。“撤销”会将其恢复；如果你在此期间编辑过它，“撤销”只移除这些行。</translation>
    </message>
    <message>
        <source>The key or login the tool has</source>
        <translation>工具自己的密钥或登录</translation>
    </message>
    <message>
        <source>Token for it</source>
        <translation>给它的令牌</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undone: everything is byte for byte as it was.</source>
        <translation>已撤销：一切逐字节恢复原样。</translation>
    </message>
    <message>
        <source>Undone: the file was changed since, so only Sluice’s lines were taken out.</source>
        <translation>已撤销：文件后来有改动，因此只移除了 Sluice 的行。</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>更改内容</translation>
    </message>
</context>
</TS>
