<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>A key I give to Sluice</source>
        <translation>我交給 Sluice 的金鑰</translation>
    </message>
    <message>
        <source>A key is stored already. Another one replaces it.</source>
        <translation>已保存有金鑰。新的金鑰會取代它。</translation>
    </message>
    <message>
        <source>A server on this machine or a gateway</source>
        <translation>本機上的伺服器或閘道</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API 金鑰</translation>
    </message>
    <message>
        <source>Anything that speaks the Messages API: a model runner, a gateway. Write these lines into config.toml, with its address.</source>
        <translation>任何支援 Messages API 的服務：模型執行器、閘道。請把這些行寫入 config.toml，並填上它的位址。</translation>
    </message>
    <message>
        <source>Ask {tool} anything</source>
        <translation>請向 {tool} 提任意問題</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Connect it</source>
        <translation>連接</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>First request</source>
        <translation>第一個請求</translation>
    </message>
    <message>
        <source>Kept in the system keyring, never in a file, never shown again.</source>
        <translation>保存在系統金鑰環中，絕不寫入檔案，也不再顯示。</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>金鑰</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Next: connect a tool</source>
        <translation>下一步：連接工具</translation>
    </message>
    <message>
        <source>Passed on untouched, stored nowhere. Claude Code’s login works this way.</source>
        <translation>原樣轉送，不作保存。Claude Code 的登入就是這樣使用的。</translation>
    </message>
    <message>
        <source>Skip for now</source>
        <translation>暫時略過</translation>
    </message>
    <message>
        <source>Start engine</source>
        <translation>啟動引擎</translation>
    </message>
    <message>
        <source>Starting the engine…</source>
        <translation>正在啟動引擎…</translation>
    </message>
    <message>
        <source>Test and store</source>
        <translation>測試並保存</translation>
    </message>
    <message>
        <source>Testing the key…</source>
        <translation>正在測試金鑰…</translation>
    </message>
    <message>
        <source>The engine is not running</source>
        <translation>引擎未執行</translation>
    </message>
    <message>
        <source>The key or login my tool already has</source>
        <translation>工具已有的金鑰或登入</translation>
    </message>
    <message>
        <source>The key works and is stored.</source>
        <translation>金鑰有效，已保存。</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Welcome – Sluice</source>
        <translation>歡迎 – Sluice</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>變更內容</translation>
    </message>
    <message>
        <source>Which tool should go through Sluice?</source>
        <translation>哪個工具應經由 Sluice？</translation>
    </message>
    <message>
        <source>Whose key should Sluice use?</source>
        <translation>Sluice 應使用誰的金鑰？</translation>
    </message>
</context>
</TS>
