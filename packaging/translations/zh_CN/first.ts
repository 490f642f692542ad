<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>A key I give to Sluice</source>
        <translation>我交给 Sluice 的密钥</translation>
    </message>
    <message>
        <source>A key is stored already. Another one replaces it.</source>
        <translation>已保存有密钥。新的密钥会替换它。</translation>
    </message>
    <message>
        <source>A server on this machine or a gateway</source>
        <translation>本机上的服务器或网关</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>Anything that speaks the Messages API: a model runner, a gateway. Write these lines into config.toml, with its address.</source>
        <translation>任何支持 Messages API 的服务：模型运行器、网关。请把这些行写入 config.toml，并填上它的地址。</translation>
    </message>
    <message>
        <source>Ask {tool} anything</source>
        <translation>请向 {tool} 提任意问题</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Connect it</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>First request</source>
        <translation>第一个请求</translation>
    </message>
    <message>
        <source>Kept in the system keyring, never in a file, never shown again.</source>
        <translation>保存在系统密钥环中，绝不写入文件，也不再显示。</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Next: connect a tool</source>
        <translation>下一步：连接工具</translation>
    </message>
    <message>
        <source>Passed on untouched, stored nowhere. Claude Code’s login works this way.</source>
        <translation>原样转发，不作保存。Claude Code 的登录就是这样使用的。</translation>
    </message>
    <message>
        <source>Skip for now</source>
        <translation>暂时跳过</translation>
    </message>
    <message>
        <source>Start engine</source>
        <translation>启动引擎</translation>
    </message>
    <message>
        <source>Starting the engine…</source>
        <translation>正在启动引擎…</translation>
    </message>
    <message>
        <source>Test and store</source>
        <translation>测试并保存</translation>
    </message>
    <message>
        <source>Testing the key…</source>
        <translation>正在测试密钥…</translation>
    </message>
    <message>
        <source>The engine is not running</source>
        <translation>引擎未运行</translation>
    </message>
    <message>
        <source>The key or login my tool already has</source>
        <translation>工具已有的密钥或登录</translation>
    </message>
    <message>
        <source>The key works and is stored.</source>
        <translation>密钥有效，已保存。</translation>
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
        <translation>欢迎 – Sluice</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>更改内容</translation>
    </message>
    <message>
        <source>Which tool should go through Sluice?</source>
        <translation>哪个工具应经由 Sluice？</translation>
    </message>
    <message>
        <source>Whose key should Sluice use?</source>
        <translation>Sluice 应使用谁的密钥？</translation>
    </message>
</context>
</TS>
