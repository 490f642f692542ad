<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>A token from Sluice, which sends its own key</source>
        <translation>Sluice 給的權杖，由 Sluice 使用自己的金鑰</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Applied.</source>
        <translation>已套用。</translation>
    </message>
    <message>
        <source>Apply change</source>
        <translation>套用變更</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Connect – Sluice</source>
        <translation>連接 – Sluice</translation>
    </message>
    <message>
        <source>Disconnect tools</source>
        <translation>中斷工具</translation>
    </message>
    <message>
        <source>Goes</source>
        <translation>次序</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>金鑰</translation>
    </message>
    <message>
        <source>Let it in</source>
        <translation>允許進入</translation>
    </message>
    <message>
        <source>Looking for settings files…</source>
        <translation>正在尋找設定檔…</translation>
    </message>
    <message>
        <source>Repeats may come from the response cache</source>
        <translation>重複的請求可由回答快取應答</translation>
    </message>
    <message>
        <source>Settings file</source>
        <translation>設定檔</translation>
    </message>
    <message>
        <source>Start engine</source>
        <translation>啟動引擎</translation>
    </message>
    <message>
        <source>The engine is not running</source>
        <translation>引擎未執行</translation>
    </message>
    <message>
        <source>The file is saved byte for byte before the change. Undo puts it back; if you edit it meanwhile, Undo removes only these lines.</source>
        <translation>變更前會逐位元組保存檔案。「復原」會將其還原；如果你在此期間編輯過它，「復原」只移除這些行。</translation>
    </message>
    <message>
        <source>The key or login the tool has</source>
        <translation>工具自己的金鑰或登入</translation>
    </message>
    <message>
        <source>Token for it</source>
        <translation>給它的權杖</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>復原</translation>
    </message>
    <message>
        <source>Undone: everything is byte for byte as it was.</source>
        <translation>已復原：一切逐位元組還原如初。</translation>
    </message>
    <message>
        <source>Undone: the file was changed since, so only Sluice’s lines were taken out.</source>
        <translation>已復原：檔案後來有改動，因此只移除了 Sluice 的行。</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>變更內容</translation>
    </message>
</context>
</TS>
