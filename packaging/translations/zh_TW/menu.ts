<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>Activity…</source>
        <translation>活動…</translation>
    </message>
    <message>
        <source>Batch…</source>
        <translation>批次處理…</translation>
    </message>
    <message>
        <source>Connect a tool…</source>
        <translation>連接工具…</translation>
    </message>
    <message>
        <source>Copy base URL</source>
        <translation>複製基礎 URL</translation>
    </message>
    <message numerus="yes">
        <source>Disconnect {n} tools…</source>
        <translation>
            <numerusform>中斷 {n} 個工具…</numerusform>
        </translation>
    </message>
    <message>
        <source>Open Sluice</source>
        <translation>開啟 Sluice</translation>
    </message>
    <message>
        <source>Pause all requests</source>
        <translation>暫停所有請求</translation>
    </message>
    <message>
        <source>Quit Sluice</source>
        <translation>結束 Sluice</translation>
    </message>
    <message>
        <source>Resume requests</source>
        <translation>繼續請求</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>設定…</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>登入時啟動</translation>
    </message>
    <message>
        <source>Start engine</source>
        <translation>啟動引擎</translation>
    </message>
</context>
</TS>
