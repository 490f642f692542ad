<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>A budget is nearly spent</source>
        <translation>预算即将用完</translation>
    </message>
    <message>
        <source>A compatible server</source>
        <translation>兼容的服务器</translation>
    </message>
    <message>
        <source>A file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>A key is stored. Another one replaces it.</source>
        <translation>已保存有密钥。新的密钥会替换它。</translation>
    </message>
    <message>
        <source>A limit is nearly used</source>
        <translation>某项限额即将用完</translation>
    </message>
    <message>
        <source>A limit runs out soon at this pace</source>
        <translation>按目前速度，某项限额很快会用完</translation>
    </message>
    <message>
        <source>A login begins to cost money</source>
        <translation>登录开始产生费用</translation>
    </message>
    <message>
        <source>A name is new, and has only a-z, 0-9 and dashes.</source>
        <translation>名称不能重复，只能包含 a-z、0-9 和连字符。</translation>
    </message>
    <message>
        <source>A new port answers before the old one closes; streams go on.</source>
        <translation>新端口先开始应答，旧端口才关闭；进行中的流不受影响。</translation>
    </message>
    <message>
        <source>A request is held long</source>
        <translation>某个请求等候很久</translation>
    </message>
    <message>
        <source>A tool gets a token of this machine; the real key stays with Sluice.</source>
        <translation>工具得到的是本机令牌；真正的密钥只在 Sluice 手中。</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Another model answered than was asked</source>
        <translation>应答的模型与请求的不同</translation>
    </message>
    <message>
        <source>Anthropic’s API</source>
        <translation>Anthropic 的 API</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>As the tool sends it</source>
        <translation>与工具发送的方式相同</translation>
    </message>
    <message>
        <source>At most, MB</source>
        <translation>最多（MB）</translation>
    </message>
    <message>
        <source>Bearer</source>
        <translation>Bearer</translation>
    </message>
    <message>
        <source>Budget a day, USD</source>
        <translation>每日预算（美元）</translation>
    </message>
    <message>
        <source>Budget a month, USD</source>
        <translation>每月预算（美元）</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Copy the token now: it is not shown again.</source>
        <translation>请现在复制令牌：它不会再次显示。</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Days of history</source>
        <translation>历史保留天数</translation>
    </message>
    <message>
        <source>Edit config.toml by hand if you like: what you write there stays as it is.</source>
        <translation>也可以手动编辑 config.toml：您写的内容会原样保留。</translation>
    </message>
    <message>
        <source>Everything is forgotten.</source>
        <translation>已全部清除。</translation>
    </message>
    <message>
        <source>File of further CAs</source>
        <translation>其他 CA 证书文件</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>For how many minutes</source>
        <translation>保留分钟数</translation>
    </message>
    <message>
        <source>Forget every answer</source>
        <translation>清除所有回答</translation>
    </message>
    <message>
        <source>From 1 to 540; empty: as long as the tool itself waits.</source>
        <translation>1 到 540；留空：与工具自己等待的时间相同。</translation>
    </message>
    <message>
        <source>From the next start on.</source>
        <translation>下次启动后生效。</translation>
    </message>
    <message>
        <source>Further host names</source>
        <translation>其他主机名</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Goes</source>
        <translation>次序</translation>
    </message>
    <message>
        <source>Input tokens a minute</source>
        <translation>每分钟输入 token 数</translation>
    </message>
    <message>
        <source>It reads each warning as JSON. Separate arguments by commas.</source>
        <translation>每条警告以 JSON 传给它。参数用逗号分隔。</translation>
    </message>
    <message>
        <source>It runs on this machine</source>
        <translation>它在本机运行</translation>
    </message>
    <message>
        <source>Keep answers</source>
        <translation>保留回答</translation>
    </message>
    <message>
        <source>Kept in the system keyring, never in a file, never shown again.</source>
        <translation>保存在系统密钥环中，绝不写入文件，也不再显示。</translation>
    </message>
    <message>
        <source>Key of the files</source>
        <translation>文件的密钥</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
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
        <source>Longest hold, seconds</source>
        <translation>最长等候（秒）</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of a tool</source>
        <translation>工具名称</translation>
    </message>
    <message>
        <source>Name of another upstream or key, such as: work</source>
        <translation>其他上游或密钥的名称，例如：work</translation>
    </message>
    <message>
        <source>New token</source>
        <translation>新令牌</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>不用密钥</translation>
    </message>
    <message>
        <source>No key is stored.</source>
        <translation>未保存密钥。</translation>
    </message>
    <message>
        <source>No tool has a token yet.</source>
        <translation>还没有工具拥有令牌。</translation>
    </message>
    <message>
        <source>Once for each episode, and once more when it is over. Wording is fixed: numbers and names, never prompts. Spend cap and key trouble are always told.</source>
        <translation>每次情况只提醒一次，结束时再提醒一次。措辞固定：只有数字和名称，从不含提示词。支出上限和密钥问题总会提醒。</translation>
    </message>
    <message>
        <source>Once it is spent</source>
        <translation>用完之后</translation>
    </message>
    <message>
        <source>One calm line a day</source>
        <translation>每天一行平静的小结</translation>
    </message>
    <message>
        <source>Only where the server tells no limits itself.</source>
        <translation>仅用于自己不告知限额的服务器。</translation>
    </message>
    <message>
        <source>Open file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Output tokens a minute</source>
        <translation>每分钟输出 token 数</translation>
    </message>
    <message>
        <source>Pacing and holds</source>
        <translation>调速与等候</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Program to run</source>
        <translation>要运行的程序</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Quiet hours</source>
        <translation>免打扰时段</translation>
    </message>
    <message>
        <source>Remove key</source>
        <translation>移除密钥</translation>
    </message>
    <message>
        <source>Remove upstream</source>
        <translation>移除上游</translation>
    </message>
    <message>
        <source>Repeats may come from the response cache</source>
        <translation>重复的请求可由回答缓存应答</translation>
    </message>
    <message>
        <source>Requests a minute</source>
        <translation>每分钟请求数</translation>
    </message>
    <message>
        <source>Requests wait for their turn by themselves. There is little to set.</source>
        <translation>请求会自动排队等候，需要设置的很少。</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>吊销</translation>
    </message>
    <message>
        <source>Revoke “{name}”</source>
        <translation>吊销“{name}”</translation>
    </message>
    <message>
        <source>Sends its key as</source>
        <translation>发送密钥的方式</translation>
    </message>
    <message>
        <source>Settings can be read, not changed, until it runs.</source>
        <translation>引擎运行之前，设置只能查看，不能更改。</translation>
    </message>
    <message>
        <source>Settings – Sluice</source>
        <translation>设置 – Sluice</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>登录时启动</translation>
    </message>
    <message>
        <source>Start engine</source>
        <translation>启动引擎</translation>
    </message>
    <message>
        <source>Stop requests</source>
        <translation>停止请求</translation>
    </message>
    <message>
        <source>Such as 22:00-07:00</source>
        <translation>例如 22:00-07:00</translation>
    </message>
    <message>
        <source>Such as host.docker.internal; separate them by commas.</source>
        <translation>例如 host.docker.internal；用逗号分隔。</translation>
    </message>
    <message>
        <source>System keyring</source>
        <translation>系统密钥环</translation>
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
        <source>The calm line comes at</source>
        <translation>每日小结的时间</translation>
    </message>
    <message>
        <source>The engine is not running</source>
        <translation>引擎未运行</translation>
    </message>
    <message>
        <source>The key is refused. Store another.</source>
        <translation>密钥被拒绝。请保存另一个。</translation>
    </message>
    <message>
        <source>The settings file has a mistake</source>
        <translation>设置文件有误</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>This server wants no key.</source>
        <translation>此服务器不需要密钥。</translation>
    </message>
    <message>
        <source>Throttled or overloaded often</source>
        <translation>经常被限流或过载</translation>
    </message>
    <message>
        <source>Tools and tokens</source>
        <translation>工具与令牌</translation>
    </message>
    <message>
        <source>Upstream</source>
        <translation>上游</translation>
    </message>
    <message>
        <source>Warn</source>
        <translation>提醒</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>What answers there</source>
        <translation>那里应答的是</translation>
    </message>
    <message>
        <source>What was asked exactly so before is answered at once, and costs nothing.</source>
        <translation>以前问过完全相同的内容会立即得到回答，不产生费用。</translation>
    </message>
    <message>
        <source>http://host:port; none: empty</source>
        <translation>http://host:port；不用则留空</translation>
    </message>
    <message>
        <source>without cache</source>
        <translation>不用缓存</translation>
    </message>
    <message>
        <source>x-api-key</source>
        <translation>x-api-key</translation>
    </message>
    <message>
        <source>“{name}” may enter no more.</source>
        <translation>“{name}”不能再进入。</translation>
    </message>
</context>
</TS>
