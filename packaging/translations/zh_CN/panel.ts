<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>About Sluice</source>
        <translation>关于 Sluice</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Add a key</source>
        <translation>添加密钥</translation>
    </message>
    <message>
        <source>Add key…</source>
        <translation>添加密钥…</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Base URL</source>
        <translation>基础网址</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批处理</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Connect a tool</source>
        <translation>连接工具</translation>
    </message>
    <message>
        <source>Connect…</source>
        <translation>连接…</translation>
    </message>
    <message>
        <source>Copy base URL</source>
        <translation>复制基础 URL</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>等候中</translation>
    </message>
    <message>
        <source>Keep open</source>
        <translation>保持打开</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Meters</source>
        <translation>计量</translation>
    </message>
    <message>
        <source>No limit known yet. Each meter appears with the first answer that names it.</source>
        <translation>还不知道任何限额。第一个带有限额的应答到达后，计量才会出现。</translation>
    </message>
    <message>
        <source>Nothing is held. A request waits here when a limit would refuse it.</source>
        <translation>没有请求等候。将被限额拒绝的请求会在这里等候。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Quit Sluice</source>
        <translation>退出 Sluice</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Send one request</source>
        <translation>发送一个请求</translation>
    </message>
    <message>
        <source>Sends this request at once. It may be refused with 429 and slow the others.</source>
        <translation>立即发送这个请求。它可能被 429 拒绝，也会拖慢其他请求。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Sluice shows the change before it makes it</source>
        <translation>Sluice 会先显示改动，再执行</translation>
    </message>
    <message>
        <source>Sluice {version}: a relay for the Claude API on this computer.</source>
        <translation>Sluice {version}：在这台电脑上运行的 Claude API 中继。</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Three steps to the first meter</source>
        <translation>三步看到第一个计量</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Tools today</source>
        <translation>今日工具</translation>
    </message>
    <message>
        <source>What was held ended with the engine; tools send it again by themselves.</source>
        <translation>等候中的请求已随引擎结束，工具会自行重发。</translation>
    </message>
    <message>
        <source>limits are learned from its answer</source>
        <translation>限额从它的应答中得知</translation>
    </message>
    <message>
        <source>or keep the key or login your tool already has</source>
        <translation>或继续用工具已有的密钥或登录</translation>
    </message>
    <message numerus="yes">
        <source>{n} requests</source>
        <translation>
            <numerusform>{n} 个请求</numerusform>
        </translation>
    </message>
</context>
</TS>
